"""`msoko measure` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from msoko.cli.main import app
from tests.factories import classics, lsat

EXAMPLES = Path("docs/examples")


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in ("measure", *arguments)])


def answer(*arguments: str | Path) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def test_counts_and_rows_give_one_scale(tmp_path: Path) -> None:
    table = tmp_path / "ответы.csv"
    rows = [";".join(map(str, row)) for row in lsat.section(6)]
    table.write_text("1;2;3;4;5\n" + "\n".join(rows), encoding="utf-8")
    counted, read = answer("rasch", EXAMPLES / "lsat6.json"), answer("rasch", table)
    for mine, theirs in zip(counted["items"], read["items"], strict=True):
        assert mine["thresholds"] == pytest.approx(theirs["thresholds"], abs=1e-9)
        assert mine["infit"] is None
        assert 0.8 < theirs["infit"] < 1
    assert read["loglik"] == pytest.approx(-1091.569690, abs=1e-6)
    assert [row["raw_score"] for row in read["persons"]] == [0, 1, 2, 3, 4, 5]
    assert sum(row["persons"] for row in read["persons"]) == 1000


def test_booklets_and_groups(tmp_path: Path) -> None:
    lines = []
    for k, row in enumerate(lsat.section(7)):
        absent = 0 if k % 2 else 4
        cells = ["" if place == absent else str(value) for place, value in enumerate(row)]
        lines.append(",".join(["а" if k % 3 else "б", str(k % 2 + 1), *cells]))
    table = tmp_path / "варианты.csv"
    table.write_text("group,booklet,1,2,3,4,5\n" + "\n".join(lines), encoding="utf-8-sig")
    found = answer("rasch", table, "--method", "mml")
    assert [one["group"] for one in found["populations"]] == ["а", "б"]
    assert found["population"]["mean"] == 0
    assert len({tuple(row["items"]) for row in found["persons"]}) == 2


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        ("", "пуст", 2),
        ("1,2\n", "ни одной строки", 2),
        ("1,1\n0,1\n", "дважды", 2),
        ("1,2\n0,два\n", "Строка 2, столбец «2»: «два» – не балл", 2),
        ("1,2\n0,-1\n", "не балл", 2),
        ("1,2\n0,0.5\n", "не балл", 2),
        ("1,2\n0,1,1\n", "значений больше, чем столбцов", 2),
        ("1,2\n1,1\n1,1\n", "хотя бы два задания", 1),
        ("1,2,3,4\n0,1,,\n1,0,,\n,,1,0\n,,0,1\n", "не сопоставимы", 1),
        ("1,2,3\n1,0,0\n1,1,0\n0,0,0\n", "Оценок не существует", 1),
        ("1,2\n0,0\n1,1\n1,1\n", "либо всё, либо ничего", 1),
        ("booklet,1,2\nа,0,1\nа,1,\n", "Строка 3, столбец «2»: пусто", 2),
        ('{"item_counts": [[1, 2], [2, 1]], "score_counts": [0, 3, 1]}', "не сходятся", 1),
        ('{"item_counts": [[1, 2], [2, 1.5]], "score_counts": [0, 3]}', "Нужен объект", 2),
        ('{"item_counts": ', "JSON не читается", 2),
    ],
)
def test_what_cannot_be_scaled_is_said_in_words(tmp_path: Path, text: str, said: str, code: int) -> None:
    file = tmp_path / "таблица.csv"
    file.write_text(text, encoding="utf-8")
    done = run("rasch", file, "--json")
    assert done.exit_code == code
    assert said in done.output
    assert done.stdout == ""


def test_an_unknown_method_and_a_missing_file(tmp_path: Path) -> None:
    assert "Способ «jml» неизвестен" in run("rasch", EXAMPLES / "lsat6.json", "--method", "jml").output
    assert "не найден" in run("rasch", tmp_path / "нет.csv").output


def test_a_model_of_batches() -> None:
    found = answer("mixed", EXAMPLES / "dyestuff.csv", "--outcome", "yield", "--group", "batch", "--fixed", "")
    assert found["fixed"]["(Intercept)"]["estimate"] == pytest.approx(1527.5)
    assert found["variance"] == pytest.approx({"batch": 1764.05, "residual": 2451.25})
    assert found["criterion"] == pytest.approx(319.6542768, abs=1e-6)
    effects = {row["group"]: row["effect"] for row in found["effects"]}
    assert effects["E"] == pytest.approx(56.7, abs=0.05)


def test_slopes_classes_and_full_likelihood(tmp_path: Path) -> None:
    times, days, subjects = classics.sleep()
    table = tmp_path / "сон.csv"
    lines = [
        f"{str(y).replace('.', ',')};{day};{subject};{int(subject[1:]) // 6}"
        for y, day, subject in zip(times, days, subjects, strict=True)
    ]
    table.write_text("y;Days;Subject;Group\n" + "\n".join(lines), encoding="utf-8")
    slopes = answer("mixed", table, "--outcome", "y", "--fixed", "Days", "--group", "Subject", "--slope", "Days")
    assert slopes["variance"]["Subject:Days"] == pytest.approx(35.07166, abs=1e-4)
    assert {row["term"] for row in slopes["effects"]} == {"(Intercept)", "Days"}
    nested = answer("mixed", table, "--outcome", "y", "--fixed", "Days", "--group", "Subject,Group", "--ml")
    assert nested["method"] == "ml"
    assert {row["level"] for row in nested["effects"]} == {"Subject", "Group"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "нет", "--group", "g"), "Столбца «нет» нет"),
        (("--outcome", "y", "--group", ""), "Не указана группа"),
        (("--outcome", "y", "--group", "g", "--fixed", "c"), "Столбец «c» постоянен"),
        (("--outcome", "y", "--group", "g", "--fixed", "t"), "Строка 2, столбец «t»: «а» – не число"),
        (("--outcome", "y", "--group", "one"), "одна группа"),
        (("--outcome", "y", "--group", "own"), "по одному участнику"),
        (("--outcome", "y", "--group", "g", "--slope", "own"), "добавьте его и в --fixed"),
        (("--outcome", "y", "--group", "g,one", "--slope", "own", "--fixed", "own"), "одна группа"),
    ],
)
def test_models_that_cannot_be(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    table = tmp_path / "таблица.csv"
    lines = [f"{(k * 7) % 5},{'ab'[k % 2]},1,z,{k},а" for k in range(12)]
    table.write_text("y,g,c,one,own,t\n" + "\n".join(lines), encoding="utf-8")
    done = run("mixed", table, *arguments)
    assert done.exit_code in {1, 2}
    assert said in done.output


def test_rows_with_blanks_are_counted(tmp_path: Path) -> None:
    table = tmp_path / "таблица.csv"
    lines = [f"{(k * 7) % 5 if k else ''},{'ab'[k % 2]}" for k in range(12)]
    table.write_text("y,g\n" + "\n".join(lines), encoding="utf-8")
    assert "строк с пустыми значениями 1" in run("mixed", table, "--outcome", "y", "--group", "g").output


def test_hidden_counts_of_a_table() -> None:
    found = answer("suppress", EXAMPLES / "groups.csv", "--threshold", "10")
    assert found["mask"][1][2] is True
    assert found["audit"]["primary"] == 1
    assert found["audit"]["secondary"] == 3
    assert found["audit"]["is_safe"] is True
    shown = run("suppress", EXAMPLES / "groups.csv").stdout
    assert shown.count("скрыто") == 4


def test_a_table_that_cannot_be_protected(tmp_path: Path) -> None:
    table = tmp_path / "таблица.csv"
    table.write_text("школа;да;нет\nпервая;3;40\n", encoding="utf-8")
    done = run("suppress", table, "--json")
    assert done.exit_code == 1
    assert "вычисляется по итогам" in done.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("школа;да\nа;три\n", "«три» – не количество"),
        ("школа;да\nа;-1\n", "не количество"),
        ("школа\nа\n", "столбец чисел"),
    ],
)
def test_tables_that_are_not_of_counts(tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "таблица.csv"
    table.write_text(text, encoding="utf-8")
    done = run("suppress", table)
    assert done.exit_code == 2
    assert said in done.output


def test_signs_in_files_of_results() -> None:
    found = answer(
        "integrity", EXAMPLES / "Ф1 ВПР 2025 Математика 6 класс.xlsx",
        "--spec", EXAMPLES / "Спецификация ВПР 2025 Математика 6 класс.xlsx",
    )  # fmt: skip
    campaign = found["campaigns"][0]
    assert (campaign["subject"], campaign["grade_level"]) == ("Математика", 6)
    assert {sign["sign"] for sign in campaign["schools"][0]["signs"]} == {
        "lifted", "pattern", "journal_high", "journal_kept", "spread",
    }  # fmt: skip
    assert all(0 <= school["q"] <= 1 for school in campaign["schools"] if school["q"] is not None)
    assert found["schools"][0]["q"] <= found["schools"][-1]["q"]


def test_signs_need_results_and_a_known_engine(tmp_path: Path) -> None:
    empty = tmp_path / "пусто.csv"
    empty.write_text("а;б\n", encoding="utf-8")
    done = run("integrity", empty)
    assert done.exit_code == 1
    assert "проверять нечего" in done.output
    assert run("integrity", empty, "--engine", "dask").exit_code == 2
