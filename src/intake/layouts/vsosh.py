"""Protocols of the school stage of the olympiad (3.1): one work for every sheet × subject × class of performance.

The status («победитель», «призёр», «участник») is the level of the participant; the highest possible score follows
from score and share where the file gives both. Names are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.contracts import NO_VALUE, CampaignClaim, Procedure, Severity, Work
from intake.fields.cells import is_absence, number, sex_value
from intake.fields.classes import class_letter, grade_in_class
from intake.fields.names import facts_of_name, facts_of_text
from intake.fields.organizations import organization_claim
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.layouts.assembly import ParticipantRow, participant_columns
from intake.layouts.base import Book, Cell, Recognised, Sheet
from intake.layouts.remarks import Remarks

_ROLES = {
    "subject": re.compile(r"предмет|направление|профиль"),
    "organization": re.compile(
        r"(?:обще)?образовательн(?:ое|ая) (?:учреждение|организация)|оу|оо|школа|учебное заведение(?: полностью)?"
    ),
    "municipality": re.compile(r"муниципалитет|муниципальное образование|район"),
    "participant": re.compile(r"код участника|шифр(?: участника)?|логин(?: участника)?"),
    "name": re.compile(r"фамилия|имя|отчество|фио|фамилия имя отчество"),
    "sex": re.compile(r"пол"),
    "performs": re.compile(r"класс за который (?:выступает|выполнял\w*)|класс участия"),
    "studies": re.compile(r"класс в котором учится|класс обучения|класс"),
    "score": re.compile(r"итоговый балл|итог|балл|сумма баллов|результат балл"),
    "share": re.compile(r"процент(?: выполнения)?|выполнения|итоговый процент"),
    "status": re.compile(r"статус(?: участника)?|тип диплома|результат"),
}
_STATUSES = {"победитель": "победитель", "призер": "призёр", "участник": "участник"}
_DEPTH = 30


@dataclass(frozen=True, slots=True)
class _Pupil:
    row: ParticipantRow
    subject: str
    grade: int | None
    score: float | None
    share: float | None


class OlympiadProtocol:
    """Layout of formats.md 3.1 and 3.2."""

    id = "vsosh_protocol"

    def read(self, book: Book) -> list[Recognised] | None:
        found: list[Recognised] = []
        for sheet in book.sheets:
            header = None if sheet.is_hidden else _header(sheet)
            if header is not None:
                found.extend(_works(book, sheet, *header))
        return found or None


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(sheet.rows[:_DEPTH]):
        columns = _columns(row)
        if "status" in columns and "organization" in columns and {"score", "name"} & columns.keys():
            is_olympiad = {"performs", "subject"} & columns.keys() or _names_olympiad(sheet, index)
            if is_olympiad:
                return index, columns
    return None


def _names_olympiad(sheet: Sheet, header: int) -> bool:
    text = " ".join(clean(cell) for row in sheet.rows[:header] for cell in row if clean(cell)).casefold()
    return "всош" in text or "олимпиад" in text


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for role in _roles_of(header_key(cell)) if isinstance(cell, str) and cell else ():
            found.setdefault(role, place)
    return found


@lru_cache(maxsize=8192)
def _roles_of(key: str) -> tuple[str, ...]:
    return tuple(role for role, pattern in _ROLES.items() if pattern.fullmatch(key)) if key else ()


def _works(book: Book, sheet: Sheet, header: int, columns: dict[str, int]) -> list[Work]:
    remarks = Remarks(book.file, sheet.name)
    groups: dict[tuple[str, int | None], list[_Pupil]] = {}
    for index in range(header + 1, len(sheet.rows)):
        pupil = _pupil(sheet.rows[index], index, columns, remarks)
        if pupil is not None:
            groups.setdefault((pupil.subject, pupil.grade), []).append(pupil)
    title = " ".join(clean(cell) for row in sheet.rows[:header] for cell in row if clean(cell))
    dropped = [clean(cell) for cell in sheet.rows[header] if _ROLES["name"].fullmatch(header_key(cell))]
    works = [_work(book, sheet, key, pupils, (title, dropped)) for key, pupils in groups.items()]
    for work in works[:1]:
        work.problems.extend(remarks.finished())
    return works


def _pupil(row: Sequence[Cell], index: int, columns: dict[str, int], remarks: Remarks) -> _Pupil | None:
    def cell(role: str) -> Cell:
        place = columns.get(role, len(row))
        return row[place] if place < len(row) else ""

    organization, status = clean(cell("organization")), header_key(cell("status"))
    is_second_header = _ROLES["organization"].fullmatch(header_key(organization)) is not None
    if not organization or is_second_header or not (status or clean(cell("score"))):
        return None
    score = number(cell("score"))
    if score is None and clean(cell("score")) and not is_absence(cell("score")):
        message = f"Балл «{clean(cell('score'))[:20]}» не прочитан."
        remarks.add(Severity.WARNING, "vsosh.score", message, row=index, column=columns["score"])
    if score is not None and not score.is_integer():
        message = "Балл дробный: хранится округлённым до целого."
        remarks.add(Severity.WARNING, "vsosh.score_rounded", message, row=index, column=columns["score"])
    if status and status not in _STATUSES:
        message = f"Статус «{clean(cell('status'))[:30]}» не известен: ожидались победитель, призёр, участник."
        remarks.add(Severity.WARNING, "vsosh.status", message, row=index, column=columns["status"])
    grade = _grade(cell("performs")) or _grade(cell("studies"))
    participant = ParticipantRow(
        row=index + 1,
        organization=organization_claim("", organization, clean(cell("municipality"))),
        participant=clean(cell("participant")),
        class_group=class_letter(cell("studies"), _grade(cell("studies"))),
        sex=sex_value(cell("sex")),
        present=not is_absence(cell("score")) and not is_absence(cell("status")),
        file_total=NO_VALUE if score is None else _rounded(score),
        level=_STATUSES.get(status, ""),
    )
    return _Pupil(participant, clean(cell("subject")), grade, score, _share(cell("share")))


def _grade(cell: Cell) -> int | None:
    value = number(cell)
    if value is not None:
        return int(value) if value.is_integer() and 1 <= value <= 11 else None
    return grade_in_class(cell)


def _rounded(score: float) -> int:
    """Half up, as the rules of the olympiad print scores."""
    return int(min(max(score, 0.0), 32000.0) + 0.5)


def _share(cell: Cell) -> float | None:
    text = clean(cell)
    value = number(text.removesuffix("%"))
    if value is None:
        return None
    return value / 100 if "%" in text or value > 1 else value


def _work(
    book: Book, sheet: Sheet, key: tuple[str, int | None], pupils: Sequence[_Pupil], about: tuple[str, list[str]]
) -> Work:
    title, dropped = about
    subject, grade = key
    facts = [facts_of_text(title), facts_of_text(sheet.name), facts_of_name(book.file)]
    named = subject_named(subject) if subject else next((fact.subject for fact in facts if fact.subject), None)
    return Work(
        file=book.file,
        sheet=sheet.name,
        layout="vsosh_protocol",
        campaign=CampaignClaim(
            procedure=Procedure.VSOSH,
            subject=named,
            grade_level=grade,
            year=next((fact.year for fact in facts if fact.year), None),
            raw_subject=subject,
        ),
        items=[],
        participants=participant_columns([pupil.row for pupil in pupils]),
        declared_max_score=_highest(pupils),
        dropped_columns=dropped,
    )


def _highest(pupils: Sequence[_Pupil]) -> int | None:
    """The whole number that score / share gives for most pupils; None when they disagree."""
    found = Counter(
        round(pupil.score / pupil.share) for pupil in pupils if pupil.score and pupil.share and pupil.share <= 1
    )
    if not found:
        return None
    value, votes = found.most_common(1)[0]
    return value if votes > sum(found.values()) / 2 and value <= 32000 else None
