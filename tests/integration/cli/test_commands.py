"""The command as a person runs it: no server, no database."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from msoko.cli.main import app
from msoko.foundation.documents.result_files.federal_summaries import MarkLine, write_mark_statistics
from tests.factories.printed import MUNICIPALITY, printed_work

HEADER = "Логин;Код участника;Класс;1 (1б);2 (2б);3 (1б)"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "ВПР 2021 Математика 4 класс"
    folder.mkdir()
    for school in (1, 2):
        rows = [f"edu22000{school};{40000 + n};А;{n % 2};{n % 3};1" for n in range(1, 13)]
        (folder / f"школа {school}.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_help_comes_up_at_once_and_is_russian():
    started = time.perf_counter()
    command = [sys.executable, "-m", "msoko.cli.main", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert time.perf_counter() - started < 2
    assert "от файлов результатов до" in shown.stdout
    assert run("analyze", "--help").exit_code == 0


def test_command_needs_no_django(results: Path, tmp_path: Path):
    program = (
        "import sys; from msoko.cli.main import app\n"
        f"app(['analyze', {str(results)!r}, '--out', {str(tmp_path / 'out')!r}, '--format', 'json'],"
        " standalone_mode=False)\n"
        "assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_analyze_writes_result_json_and_says_where(results: Path, tmp_path: Path):
    out = tmp_path / "out"
    done = run("analyze", results, "--out", out, "--format", "json")
    assert done.exit_code == 0, done.stderr
    (campaign,) = json.loads((out / "result.json").read_text(encoding="utf-8"))["campaigns"]
    assert [campaign[name] for name in ("procedure", "subject", "grade_level", "year")] == [
        "VPR", "Математика", 4, 2021,
    ]  # fmt: skip
    assert (campaign["participants"], len(campaign["organizations"])) == (24, 2)
    assert campaign["raw_score_distribution"] == {"0": 0, "1": 4, "2": 8, "3": 8, "4": 4}
    assert "24\xa0участника" in done.stdout


def test_json_stands_alone_on_standard_output(results: Path, tmp_path: Path):
    done = run("analyze", results, "--out", tmp_path / "out", "--format", "json", "--json")
    assert json.loads(done.stdout) == json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert "Чтение файлов" in done.stderr


def test_inspect_describes_what_was_recognised(results: Path):
    done = run("results", "inspect", results, "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert len(document["files"]) == 2
    (work,) = document["files"][0]["works"]
    assert (work["participants"], work["absent"], len(work["items"])) == (12, 0, 3)
    assert document["campaigns"][0]["participants"] == 24


@pytest.mark.parametrize("content", [b"", b"not a table at all", b"PK\x03\x04 broken"])
def test_file_without_results_ends_with_words_and_status_one(tmp_path: Path, content: bytes):
    path = tmp_path / "файл.xlsx"
    path.write_bytes(content)
    done = run("analyze", path, "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 1
    assert "В файлах не найдено результатов" in done.stderr
    document = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert document["campaigns"] == []
    assert document["problems"][0]["file"] == "файл.xlsx"


def test_good_file_counts_beside_a_bad_one(results: Path, tmp_path: Path):
    (results / "битый.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = run("analyze", results, tmp_path / "нет такого.xlsx", "--out", tmp_path / "out", "--format", "json")
    assert done.exit_code == 0
    document = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert document["campaigns"][0]["participants"] == 24
    assert "files_exist" in {problem["code"] for problem in document["problems"]}


def test_unknown_format_is_refused(results: Path, tmp_path: Path):
    done = run("analyze", results, "--out", tmp_path / "out", "--format", "odt")
    assert done.exit_code == 2
    assert "неизвестный формат «odt»" in done.stderr


def test_reports_of_municipality_and_every_school(results: Path, tmp_path: Path):
    out = tmp_path / "out"
    done = run("analyze", results, "--out", out, "--format", "docx,xlsx", "--municipality", "Заречный округ")
    assert done.exit_code == 0, done.stderr
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) == [
        "result.json",
        "Аналитическая справка. ВПР 2021 Математика 4 класс.docx",
        "Аналитическая справка. ВПР 2021 Математика 4 класс.xlsx",
        "Организации/edu220001.docx",
        "Организации/edu220002.docx",
    ]


def test_no_names_of_pupils_come_out(tmp_path: Path):
    path = tmp_path / "МДР 2026 Математика 5 класс.csv"
    rows = ["Школа;Фамилия;Имя;Класс;1 (1б);2 (1б)"] + [f"СОШ № 1;Секретов{n};Пётр;5А;1;0" for n in range(10)]
    path.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    done = run("analyze", path, "--out", out, "--format", "json", "--json")
    assert "Секретов" not in done.stdout + done.stderr
    assert "Секретов" not in (out / "result.json").read_text(encoding="utf-8")


def summary_of_marks(path: Path, schools: int) -> Path:
    """Marks by organization as the federal system prints them: no participant is known."""
    lines = [MarkLine(f"{MUNICIPALITY}(212)", schools, (schools, schools, schools, schools))]
    lines += [MarkLine(f"МБОУ СОШ № {n}(edu{990000 + n})", None, (1, 1, 1, 1)) for n in range(1, schools + 1)]
    write_mark_statistics(path, printed_work([1, 1]), lines)
    return path


@pytest.mark.parametrize(
    ("schools", "options", "reports"), [(40, (), 40), (41, (), 0), (41, ("--all-organizations",), 41)]
)
def test_many_organizations_known_by_a_summary_have_the_municipal_report(
    schools: int, options: tuple[str, ...], reports: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    written: list[Path] = []
    monkeypatch.setattr("msoko.cli.reports._WORTH_A_POOL", 1000)
    monkeypatch.setattr("msoko.cli.reports._write", lambda _source, task: written.append(task.path))
    path = summary_of_marks(tmp_path / "Ф3 Статистика по отметкам МА 5.xlsx", schools)
    out = tmp_path / "out"
    done = run("analyze", path, "--out", out, "--format", "docx,json", *options)
    assert done.exit_code == 0, done.stderr
    assert sum(one.parent.name == "Организации" for one in written) == reports
    assert len(written) == reports + 1
    codes = [one["code"] for one in json.loads((out / "result.json").read_text(encoding="utf-8"))["problems"]]
    assert ("organizations_are_reported" in codes) == ("--all-organizations" in done.stderr) == (reports == 0)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_busy_port_is_told_before_anything_starts(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MSOKO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MSOKO_DEMO", raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(command, "--port", str(port))
    assert done.exit_code == 1
    assert f"Порт {port} на адресе 127.0.0.1 уже занят" in done.stderr
    assert f"msoko {command} --port " in done.stderr
    assert ("make demo" in done.stderr) == (command == "demo")
    assert not (tmp_path / "home").exists()


def test_maximum_is_null_where_files_have_marks_only(tmp_path: Path):
    rows = [f"СОШ № 1;{number};{2 + number % 4}" for number in range(12)]
    file = tmp_path / "ВПР 2025 Математика 5 класс.csv"
    file.write_text("\n".join(["Школа;Код участника;Отметка", *rows]), encoding="utf-8")
    done = run("analyze", file, "--out", tmp_path / "out", "--format", "json", "--json")
    (campaign,) = json.loads(done.stdout)["campaigns"]
    assert (campaign["max_raw_score"], campaign["mean_raw_score"]) == (None, None)
    assert campaign["raw_score_distribution"] == {}
    assert [one["max_raw_score"] for one in campaign["organizations"]] == [None]
