"""Which examination a table holds: procedure, subject, grade, day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from intake.contracts import CampaignClaim, Procedure
from intake.fields.exams import (
    ExamTitle,
    exam_of_lines,
    is_gve_code,
    parse_exam_file_name,
    parse_exam_title,
    procedure_in_words,
)
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.subjects import subject_named
from intake.layouts.gia_tables import ExamTable

_NUMBER = re.compile(r"\d{1,2}")
_EGE_SUBJECT = re.compile(r"базов|профил|кегэ", re.IGNORECASE)
_EXAM_WORDS = re.compile(r"\(?\b(?:кегэ|огэ|егэ|гвэ)(?:-\d+)?\b\)?|\((?:устн|письм)[^)]*\)", re.IGNORECASE)
_GRADE_OF = {Procedure.OGE: 9, Procedure.EGE: 11}


def campaign_of(table: ExamTable, title: ExamTitle | None, classes: Sequence[str], file: str) -> CampaignClaim:
    """Campaign of a table; what neither the table nor the file name says stays None."""
    grade = usual_grade(classes)
    procedure = _procedure(table, title, grade, file)
    subject = _EXAM_WORDS.sub(" ", title.subject).strip() if title else ""
    held_on = title.held_on if title else None
    return CampaignClaim(
        procedure=procedure,
        subject=subject_named(subject) if subject else None,
        grade_level=_grade_level(procedure, grade),
        year=held_on.year if held_on else _year(table, title, file),
        held_on=held_on,
        raw_subject=title.raw_subject if title else "",
    )


def exam_title(table: ExamTable, file: str) -> ExamTitle | None:
    """Title over the table, else on the sheet tab, else in the file name."""
    base = re.split(r"[\\/]", file)[-1].rpartition(".")[0].replace("_", " ")
    candidates = (parse_exam_title(table.sheet.name), parse_exam_file_name(file), parse_exam_title(base))
    found = table.title or next((title for title in candidates if title is not None), None)
    if found is not None and found.subject:
        return found
    return exam_of_lines((table.heading, table.sheet.name, base)) or found


def has_marks_for_scores(campaign: CampaignClaim) -> bool:
    """Whether the final result of this examination is a mark, even where its column is headed «Балл»."""
    return campaign.procedure in (Procedure.OGE, Procedure.GVE) or campaign.subject == "Математика базовая"


def usual_grade(classes: Sequence[str]) -> int | None:
    """The commonest number in the class cells («11Б», «9»); None when there is none."""
    numbers = [int(match[0]) for text in classes if (match := _NUMBER.search(text))]
    counts = Counter(number for number in numbers if 1 <= number <= 13)
    return max(counts, key=lambda number: (counts[number], number), default=None)


def _year(table: ExamTable, title: ExamTitle | None, file: str) -> int | None:
    lines = (title.subject if title else "", table.heading, table.sheet.name)
    years = [facts_of_text(line).year for line in lines if line]
    return next((year for year in years if year), facts_of_name(file).year)


def _procedure(table: ExamTable, title: ExamTitle | None, grade: int | None, file: str) -> Procedure | None:
    if title is not None:
        named = procedure_in_words(title.subject)
        if named is not None or is_gve_code(title.code):
            return named or Procedure.GVE
    named = procedure_in_words(f"{table.heading} {table.sheet.name}")
    if named is not None:
        return named
    if title is not None and _EGE_SUBJECT.search(title.subject):
        return Procedure.EGE
    if grade is not None and grade >= 9:
        return Procedure.OGE if grade == 9 else Procedure.EGE
    named = procedure_in_words(file)
    if named is not None or "test_score" in table.columns:
        return named or Procedure.EGE
    return Procedure.OGE if "mark" in table.columns else None


def _grade_level(procedure: Procedure | None, grade: int | None) -> int | None:
    """ОГЭ ends grade 9, ЕГЭ grade 11; ГВЭ is held for both, classes 10, 12 and 13 are evening or special schools."""
    if procedure in _GRADE_OF:
        return _GRADE_OF[procedure]
    if grade is None or grade < 9:
        return None
    return 9 if grade <= 10 else 11
