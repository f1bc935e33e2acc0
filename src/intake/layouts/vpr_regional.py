"""Regional files of VPR: collection of the forms 2022 (formats.md 1.3), exports of 2021 (1.4) and 2020 (1.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake.contracts import Work
from intake.layouts.base import Book, Sheet
from intake.layouts.headers import Keys, header_rows, readable_sheets, table_columns
from intake.layouts.row_table import ReadingRules
from intake.layouts.works import build_work, vpr_campaign


def _is_collection(keys: Keys) -> bool:
    return {"пользователь", "муниципалитет", "школа", "код", "вариант", "итого баллов"} <= set(keys)


def _is_export(keys: Keys) -> bool:
    return {"логин школы", "код обучающегося", "вариант", "балл за 1"} <= set(keys)


def _is_raw_export(keys: Keys) -> bool:
    return "user" in keys and {"code", "otc", "klass", "a 1 grade"} <= {key.translate(_TO_LATIN) for key in keys}


#: «a-1-grade» folds to Cyrillic «а 1 grade»: both are compared in Latin
_TO_LATIN = str.maketrans("авсенкмортху", "abcehkmoptxy")


@dataclass(frozen=True, slots=True)
class RegionalTable:
    """One layout of a regional file. `roles`: words that mean something of their own here."""

    id: str
    is_header: Callable[[Keys], bool]
    roles: dict[str, str]

    def read(self, book: Book) -> list[Work] | None:
        works = [work for sheet in readable_sheets(book) if (work := self._work(book, sheet)) is not None]
        return works or None

    def _work(self, book: Book, sheet: Sheet) -> Work | None:
        for index, keys in header_rows(sheet):
            if not self.is_header(keys):
                continue
            columns = table_columns(sheet.rows[index], roles=self.roles, end=_end_of_items(keys))
            columns.after_items = _textbook(keys, columns.items[-1][0]) if columns.items else None
            campaign = vpr_campaign(book, sheet)
            rules = ReadingRules(grade_level=campaign.grade_level)
            return build_work(book, sheet, self.id, campaign=campaign, columns=columns, first=index + 1, rules=rules)
        return None


def _end_of_items(keys: Keys) -> int | None:
    """The 2020 export pre-names forty items; «Учебник» replaces the header right after the last real one."""
    return keys.index("учебник") if "учебник" in keys else None


def _textbook(keys: Keys, last_item: int) -> int | None:
    """The column of text next to the last item, where shifted scores surface."""
    following = last_item + 1
    return following if following < len(keys) and keys[following] == "учебник" else None


#: 1.3: sheets «Классы» and «Протокол»; the file's total is often wrong and is only a control
COLLECTION = RegionalTable("vpr_regional_collection", _is_collection, {})
#: 1.4: «регион» holds the municipality; «балл за k» is the k-th cell, not the number of the item in the test
EXPORT = RegionalTable("vpr_regional_export", _is_export, {"регион": "municipality", "номер обучающегося": "known"})
#: 1.5: the municipality stands among access groups; codes begin with grade + 1 as works were written in autumn
RAW_EXPORT = RegionalTable("vpr_raw_export", _is_raw_export, {"id": "known"})
