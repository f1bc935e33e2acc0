"""Candidates for the medal in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from msoko.cycle.collection.api import Candidate, CandidateResult, Examination, ExamSubject, MedalCount
from msoko.cycle.procedures.api import blueprint_value, campaign_title
from msoko.foundation.catalog.medals import medal_rules
from msoko.web.office.collection.result_words import result_columns, result_words
from qualimetry.narrative.blocks import Column, Table


def examination_words(examination: Examination) -> tuple[str, str]:
    """Verdict in words and its tone: «не хватает: Русский язык — 4»."""
    if not examination.is_linked:
        return "результаты ЕГЭ не связаны", "wait"
    lacks = [one for one in (examination.required, examination.other) if one is not None and one.lack]
    if lacks:
        return "не хватает: " + ", ".join(f"{one.subject} — {one.lack}" for one in lacks), "bad"
    if examination.is_confirmed:
        return "порог достигнут", "good"
    missing = medal_rules().required_subject if examination.required is None else "второй предмет"
    return f"нет результата: {missing}", "warn"


def below_words(candidate: Candidate) -> str:
    """«ниже «5»: 3 из 7»: works whose marks do not agree with the final marks of the degree."""
    below = candidate.marks_below
    return f"ниже «{candidate.degree.lowest_mark}»: {below} из {sum(candidate.marks.values())}" if below else ""


def result_line(result: CandidateResult) -> str:
    """«ВПР 2023, Математика, 8 класс: отметка 4, балл 17»."""
    blueprint = blueprint_value(result.campaign.blueprint) if result.campaign.blueprint else None
    pairs = zip(result_columns(blueprint), result_words(result.row, blueprint), strict=False)
    words = [f"{name.lower()} {value}" for name, value in pairs if value != "—"]
    if result.row.total is not None:
        words.append(f"первичный балл {result.row.total}")
    return f"{campaign_title(result.campaign)}: {', '.join(words) or 'без результата'}"


def candidate_tables(rows: Sequence[tuple[str, Candidate]], year: int) -> list[tuple[str, Table]]:
    """Sheets «Претенденты» and «Результаты»; `rows` = (number or key, candidate)."""
    caption = f"Претенденты на медаль, выпуск {year} года"
    titles = (
        Column("Номер или код"), Column("Степень"), Column("Обязательный предмет", "integer"),
        Column("Не хватает", "integer"), Column("Второй предмет"), Column("Результат", "integer"),
        Column("Не хватает", "integer"), Column("Предметов ниже порога", "integer"),
        *(Column(f"Отметок «{mark}»", "integer") for mark in (5, 4, 3, 2)), Column("Вывод", width=3.0),
    )  # fmt: skip
    listed = tuple(_candidate_row(name, one) for name, one in rows)
    details = tuple((name, result_line(result)) for name, one in rows for result in one.results)
    columns = (Column("Номер или код"), Column("Результат", width=5.0))
    return [
        ("Претенденты", Table("candidates", caption, titles, listed)),
        ("Результаты", Table("candidate_results", "Связанные результаты претендентов", columns, details)),
    ]


def _candidate_row(name: str, one: Candidate) -> tuple[object, ...]:
    examination = one.examination
    required, other = examination.required, examination.other
    return (
        name, one.degree.title, *_score(required), other.subject if other else None, *_score(other),
        len(examination.below), *(one.marks.get(mark, 0) for mark in (5, 4, 3, 2)), examination_words(examination)[0],
    )  # fmt: skip


def _score(subject: ExamSubject | None) -> tuple[int | None, int | None]:
    return (subject.score, subject.lack) if subject else (None, None)


def count_table(counts: Sequence[MedalCount], year: int) -> Table:
    """Counts of schools, with the total."""
    columns = (
        Column("Школа", width=3.0), Column("Претендентов", "integer"), Column("С результатами ЕГЭ", "integer"),
        Column("Порог достигнут", "integer"), Column("Порог не достигнут", "integer"),
    )  # fmt: skip
    rows = [(one.organization.short_name, one.listed, one.linked, one.confirmed, one.not_confirmed) for one in counts]
    totals = [("Всего", *(sum(row[place] for row in rows) for place in range(1, 5)))] if rows else []  # type: ignore[misc]
    caption = f"Претенденты на медаль по школам, выпуск {year} года"
    return Table("medal_counts", caption, columns, (*rows, *totals), total_rows=len(totals))
