"""Lists of the step «Процедуры» as Excel: campaigns, one campaign, specifications, the catalogue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from msoko.cycle.collection.api import OrganizationDelivery, delivery_by_organization
from msoko.cycle.procedures.api import BlueprintVersion, blueprint_title, campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.orgs.api import school_years
from msoko.web.office.procedures.blueprints import listed_blueprints
from msoko.web.office.procedures.catalogue import listed_passports
from msoko.web.office.procedures.listing import CampaignRow, campaign_rows
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.exports import export_tables, moment_text
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

seen = signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)


@require_GET
@seen
def campaigns_export(request: WorkplaceRequest) -> HttpResponse:
    """The list of campaigns with the filters of the page."""
    rows = campaign_rows(request.scope, request.GET, chosen_school_year(request, school_years()))
    columns = (
        Column("Процедура", width=2.0), Column("Предмет, работа", width=2.0), Column("Класс", "integer"),
        Column("Год", width=0.8), Column("Уточнение"), Column("Кто проводит", width=2.0),
        Column("Сдали", "integer"), Column("Ждём от", "integer"), Column("Не сдали", "integer"),
        Column("Участников", "integer"), Column("Данные"), Column("Начало"), Column("Окончание"),
        Column("Основание", width=3.0),
    )  # fmt: skip
    table = Table("campaigns", "Оценочные процедуры", columns, tuple(_campaign(row) for row in rows))
    return export_tables(request, "Оценочные процедуры", [("Процедуры", table)])


def _campaign(row: CampaignRow) -> tuple[object, ...]:
    one, delivery = row.campaign, row.delivery
    return (
        row.procedure, one.subject, one.grade_level, str(one.year), one.label, one.owner.short_name,
        delivery.delivered, delivery.expected, delivery.missing if delivery.expected is not None else None,
        delivery.participants, row.state_title, one.starts_on, one.ends_on, one.basis,
    )  # fmt: skip


@require_GET
@seen
def campaign_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Who has delivered results of a campaign, as far as the person sees organizations."""
    campaign = get_object_or_404(campaigns_visible(request.scope), pk=pk)
    title = campaign_title(campaign)
    columns = (
        Column("Организация", width=3.0), Column("Данные"), Column("Участников", "integer"),
        Column("Принято"), Column("Кем", width=2.0),
    )  # fmt: skip
    found = delivery_by_organization(request.scope, campaign)
    table = Table("deliveries", f"{title}: данные по организациям", columns, tuple(_delivery(one) for one in found))
    return export_tables(request, f"{title}. Данные по организациям", [("Организации", table)], source=title)


def _delivery(one: OrganizationDelivery) -> tuple[object, ...]:
    if one.current is None:
        return (one.organization.short_name, "Не сдано", None, None, None)
    batch = one.current.batch
    return (
        one.organization.short_name, "Сдано", one.current.participant_count, moment_text(batch.accepted_at),
        batch.accepted_by,
    )  # fmt: skip


@require_GET
@seen
def blueprints_export(request: WorkplaceRequest) -> HttpResponse:
    """The list of specifications with the filters of the page."""
    columns = (
        Column("Работа", width=4.0), Column("Версия", "integer"), Column("Заданий", "integer"),
        Column("Максимальный балл", "integer"), Column("Результат", width=1.5), Column("«3» с", "integer"),
        Column("«4» с", "integer"), Column("«5» с", "integer"), Column("Шкала"), Column("Источник шкалы", width=2.0),
        Column("Откуда", width=2.0), Column("Создана"), Column("Кто создал", width=1.5),
    )  # fmt: skip
    rows = tuple(_blueprint(version) for version in listed_blueprints(request))
    table = Table("blueprints", "Спецификации работ", columns, rows)
    return export_tables(request, "Спецификации работ", [("Спецификации", table)])


def _blueprint(version: BlueprintVersion) -> tuple[object, ...]:
    scale = ("сверена" if version.is_scale_verified else "не сверена") if version.lowest_three is not None else ""
    source = "выведена из данных" if version.is_inferred else version.source
    return (
        blueprint_title(version).rsplit(",", 1)[0], version.version, getattr(version, "item_count", None),
        getattr(version, "points", None), version.get_result_kind_display(), version.lowest_three,
        version.lowest_four, version.lowest_five, scale, version.scale_source, source,
        moment_text(version.created_at), version.created_by,
    )  # fmt: skip


@require_GET
@seen
def catalogue_export(request: WorkplaceRequest) -> HttpResponse:
    """The catalogue with the filters of the page, with acts, purposes and bans."""
    titles = ("Процедура", "Полное название", "Режим", "Обязательность", "Объект", "Уровни", "Классы", "Держатель",
              "Результат", "Повторное участие", "Разрешённые цели", "Запреты", "Акт")  # fmt: skip
    rows = tuple(
        (
            one.definition.names.short, one.definition.names.full, one.regime, one.mandate, one.objects, one.levels,
            one.grades, one.holder, one.result_kind, one.repeats, "; ".join(one.purposes),
            "; ".join(f"{purpose}: «{ban.norm}» ({ban.source})" for purpose, ban in one.bans), one.definition.act,
        )
        for one in listed_passports(request)
    )  # fmt: skip
    columns = tuple(Column(title, width=3.0 if title in titles[-3:] else 1.5) for title in titles)
    table = Table("catalogue", "Каталог оценочных процедур", columns, rows)
    return export_tables(request, "Каталог оценочных процедур", [("Каталог", table)])
