"""The school's own «Форма сбора результатов» of VPR, 2022–2026 (formats.md 1.1 and 1.2).

Subject and grade stand in the file name only. To the right of «Итого баллов» lie service columns; rows are pre-filled
with formulas; a second variant column may stand in the middle of the items.
"""

from __future__ import annotations

from intake.contracts import Work
from intake.layouts.base import Book, Sheet
from intake.layouts.headers import Keys, header_rows, readable_sheets, table_columns
from intake.layouts.row_table import ReadingRules
from intake.layouts.vocabulary import role_of
from intake.layouts.works import build_work, vpr_campaign

_TOTAL = "итого баллов"
_CODES = ("код участника", "код")
_FOREIGN = frozenset({"пользователь", "логин", "логин школы", "школа", "муниципалитет", "название оо"})
#: a form is of one school and does not name it: a table that names organizations belongs to another layout
_ORGANIZATION_ROLES = ("organization_code", "organization_name")


class CollectionForm:
    """Sheets «Протокол» of a collection form; every sheet with such a header is a work."""

    id = "vpr_form"

    def read(self, book: Book) -> list[Work] | None:
        works = [work for sheet in readable_sheets(book) if (work := self._work(book, sheet)) is not None]
        return works or None

    def _work(self, book: Book, sheet: Sheet) -> Work | None:
        for index, keys in header_rows(sheet):
            if not _is_header(keys):
                continue
            end = keys.index(_TOTAL) + 1
            columns = table_columns(sheet.rows[index], end=end)
            if not columns.items:
                return None
            campaign = vpr_campaign(book, sheet)
            rules = ReadingRules(
                needs_code=True,
                is_ordinal_class=_is_ordinal(keys, columns.roles.get("class_group")),
                grade_level=campaign.grade_level,
            )
            return build_work(book, sheet, self.id, campaign=campaign, columns=columns, first=index + 1, rules=rules)
        return None


def _is_header(keys: Keys) -> bool:
    return (
        _TOTAL in keys
        and any(key in _CODES for key in keys)
        and any(key.startswith("вариант") for key in keys)
        and not any(key in _FOREIGN or role_of(key) in _ORGANIZATION_ROLES for key in keys)
    )


def _is_ordinal(keys: Keys, column: int | None) -> bool:
    if column is None:
        return False
    return "порядковый номер" in keys[column] or "список формируется" in keys[column]
