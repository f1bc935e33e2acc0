"""Rows of a work whose files carry no participant codes: a workbook in which the school writes its numbers."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.collection.api import Participant, current_of, participants_of, takes_code_list
from msoko.cycle.procedures.api import Campaign, blueprint_value, campaign_title
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.collection.individual import class_title, delivered_campaigns
from msoko.web.office.collection.keys import own_school
from msoko.web.office.collection.result_words import result_columns, result_words
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.frames.blueprint import Blueprint
from qualimetry.narrative.blocks import Column, Table

_CODE_DIGITS = 12


@require_GET
@signed_in(Permission.LOAD_CODE_LIST)
def rows_to_link(request: WorkplaceRequest) -> HttpResponse:
    """Codes of rows with class, variant and result; the columns of number and medal are left to the school."""
    school = own_school(request)
    asked = request.GET.get("campaign", "")
    campaigns = [one for one in delivered_campaigns(request, school) if takes_code_list(one)]
    campaign = next((one for one in campaigns if str(one.pk) == asked), None)
    if campaign is None:
        raise RefusedError("Не выбрана процедура.", "Откройте вкладку «Ключ у школы» и выгрузите строки оттуда.")
    table = _table(campaign, school)
    act, title = act_of(request), campaign_title(campaign)
    record(act, "collection.rows_to_link.downloaded", kind="campaign", object_id=campaign.pk, label=title,
           organization=school, details={"rows": len(table.rows)})  # fmt: skip
    meanings = (
        ("Код строки", "Заменяет код участника там, где его нет в протоколе; действует для этих результатов."),
        ("Номер обучающегося", "Впишите постоянный номер в школе, сверяя строку со своим протоколом. Имена не нужны."),
    )
    sheet = SheetSpec("Строки", table, meanings=meanings, source=title, as_of=timezone.localdate(act.at))
    return download(f"Строки для связи — {title}.xlsx", tables_bytes([sheet], title="Строки для связи"))


def _table(campaign: Campaign, school: Organization) -> Table:
    current = current_of([campaign], school)[campaign.pk]
    blueprint = blueprint_value(campaign.blueprint) if campaign.blueprint else None
    rows = [one for one in participants_of(current) if one.present and one.is_valid_attempt]
    columns = (
        Column("Код строки"), Column("Класс"), Column("Вариант", "integer"), Column("Первичный балл", "integer"),
        *(Column(name) for name in result_columns(blueprint)), Column("Номер обучающегося"), Column("Медаль"),
    )  # fmt: skip
    return Table("rows_to_link", campaign_title(campaign), columns, tuple(_row(campaign, blueprint, r) for r in rows))


def _row(campaign: Campaign, blueprint: Blueprint | None, row: Participant) -> tuple[object, ...]:
    code = row.key.hex()[:_CODE_DIGITS].upper()
    parts = "-".join(code[place : place + 3] for place in range(0, _CODE_DIGITS, 3))
    results = result_words(row, blueprint)
    return (parts, class_title(campaign, row.class_group), row.variant or None, row.total, *results, None, None)
