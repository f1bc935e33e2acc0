"""Signs of biased results: organizations by signs, and a card of evidence for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import signs_of
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.processing.sign_words import SIGN_WORDS, WHY_WORDS, SignWords
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.charting import Drawn, drawn
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.charts.expected import expected_chart
from qualimetry.integrity.contracts import Evidence
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.integrity import ClassSign, IntegrityResult, SchoolSigns

#: p below which a single sign is worth a look
WORTH_A_LOOK = 0.01


@dataclass(frozen=True, slots=True)
class SignCell:
    """A sign of an organization in words: «14 при 7,2», p, how much it stands out; else why it does not apply."""

    words: SignWords
    text: str
    p: str
    is_strong: bool
    why: str
    n: int


@dataclass(frozen=True, slots=True)
class SignRow:
    """An organization with its cells."""

    name: str
    url: str
    signs: SchoolSigns
    cells: list[SignCell]


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def sign_table(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """«Признаки необъективности»."""
    desk = desk_of(request, pk)
    if desk.closing is not None:
        return render(request, "office/analysis/hidden.html", desk.context("signs"))
    result, refusal = _result(desk)
    rows = _rows(desk, result)
    if rows:
        view_of_results(desk, "признаки необъективности")
    wants_marked = request.GET.get("only") == "marked"
    context = desk.context(
        "signs",
        rows=[row for row in rows if row.signs.is_marked] if wants_marked else rows,
        count=len(rows),
        marked=sum(row.signs.is_marked for row in rows),
        wants_marked=wants_marked,
        classes=_classes(desk, result, None),
        words=list(SIGN_WORDS.values()),
        level=analysis_policy().false_discovery,
        refusal=refusal,
    )
    return render(request, "office/analysis/signs.html", context)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def sign_card(request: WorkplaceRequest, pk: int, organization: int) -> HttpResponse:
    """What was seen in an organization and what was expected."""
    desk = desk_of(request, pk)
    if desk.closing is not None:
        return render(request, "office/analysis/hidden.html", desk.context("signs"))
    result, _ = _result(desk)
    row = next((one for one in _rows(desk, result) if one.signs.organization == organization), None)
    if row is None:
        raise Http404
    view_of_results(desk, f"признаки необъективности: {row.name}")
    context = desk.context(
        "signs", row=row, chart=_chart(desk, row.signs), classes=_classes(desk, result, organization),
        level=analysis_policy().false_discovery,
    )  # fmt: skip
    return render(request, "office/analysis/sign_card.html", context)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def sign_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table as Excel."""
    desk = desk_of(request, pk)
    if desk.closing is not None:
        return render(request, "office/analysis/hidden.html", desk.context("signs"), status=403)
    result, _ = _result(desk)
    tables = [("Организации", _table(_rows(desk, result)))]
    if classes := _classes(desk, result, None):
        tables.append(("Классы", _class_table(classes)))
    return workbook(desk, "Признаки необъективности", tables)


def _result(desk: Desk) -> tuple[IntegrityResult | None, RefusedError | None]:
    try:
        return signs_of(desk.run), None
    except RefusedError as refused:
        return None, refused


def _rows(desk: Desk, result: IntegrityResult | None) -> list[SignRow]:
    """Organizations that the person sees, by name: there is no order by signs."""
    known = {one.organization: one for one in result.schools} if result else {}
    return [
        SignRow(
            name, reverse("office:analysis:sign_card", args=[desk.campaign.pk, key]), known[key], _cells(known[key])
        )
        for key, name in desk.names.items()
        if key in known
    ]


def _cells(signs: SchoolSigns) -> list[SignCell]:
    return [_cell(one) for one in signs.signs]


def _cell(one: Evidence) -> SignCell:
    words = SIGN_WORDS[one.sign]
    if one.p is None:
        return SignCell(words, "", "", is_strong=False, why=WHY_WORDS[one.why] if one.why else "", n=one.n)
    observed = russian.integer(int(one.observed or 0)) if words.is_count else _value(one.observed, words)
    text = f"{observed} при {_value(one.expected, words)}"
    return SignCell(words, text, p_text(one.p), is_strong=one.p < WORTH_A_LOOK, why="", n=one.n)


def _value(value: float | None, words: SignWords) -> str:
    if value is None:
        return "–"
    return russian.percent(value, 200) if words.is_share else russian.decimal(value, places=1)


def p_text(p: float) -> str:
    """«p < 0,001», «p = 0,013»."""
    return "p < 0,001" if p < 0.001 else f"p = {russian.decimal(p, places=3)}"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class whose answers stand apart from its raw scores."""

    name: str
    organization: str
    cell: SignCell


def _classes(desk: Desk, result: IntegrityResult | None, organization: int | None) -> list[ClassRow]:
    """Marked classes that the person sees; of one organization all that were checked."""
    return [
        ClassRow(desk.class_title(one.class_group), desk.names[one.organization], _cell(one.evidence))
        for one in _seen(desk, result)
        if (one.organization == organization if organization else one.is_marked)
    ]


def _seen(desk: Desk, result: IntegrityResult | None) -> Iterator[ClassSign]:
    for one in result.classes if result else ():
        if one.organization in desk.names:
            yield one


def _chart(desk: Desk, signs: SchoolSigns) -> Drawn | None:
    cuts = desk.result.blueprint.cut_scores
    if not signs.observed_scores:
        return None
    lines = [("«3»", cuts.lowest_three), ("«4»", cuts.lowest_four), ("«5»", cuts.lowest_five)] if cuts else []
    return drawn(expected_chart("signs", signs.observed_scores, signs.expected_scores, lines))


def _table(rows: list[SignRow]) -> Table:
    columns = [Column("Организация", width=4)]
    for words in SIGN_WORDS.values():
        columns += [Column(f"{words.short}: наблюдалось и ожидалось", width=3), Column(f"{words.short}: p", width=2)]
    columns.append(Column("Вместе", width=2))
    values = tuple(
        (
            row.name,
            *(value for cell in row.cells for value in (cell.text or cell.why, cell.p or None)),
            "есть признаки"
            if row.signs.is_marked
            else "признаков нет"
            if row.signs.p is not None
            else "не проверялось",
        )
        for row in rows
    )
    return Table("signs", "Признаки необъективности по организациям", tuple(columns), values)


def _class_table(rows: list[ClassRow]) -> Table:
    columns = (Column("Организация", width=4), Column("Класс"), Column("Наблюдалось и ожидалось", width=3), Column("p"))
    values = tuple((row.organization, row.name, row.cell.text, row.cell.p) for row in rows)
    return Table("classes", "Классы, ответы которых не соответствуют первичным баллам", columns, values)
