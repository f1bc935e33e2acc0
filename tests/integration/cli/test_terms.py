"""`msoko terms` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from msoko.cli.main import app
from tests.spec.terms.scoring import REFERENCE


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_one_phrase_as_json():
    done = run("terms", "сентябрь, ежегодно", "--school-year", "2026", "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert {key: value for key, value in answer.items() if key != "explanation"} == {
        "phrase": "сентябрь, ежегодно",
        "status": "recurring",
        "intervals": [["2026-09-01", "2026-09-30"]],
        "rrule": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1",
        "rrule_end": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1",
        "review": False,
        "in_horizon": True,
    }  # fmt: skip


def test_file_gives_a_line_for_a_line(tmp_path: Path):
    file = tmp_path / "сроки.txt"
    file.write_text("май\n\nпо запросу ОО\n", encoding="utf-8")
    done = run("terms", "--file", file, "--school-year", "2026", "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["phrase"], one["status"], one["review"]) for one in answers] == [
        ("май", "dated", False),
        ("", "unspecified", True),
        ("по запросу ОО", "on_request", False),
    ]


def test_kind_of_year_and_calendar(tmp_path: Path):
    done = run("terms", "в течение года", "--school-year", "2027", "--year-kind", "calendar", "--json")
    assert json.loads(done.stdout)["intervals"] == [["2027-01-01", "2027-12-31"]]
    file = tmp_path / "календарь.yaml"
    file.write_text(REFERENCE.replace("2026-10-24", "2026-10-26").replace("2026-10-23", "2026-10-25"), encoding="utf-8")
    done = run("terms", "осенние каникулы", "--school-year", "2026", "--calendar", file, "--json")
    answer = json.loads(done.stdout)
    assert (answer["intervals"], answer["review"]) == ([["2026-10-26", "2026-11-01"]], False)


def test_people_read_russian():
    done = run("terms", "раз в три года", "--school-year", "2026")
    assert done.exit_code == 0
    assert "Повторяется" in done.stdout
    assert "? В каком году это было последний раз?" in done.stdout


def test_errors_are_russian_and_status_is_two(tmp_path: Path):
    latin = tmp_path / "cp1251.txt"
    latin.write_bytes("май".encode("cp1251"))
    broken = tmp_path / "сломан.yaml"
    broken.write_text("quarters: [", encoding="utf-8")
    for arguments, said in (
        (("--school-year", "2026"), "Укажите либо срок"),
        (("май", "--file", "x.txt"), "Укажите либо срок"),
        (("май", "--year-kind", "lunar"), "Вид года «lunar» неизвестен"),
        (("май", "--school-year", "26"), "Год плана 26 вне пределов"),
        (("--file", str(tmp_path / "нет.txt")), "Файл не найден"),
        (("--file", str(latin)), "не в кодировке UTF-8"),
        (("май", "--calendar", str(broken)), "это не YAML"),
    ):
        done = run("terms", *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr


def test_command_needs_neither_django_nor_arrays():
    program = (
        "import sys; from msoko.cli.main import app\n"
        "app(['terms', 'май', '--school-year', '2026'], standalone_mode=False)\n"
        "assert not {'django', 'numpy', 'pyarrow'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
