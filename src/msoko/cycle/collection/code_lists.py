"""The school keeps the key: its list «participant code → own number of the pupil». Names are dropped at reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from intake.fields.text import clean, header_key
from intake.layouts.base import Cell
from intake.tables import read_book, read_pasted
from msoko.cycle.collection.keys import pseudonym_secret
from msoko.cycle.collection.models import PupilLink
from msoko.cycle.collection.participants import current_of, participant_keys_of
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.procedures import CodeScope, procedure
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.pseudonyms import participant_key
from msoko.foundation.processing.values import CampaignKey

MAX_ROWS = 5000
_HEADER_DEPTH = 10
_CODE = re.compile(r"(?:логин|код|шифр)(?: участник\w*| обучающ\w+| учени\w+)?|участник")
_NUMBER = re.compile(
    r"(?:постоянный |личный |табельный )?(?:номер|№)(?: обучающ\w+| учени\w+| личного дела| в школе)?|личное дело"
)
_PERSON = re.compile(r"[А-ЯЁа-яё]{2,}[\s-]+[А-ЯЁа-яё]")


@dataclass(frozen=True, slots=True)
class CodePair:
    """`row` counts from 1 as in Excel."""

    code: str
    number: str
    row: int


@dataclass(frozen=True, slots=True)
class CodeListOutcome:
    """pairs = linked + without_result; `without_number` participants of the campaign are not in the list."""

    pairs: int
    linked: int
    without_result: int
    without_number: int


def pairs_of_file(name: str, data: bytes) -> list[CodePair]:
    """The two columns of the file; all others are dropped here.

    Raises:
        RefusedError: when the file cannot be read or has no such columns.
    """
    book, problems = read_book(name, data)
    for sheet in book.sheets:
        if sheet.rows:
            return read_pairs(sheet.rows)
    message = problems[0].message if problems else "Файл пуст."
    raise RefusedError(f"{name}: {message}", "Сохраните список в Excel или CSV с двумя столбцами: код и номер.")


def pairs_of_text(text: str) -> list[CodePair]:
    """Two columns of a pasted table.

    Raises:
        RefusedError: when there are no such columns.
    """
    return read_pairs(read_pasted(text).sheets[0].rows)


def read_pairs(rows: Sequence[Sequence[Cell]]) -> list[CodePair]:
    """Pairs under the headers «Код участника» and «Номер обучающегося», or the only two columns of a bare table.

    Raises:
        RefusedError: with the row where something is wrong.
    """
    code, number, start = _columns(rows)
    pairs = [
        CodePair(clean(row[code]), clean(row[number]), index + 1)
        for index, row in enumerate(rows)
        if index >= start and max(code, number) < len(row) and clean(row[code]) and clean(row[number])
    ]
    if not pairs:
        raise RefusedError("В списке нет ни одной строки с кодом и номером.", "Нужны два столбца: код и номер.")
    if len(pairs) > MAX_ROWS:
        raise RefusedError(f"В списке больше {MAX_ROWS} строк.", "Загрузите список одной процедуры своей школы.")
    _check(pairs)
    return pairs


def _columns(rows: Sequence[Sequence[Cell]]) -> tuple[int, int, int]:
    for index, row in enumerate(rows[:_HEADER_DEPTH]):
        keys = [header_key(cell) if isinstance(cell, str) else "" for cell in row]
        code = next((place for place, key in enumerate(keys) if key and _CODE.fullmatch(key)), None)
        number = next((p for p, key in enumerate(keys) if key and p != code and _NUMBER.fullmatch(key)), None)
        if code is not None and number is not None:
            return code, number, index + 1
    if rows and max(len(row) for row in rows) == 2:
        return 0, 1, 0
    raise RefusedError(
        "Не найдены столбцы «Код участника» и «Номер обучающегося».", "Подпишите столбцы так или оставьте только их."
    )


def _check(pairs: Sequence[CodePair]) -> None:
    codes: dict[str, CodePair] = {}
    numbers: dict[str, CodePair] = {}
    for pair in pairs:
        if _PERSON.search(pair.code) or _PERSON.search(pair.number):
            raise RefusedError(
                f"Строка {pair.row}: вместо кода или номера стоит имя. Ничего не записано.",
                "Система не хранит имён: пришлите только код участника и номер обучающегося.",
            )
        _check_once(codes, pair.code, pair, "Код")
        _check_once(numbers, pair.number.casefold(), pair, "Номер")


def _check_once(met: dict[str, CodePair], value: str, pair: CodePair, word: str) -> None:
    earlier = met.setdefault(value, pair)
    if earlier is not pair:
        raise RefusedError(
            f"{word} повторяется в строках {earlier.row} и {pair.row}. Ничего не записано.",
            "Оставьте по одной строке на обучающегося.",
        )


def takes_code_list(campaign: Campaign) -> bool:
    """Whether a participant code of the procedure means one pupil of a school."""
    definition = procedure(campaign.procedure)
    return definition is not None and definition.code_scope in {CodeScope.REGION, CodeScope.ORGANIZATION}


def link_key(campaign: Campaign, organization: Organization, code: str) -> bytes:
    """The key under which batches hold the participant of a printed code."""
    key = CampaignKey(campaign.procedure, campaign.subject, campaign.grade_level, campaign.year)
    return participant_key(pseudonym_secret(), key.text, organization.pk, code)


def pupil_key(organization: Organization, number: str) -> bytes:
    """Keyed hash of a school's own number; «pupil» keeps it apart from participants of campaigns."""
    return participant_key(pseudonym_secret(), "pupil", organization.pk, number.strip().casefold())


@transaction.atomic
def load_code_list(
    act: Act, *, organization: Organization, campaign: Campaign, pairs: Sequence[CodePair]
) -> CodeListOutcome:
    """Replace the links of the organization in the campaign; neither codes nor numbers are stored, only their keys."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    if not takes_code_list(campaign):
        raise RefusedError(
            "В этой процедуре коды участников повторяются в разных классах: связать их с номерами нельзя.",
            "Загрузите список кодов ВПР, ОГЭ или ЕГЭ.",
        )
    linked = {link_key(campaign, organization, pair.code): pupil_key(organization, pair.number) for pair in pairs}
    PupilLink.objects.filter(organization=organization, campaign=campaign).delete()
    PupilLink.objects.bulk_create(
        PupilLink(organization=organization, campaign=campaign, participant=participant, pupil=pupil)
        for participant, pupil in linked.items()
    )
    current = current_of([campaign], organization).get(campaign.pk)
    present = participant_keys_of(current) if current else set()
    outcome = CodeListOutcome(
        len(pairs), len(present & linked.keys()), len(linked.keys() - present), len(present - linked.keys())
    )
    record(
        act, "collection.code_list.loaded", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=organization, details={"pairs": outcome.pairs, "linked": outcome.linked},
    )  # fmt: skip
    return outcome


@transaction.atomic
def forget_code_list(act: Act, *, organization: Organization, campaign: Campaign) -> None:
    """Remove the links of the organization in the campaign."""
    require(act, Permission.LOAD_CODE_LIST, organization)
    PupilLink.objects.filter(organization=organization, campaign=campaign).delete()
    record(
        act, "collection.code_list.forgotten", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=organization,
    )  # fmt: skip
