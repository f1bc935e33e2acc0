"""`msoko plan parse` and `msoko functions parse` as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from msoko.cli.main import app
from tests.factories.plans import PlanText, as_docx, as_text


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "план.docx"
    file.write_bytes(as_docx(PlanText()))
    return file


def test_plan_as_json(plan: Path) -> None:
    done = run("plan", "parse", plan, "--school-year", "2026", "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) >= {"abbreviations", "sections", "activities", "warnings"}
    assert len(document["activities"]) == 8
    first = document["activities"][0]
    assert first["section_path"] == [{"number": "I.", "title": "Организационное обеспечение"}]
    assert (first["number"], first["title"], first["terms_raw"]) == (
        "1.1.", "Назначение ответственных за сбор сведений", "до 15 сентября",
    )  # fmt: skip
    assert first["terms"]["intervals"] == [[None, "2026-09-15"]]
    assert [(one["raw"], one["resolved"]) for one in first["responsible"]] == [
        ("ИМЦ", "информационно-методический центр")
    ]
    assert [(one["text"], one["kind"]) for one in first["deliverables"]] == [("Приказ", "order")]
    assert set(first) >= {"label", "direction", "cycle_part", "warnings", "place"}


def test_plan_in_words(plan: Path) -> None:
    done = run("plan", "parse", plan, "--school-year", "2020")
    assert done.exit_code == 0, done.stderr
    assert "мероприятий – 8" in done.stdout
    assert "План составлен на 2026-2027 учебный год, а выбран 2020/21 учебный год." in done.stdout


def test_plan_of_a_calendar_year(plan: Path) -> None:
    done = run("plan", "parse", plan, "--school-year", "2027", "--year-kind", "calendar", "--json")
    terms = [one["terms"]["intervals"] for one in json.loads(done.stdout)["activities"]]
    assert terms[2] == [["2027-01-01", "2027-01-31"]]


def test_functions_as_json(tmp_path: Path) -> None:
    file = tmp_path / "функции.txt"
    text = "Функции\tДолжности\tДокументы\n1. Контроль\t\t\nОрганизация проверки\tМетодист\tПриказ о проверке\n"
    file.write_text(text, encoding="utf-8")
    done = run("functions", "parse", file, "--json")
    assert done.exit_code == 0, done.stderr
    (group,) = json.loads(done.stdout)["groups"]
    assert (group["number"], group["title"], group["responsible"], group["documents"]) == ("1.", "Контроль", [], [])
    (function,) = group["functions"]
    assert (function["text"], function["responsible"], function["documents"]) == (
        "Организация проверки", ["Методист"], ["Приказ о проверке"],
    )  # fmt: skip


def test_troubles_are_told(tmp_path: Path) -> None:
    missing = run("plan", "parse", tmp_path / "нет.docx")
    assert (missing.exit_code, "не найден" in missing.stderr) == (1, True)
    folder = run("functions", "parse", tmp_path)
    assert (folder.exit_code, "папка" in folder.stderr) == (1, True)
    empty = tmp_path / "пусто.txt"
    empty.write_bytes(b"")
    done = run("plan", "parse", empty, "--json")
    assert done.exit_code == 1
    assert [one["code"] for one in json.loads(done.stdout)["warnings"]] == ["file.empty"]
    assert run("plan", "parse", empty, "--school-year", "20").exit_code == 2


def test_plans_need_no_django(tmp_path: Path) -> None:
    file = tmp_path / "план.txt"
    file.write_bytes(as_text(PlanText()))
    program = (
        "import sys; from msoko.cli.main import app\n"
        f"app(['plan', 'parse', {str(file)!r}, '--json'], standalone_mode=False)\n"
        "assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
