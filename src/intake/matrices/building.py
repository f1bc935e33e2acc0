"""Rows of a matrix → groups and functions. A cell merged over several rows is one cell and blanks below in text."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.contracts import Severity
from intake.fields.text import clean_text
from intake.grids.contracts import Grid, GridRow
from intake.matrices.contracts import Function, FunctionGroup, MatrixReading
from intake.matrices.items import items_of, starts_anew
from intake.matrices.vocabulary import DOCUMENTS, FUNCTION, RESPONSIBLE, MatrixWords
from intake.plans.contracts import Remark, RowPlace
from intake.plans.numbers import Number, number_of

_SIDES = (RESPONSIBLE, DOCUMENTS)
#: more words than this are no end of a document
_MOST_END = 2


@dataclass(slots=True)
class _Block:
    """Text of a cell with its parts from the rows below; several functions may share it."""

    text: str = ""
    users: int = 0

    def extend(self, text: str, *, is_new_line: bool) -> bool:
        """Add a part; a fragment that the text already ends with (an edge of a page) is not added."""
        if _ends_with(clean_text(self.text), clean_text(text)):
            return False
        self.text += ("\n" if is_new_line and self.text else " " if self.text else "") + text
        return True


def _ends_with(text: str, fragment: str) -> bool:
    """Whether the text ends with the words of the fragment, up to their endings."""
    words = fragment.casefold().split()
    last = text.casefold().split()[-len(words) :] if words else []
    return len(last) == len(words) and all(
        mine == other or (len(mine) > 5 and mine[:-2] == other[:-2]) for mine, other in zip(words, last, strict=True)
    )


@dataclass(slots=True)
class _Draft:
    text: str
    place: RowPlace
    blocks: dict[str, _Block] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    number: Number
    title: str
    is_lost: bool = False
    own: dict[str, _Block] = field(default_factory=dict)
    drafts: list[_Draft] = field(default_factory=list)


class MatrixBuilder:
    """Collects rows; `finish` puts groups into the reading."""

    def __init__(self, reading: MatrixReading, words: MatrixWords) -> None:
        self._reading = reading
        self._words = words
        self._groups: list[_Group] = []
        self._current: dict[str, _Block] = {}

    def add(self, cells: dict[str, str], row: GridRow, grid: Grid, merged: set[str]) -> None:
        """The next row: a heading of a group, functions, or a tail of the row above.

        `merged`: columns where a blank belongs to the cell above (in text every blank may).
        """
        place = RowPlace(row.number, row.number, grid.number, grid.sheet, row.page)
        text = cells[FUNCTION]
        number = number_of(text)
        if number.parts and number.rest:
            self._open(_Group(number, clean_text(number.rest)), cells)
            return
        if not self._groups:
            self._begin_in_the_middle(cells, place)
            return
        group = self._groups[-1]
        items = items_of(text, FUNCTION, self._words)
        is_row = grid.knows_spans or any(cells[role] for role in _SIDES)
        is_new = starts_anew(text, FUNCTION, self._words) or (is_row and text[:1].isupper() and not row.is_after_break)
        if items and not is_new:
            self._put_tail(group, items.pop(0))
        before = len(group.drafts)
        group.drafts += [_Draft(item, place) for item in items]
        if before:
            cells = cells | {DOCUMENTS: self._put_end(cells[DOCUMENTS], is_new=len(group.drafts) > before)}
        self._put_sides(cells, group, group.drafts[before:], place, merged)

    def finish(self) -> None:
        """Groups with their functions into the reading."""
        self._reading.groups = [self._finished(group) for group in self._groups]
        if not self._reading.functions:
            message = "В таблице не найдено ни одной функции."
            self._reading.remarks.append(Remark("functions_empty", message, "Проверьте, тот ли файл загружен.",
                                                Severity.ERROR))  # fmt: skip

    def _open(self, group: _Group, cells: dict[str, str]) -> None:
        self._groups.append(group)
        self._current = {}
        for role in _SIDES:
            group.own[role] = self._current[role] = _Block(cells[role])

    def _begin_in_the_middle(self, cells: dict[str, str], place: RowPlace) -> None:
        text = cells[FUNCTION]
        is_function = starts_anew(text, FUNCTION, self._words)
        group = _Group(Number("", (), ""), "" if is_function else clean_text(text), is_lost=not is_function)
        self._open(group, cells)
        if is_function:
            group.drafts += [_Draft(item, place, dict(self._current)) for item in items_of(text, FUNCTION, self._words)]
            return
        message = f"Таблица начинается с середины группы: «…{clean_text(text)[:60]}»; начало утрачено."
        hint = "Впишите номер и название группы и её первые функции."
        self._reading.remarks.append(Remark("group_head_lost", message, hint, Severity.WARNING, place))

    @staticmethod
    def _put_tail(group: _Group, text: str) -> None:
        if group.drafts:
            group.drafts[-1].text = f"{group.drafts[-1].text} {text}"
        else:
            group.title = f"{group.title} {text}".strip()

    def _put_end(self, text: str, *, is_new: bool) -> str:
        """The cell without its first words when they are the end of a document that the edge of a page cut off
        («… с функционалом по обеспечению | ВСОКО Приказы …»)."""
        items = items_of(text, DOCUMENTS, self._words) if is_new else []
        block = self._current.get(DOCUMENTS)
        if len(items) < 2 or block is None or not block.text or self._words.begins(DOCUMENTS, items[0]):
            return text
        if not items[0].isupper() or len(items[0].split()) > _MOST_END:
            return text
        block.extend(items[0], is_new_line=False)
        return clean_text(text).removeprefix(items[0]).strip()

    def _put_sides(
        self, cells: dict[str, str], group: _Group, new: list[_Draft], place: RowPlace, merged: set[str]
    ) -> None:
        for role in _SIDES:
            text = cells[role]
            if new and not text and role not in merged:
                self._current[role] = _Block()
            if text:
                anew = starts_anew(text, role, self._words)
                if anew and new:
                    self._current[role] = _Block(text)
                elif not self._current[role].extend(text, is_new_line=anew):
                    message = f"Фрагмент «{clean_text(text)[:60]}» повторён на границе страниц и пропущен."
                    self._reading.remarks.append(Remark("fragment_repeated", message, "", Severity.INFO, place))
            for draft in new:
                draft.blocks[role] = self._current[role]
                self._current[role].users += 1

    def _finished(self, group: _Group) -> FunctionGroup:
        return FunctionGroup(
            number=group.number.raw,
            title=group.title,
            level=max(1, len(group.number.parts)),
            responsible=self._items(group.own[RESPONSIBLE], RESPONSIBLE),
            documents=self._items(group.own[DOCUMENTS], DOCUMENTS),
            functions=tuple(self._function(draft) for draft in group.drafts),
            is_lost=group.is_lost,
        )

    def _function(self, draft: _Draft) -> Function:
        return Function(
            clean_text(draft.text),
            self._items(draft.blocks.get(RESPONSIBLE), RESPONSIBLE),
            self._items(draft.blocks.get(DOCUMENTS), DOCUMENTS),
            any(block.users > 1 for block in draft.blocks.values()),
            draft.place,
        )

    def _items(self, block: _Block | None, role: str) -> tuple[str, ...]:
        if block is None or not block.text:
            return ()
        return tuple(dict.fromkeys(items_of(block.text, role, self._words)))
