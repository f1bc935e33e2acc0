"""Files of state examinations: main and reserve days, September re-sits, appeals; layouts differ by year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msoko.foundation.documents.result_files.demo_rows import printed_rows, printed_work
from msoko.foundation.documents.result_files.manifest import DemoFile, FileKind
from msoko.foundation.documents.result_files.protocols import (
    ExamSheet,
    write_ege_compact,
    write_ege_csv,
    write_ege_protocol,
    write_oge_appeals,
    write_oge_protocol,
)
from qualimetry.synthetic import Municipality, SittingKind, SyntheticCampaign

_DAYS = {SittingKind.MAIN: "основные дни", SittingKind.RESERVE: "резервные дни", SittingKind.RESIT: "сентябрь"}


def write_exams(place: Path, municipality: Municipality, held: list[SyntheticCampaign]) -> Iterator[DemoFile]:
    """Protocols of one year."""
    oge = [campaign for campaign in held if campaign.blueprint.procedure == "OGE"]
    for kind, words in _DAYS.items():
        yield from _oge_day(place, municipality, oge, kind, words)
    yield from _appeals(place, municipality, oge)
    yield from _ege(place, municipality, [campaign for campaign in held if campaign not in oge])


def _region(municipality: Municipality) -> str:
    return f"{municipality.region_code} - {municipality.region}"


def _sheet(municipality: Municipality, campaign: SyntheticCampaign, kind: SittingKind) -> ExamSheet | None:
    """The examination on its day of this kind; None when there was no such day or nobody came."""
    days = [number for number, sitting in enumerate(campaign.sittings) if sitting.kind is kind]
    rows = campaign.columns.take(campaign.columns.sitting == days[0]) if days else None
    if rows is None or not len(rows):
        return None
    work = printed_work(campaign, days[0])
    return ExamSheet(work, printed_rows(municipality, campaign, rows), campaign.blueprint.test_score_minimum)


def _oge_day(
    place: Path, municipality: Municipality, oge: list[SyntheticCampaign], kind: SittingKind, words: str
) -> Iterator[DemoFile]:
    sheets = {campaign.key: _sheet(municipality, campaign, kind) for campaign in oge}
    held = {key: sheet for key, sheet in sheets.items() if sheet is not None}
    if held:
        path = place / f"ОГЭ {oge[0].held_on.year} протоколы, {words}.xlsx"
        write_oge_protocol(path, _region(municipality), list(held.values()))
        yield DemoFile(path, FileKind.RESULTS, tuple(held), rows=sum(len(sheet.rows) for sheet in held.values()))


def _appeals(place: Path, municipality: Municipality, oge: list[SyntheticCampaign]) -> Iterator[DemoFile]:
    sheets: dict[str, ExamSheet] = {}
    declined: set[str] = set()
    for campaign in oge:
        sheet = _sheet(municipality, campaign, SittingKind.APPEAL)
        if sheet is not None:
            main = printed_work(campaign)
            sheets[campaign.key] = ExamSheet(main, sheet.rows)
            declined |= _unchanged(municipality, campaign, sheet)
    if sheets:
        path = place / f"ОГЭ {oge[0].held_on.year} апелляции.xlsx"
        write_oge_appeals(path, _region(municipality), list(sheets.values()), frozenset(declined))
        yield DemoFile(path, FileKind.RESULTS, tuple(sheets), rows=sum(len(sheet.rows) for sheet in sheets.values()))


def _unchanged(municipality: Municipality, campaign: SyntheticCampaign, appeals: ExamSheet) -> set[str]:
    """Surnames of those whose appeal changed nothing."""
    columns = campaign.columns
    before = printed_rows(municipality, campaign, columns.take(~columns.is_valid_attempt))
    totals = {row.surname: row.total for row in before}
    return {row.surname for row in appeals.rows if totals[row.surname] == row.total}


def _ege(place: Path, municipality: Municipality, ege: list[SyntheticCampaign]) -> Iterator[DemoFile]:
    """2024: CSV; 2025: a sparse sheet of several examinations; 2026: compact for Russian, sparse for the rest.

    Basic mathematics has marks instead of test scores and always comes as CSV.
    """
    together: dict[str, ExamSheet] = {}
    for campaign in ege:
        sheet = _sheet(municipality, campaign, SittingKind.MAIN)
        if sheet is None:
            continue
        name = f"ЕГЭ {sheet.work.year} {sheet.work.subject}"
        if sheet.minimum is None or sheet.work.year == 2024:
            path = place / f"{name}.csv"
            write_ege_csv(path, sheet)
        elif sheet.work.year == 2026 and sheet.work.subject == "Русский язык":
            path = place / f"{name}.xlsx"
            write_ege_compact(path, sheet)
        else:
            together[campaign.key] = sheet
            continue
        yield DemoFile(path, FileKind.RESULTS, (campaign.key,), rows=len(sheet.rows))
    if together:
        path = place / f"ЕГЭ {ege[0].held_on.year} протоколы.xlsx"
        write_ege_protocol(path, _region(municipality), list(together.values()))
        rows = sum(len(sheet.rows) for sheet in together.values())
        yield DemoFile(path, FileKind.RESULTS, tuple(together), rows=rows)
