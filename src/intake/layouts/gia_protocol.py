"""Protocols of ОГЭ, ЕГЭ and ГВЭ: sparse, compact, dense, of report controls, with a written and an oral part, appeals.

One layout serves them all: columns are found by header words, examinations by their title rows. Personal columns are
dropped; what remains of a person is a code or an opaque key (see `gia_keys`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from intake.contracts import NO_VALUE, CampaignClaim, Problem, Severity, Work
from intake.fields.classes import class_letter
from intake.fields.exams import ExamTitle, parse_exam_title
from intake.layouts.assembly import ParticipantRow, participant_columns
from intake.layouts.base import Book, Recognised, Sheet
from intake.layouts.gia_campaign import campaign_of, exam_title, has_marks_for_scores
from intake.layouts.gia_columns import PERSONAL_ROLES
from intake.layouts.gia_items import read_items
from intake.layouts.gia_rows import MASK_ROLES, ExamRows, RowFault, RowReader
from intake.layouts.gia_tables import ExamTable, find_tables, has_protocol, orphan_titles
from intake.layouts.remarks import Remarks

_REJECTED = ("отклон", "не удовлетвор", "отказ", "отозван", "без изменен")


class GiaProtocol:
    """Layout of formats.md 2.2–2.9: every examination of every visible sheet is a work."""

    id = "gia_protocol"

    def read(self, book: Book) -> list[Recognised] | None:
        sheets = [sheet for sheet in book.sheets if not sheet.is_hidden]
        found: list[Recognised] = []
        for sheet in sheets:
            if has_protocol(sheet):
                found.extend(work for table in find_tables(sheet) for work in _works(book, table))
            elif (work := _headless(book, sheet)) is not None:
                found.append(work)
        return found or None


def _works(book: Book, table: ExamTable) -> list[Work]:
    rows = RowReader(table).read()
    groups = _by_exam(rows) if "exam" in table.columns else {"": list(range(len(rows.participants)))}
    works: list[Work] = []
    for exam, indexes in groups.items():
        remarks = Remarks(book.file, table.sheet.name)
        for fault in rows.faults if not works else ():
            _note(remarks, table, fault)
        works.append(_work(book, table, rows, (indexes, exam), remarks))
    return works


def _by_exam(rows: ExamRows) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for index, exam in enumerate(rows.exams):
        groups.setdefault(exam, []).append(index)
    return groups


def _work(book: Book, table: ExamTable, rows: ExamRows, group: tuple[list[int], str], remarks: Remarks) -> Work:
    indexes, exam = group
    title = parse_exam_title(exam) if exam else exam_title(table, book.file)
    if title is None and exam:
        title = ExamTitle(code="", subject=exam, held_on=None)
    campaign = campaign_of(table, title, [rows.classes[index] for index in indexes], book.file)
    for fault in _table_faults(table, rows, campaign, len(indexes)):
        _note(remarks, table, fault)
    roles = [role for role in MASK_ROLES if role in table.columns]
    columns = {role: [rows.masks[index][place] for index in indexes] for place, role in enumerate(roles)}

    def report(code: str, message: str, row: int, role: str) -> None:
        _note(remarks, table, RowFault(code, message, rows.participants[indexes[row]].row, role))

    items, matrix = read_items(columns, len(indexes), report)
    participants = [rows.participants[index] for index in indexes]
    for index, participant in zip(indexes, participants, strict=True):
        text = rows.classes[index]
        participant.class_group = "" if text.isdigit() else class_letter(text)
    if has_marks_for_scores(campaign):
        _scores_are_marks(participants)
    return Work(
        file=book.file,
        sheet=table.sheet.name,
        layout=_layout_id(table, campaign),
        campaign=campaign,
        items=items,
        participants=participant_columns(participants, matrix),
        dropped_columns=_dropped(table),
        declared=rows.declared,
        problems=remarks.finished(),
        is_appeal=table.is_appeal,
        unchanged_rows=tuple(rows.participants[index].row for index in indexes if _is_rejected(rows.states[index])),
    )


def _scores_are_marks(participants: Sequence[ParticipantRow]) -> None:
    """A final «Балл» of 2…5 throughout is the mark."""
    scores = {one.test_score for one in participants} - {NO_VALUE}
    if scores and scores <= {2, 3, 4, 5}:
        for one in participants:
            one.mark, one.test_score = max(one.mark, one.test_score), NO_VALUE


def _layout_id(table: ExamTable, campaign: CampaignClaim) -> str:
    procedure = campaign.procedure.value.lower() if campaign.procedure else "gia"
    return f"{procedure}_{'appeals' if table.is_appeal else 'protocol'}"


def _dropped(table: ExamTable) -> list[str]:
    columns = sorted(column for role, column in table.columns.items() if role in PERSONAL_ROLES)
    return [table.headers[column] for column in columns if column in table.headers]


def _is_rejected(state: str) -> bool:
    return any(word in state for word in _REJECTED)


def _table_faults(table: ExamTable, rows: ExamRows, campaign: CampaignClaim, count: int) -> Iterator[RowFault]:
    if campaign.subject is None:
        message = "над таблицей нет строки с предметом и датой экзамена"
        if campaign.raw_subject:
            message = f"предмет экзамена не определён: «{campaign.raw_subject}»"
        yield RowFault("exam_subject_unknown", message, table.header_row + 1)
    declared = rows.declared.get("Всего участников")
    if declared is not None and declared != count:
        message = f"в протоколе указано участников: {declared:g}, прочитано строк: {count}"
        yield RowFault("declared_count", message, table.last)


def _note(remarks: Remarks, table: ExamTable, fault: RowFault) -> None:
    remarks.add(
        Severity.ERROR if fault.is_error else Severity.WARNING,
        f"gia.{fault.code}",
        fault.message[:1].upper() + fault.message[1:] + ".",
        row=fault.row - 1,
        column=table.columns.get(fault.role),
        hint=_HINTS.get(fault.code, ""),
    )


_HINTS = {
    "mask_length": "Сверьте строку с протоколом: число знаков должно совпадать с числом заданий.",
    "mask_bad_character": "Допустимы «+», «-», цифры и запись «баллы(максимум)».",
    "exam_subject_unknown": "Укажите предмет и дату при загрузке.",
    "organization_missing": "Укажите код организации в строке.",
    "declared_count": "Проверьте, что протокол загружен целиком.",
    "namesakes": "Если это одна и та же работа, удалите лишнюю строку.",
    "row_not_used": "Если это участник, укажите код организации и результат.",
}


def _headless(book: Book, sheet: Sheet) -> Work | None:
    """A title of an examination without a header row: nothing can be read, and the person is told why."""
    row, title = next(orphan_titles(sheet), (0, None))
    if title is None:
        return None
    table = ExamTable(sheet, title, "", row, {}, {}, row + 1)
    campaign = campaign_of(table, title, (), book.file)
    message = "Под названием экзамена нет строки заголовков («Код ОО», «Первичный балл» …): данные не прочитаны."
    hint = "Выгрузите протокол заново вместе со строкой заголовков столбцов."
    problem = Problem(Severity.ERROR, "gia.header_missing", message, book.file, sheet.name, row + 1, hint=hint)
    empty = participant_columns((), np.zeros((0, 0), dtype=np.int8))
    return Work(book.file, sheet.name, _layout_id(table, campaign), campaign, [], empty, problems=[problem])
