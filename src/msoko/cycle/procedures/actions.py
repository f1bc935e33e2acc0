"""Campaigns and specifications: made and changed by acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from msoko.cycle.procedures.blueprints import item_rows, scale_fields
from msoko.cycle.procedures.models import BlueprintVersion, Campaign
from msoko.cycle.procedures.rules import may_conduct, school_year_of
from msoko.cycle.procedures.titles import blueprint_title, campaign_title
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.procedures import procedure as procedure_of
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization, SchoolYear
from qualimetry.frames.blueprint import Blueprint


@transaction.atomic
def create_campaign(
    act: Act,
    *,
    owner: Organization,
    procedure: str,
    subject: str,
    grade_level: int | None,
    year: int,
    label: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    school_year: int | None = None,
    organizations: Iterable[Organization] = (),
    basis: str = "",
) -> Campaign:
    """A new campaign. `school_year` is its start year; by default the one that contains spring of `year`."""
    require(act, Permission.EDIT_CAMPAIGNS, owner)
    definition = procedure_of(procedure)
    if definition is None:
        raise RefusedError(f"Процедура «{procedure}» не найдена в каталоге.")
    if not may_conduct(owner, definition):
        raise RefusedError(
            f"{definition.names.short} проводит муниципалитет.",
            "Создайте процедуру школы: стартовую, текущую, итоговую.",
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise RefusedError("Окончание раньше начала.", "Проверьте сроки проведения.")
    if not subject.strip():
        raise RefusedError("Не указан предмет.", "Выберите предмет или впишите название работы.")
    if Campaign.objects.filter(
        owner=owner, procedure=procedure, subject=subject, grade_level=grade_level, year=year, label=label
    ).exists():
        raise RefusedError("Такая процедура уже есть.", "Откройте её или добавьте уточнение в названии.")
    start = school_year if school_year is not None else school_year_of(procedure, year, starts_on)
    campaign = Campaign.objects.create(
        owner=owner,
        procedure=procedure,
        subject=subject,
        grade_level=grade_level,
        year=year,
        school_year=SchoolYear.objects.get_or_create(start_year=start)[0],
        label=label,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis,
        created_at=act.at,
        created_by=act.actor.actor_label,
    )
    campaign.organizations.set(organizations)
    record(
        act, "procedures.campaign.created", kind="campaign", object_id=campaign.pk,
        label=campaign_title(campaign), organization=owner,
    )  # fmt: skip
    return campaign


def ensure_campaign(
    act: Act,
    *,
    owner: Organization,
    procedure: str,
    subject: str,
    grade_level: int | None,
    year: int,
    days: tuple[dt.date, dt.date] | None = None,
) -> Campaign:
    """The campaign that results belong to, created when it is not there yet. `days`: the first and the last one known.

    For the acceptance of results, which has checked its own permission; campaigns with a label are never guessed.
    """
    found = Campaign.objects.filter(
        owner=owner, procedure=procedure, subject=subject, grade_level=grade_level, year=year, label=""
    ).first()
    if found:
        return found
    starts_on, ends_on = days or (None, None)
    start = school_year_of(procedure, year, starts_on)
    campaign = Campaign.objects.create(
        owner=owner, procedure=procedure, subject=subject, grade_level=grade_level, year=year,
        school_year=SchoolYear.objects.get_or_create(start_year=start)[0],
        starts_on=starts_on, ends_on=ends_on, created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    record(
        act, "procedures.campaign.created", kind="campaign", object_id=campaign.pk,
        label=campaign_title(campaign), organization=owner, details={"by": "acceptance"},
    )  # fmt: skip
    return campaign


@transaction.atomic
def change_campaign(
    act: Act, *, campaign: Campaign, organizations: Iterable[Organization] | None = None, **fields: Any
) -> Campaign:
    """Change the window, basis or organizations of a campaign; what it is a campaign of does not change."""
    require(act, Permission.EDIT_CAMPAIGNS, campaign.owner)
    allowed = {"starts_on", "ends_on", "basis", "label"}
    if not set(fields) <= allowed:
        raise ValueError(f"not changeable: {sorted(set(fields) - allowed)}")
    for name, value in fields.items():
        setattr(campaign, name, value)
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        raise RefusedError("Окончание раньше начала.", "Проверьте сроки проведения.")
    campaign.save(update_fields=list(fields) or None)
    if organizations is not None:
        campaign.organizations.set(organizations)
    record(
        act, "procedures.campaign.changed", kind="campaign", object_id=campaign.pk,
        label=campaign_title(campaign), organization=campaign.owner, details={"fields": sorted(fields)},
    )  # fmt: skip
    return campaign


@transaction.atomic
def store_blueprint(
    act: Act,
    *,
    owner: Organization,
    blueprint: Blueprint,
    source: str,
    is_scale_verified: bool = False,
    event: str = "procedures.blueprint.created",
) -> BlueprintVersion:
    """A version of a specification; an equal latest version is returned instead of a copy of it."""
    require(act, Permission.EDIT_BLUEPRINTS, owner)
    return keep_blueprint(
        act, owner=owner, blueprint=blueprint, source=source, is_scale_verified=is_scale_verified, event=event
    )


def keep_blueprint(
    act: Act,
    *,
    owner: Organization,
    blueprint: Blueprint,
    source: str,
    is_scale_verified: bool = False,
    event: str = "procedures.blueprint.created",
) -> BlueprintVersion:
    """`store_blueprint` for steps that have checked another permission (acceptance of results infers one)."""
    check_blueprint(blueprint)
    of_work = BlueprintVersion.objects.filter(
        owner=owner, procedure=blueprint.procedure, subject=blueprint.subject,
        grade_level=blueprint.grade_level, year=blueprint.year,
    )  # fmt: skip
    latest = of_work.order_by("-version").prefetch_related("items").first()
    fields = scale_fields(blueprint)
    if latest and _is_same(latest, blueprint, fields):
        return latest
    version = BlueprintVersion.objects.create(
        owner=owner,
        procedure=blueprint.procedure,
        subject=blueprint.subject,
        grade_level=blueprint.grade_level,
        year=blueprint.year,
        version=latest.version + 1 if latest else 1,
        is_scale_verified=is_scale_verified,
        source=source[:300],
        created_at=act.at,
        created_by=act.actor.actor_label,
        **fields,
    )
    version.items.bulk_create(item_rows(version, blueprint.items))
    record(act, event, kind="blueprint", object_id=version.pk, label=blueprint_title(version), organization=owner)
    return version


@transaction.atomic
def choose_blueprint(act: Act, *, campaign: Campaign, version: BlueprintVersion) -> None:
    """The campaign is computed by this version from now on."""
    require(act, Permission.EDIT_CAMPAIGNS, campaign.owner)
    bind_blueprint(act, campaign=campaign, version=version)


def bind_blueprint(act: Act, *, campaign: Campaign, version: BlueprintVersion) -> None:
    """`choose_blueprint` for steps that have checked another permission."""
    if campaign.blueprint_id == version.pk:
        return
    campaign.blueprint = version
    campaign.save(update_fields=["blueprint"])
    record(
        act, "procedures.blueprint.chosen", kind="campaign", object_id=campaign.pk, label=campaign_title(campaign),
        organization=campaign.owner, details={"blueprint": version.pk, "version": version.version},
    )  # fmt: skip


def check_blueprint(blueprint: Blueprint) -> None:
    """Refuse a specification that cannot be one.

    Raises:
        RefusedError: repeated or empty item labels, a zero maximum, boundaries out of order or above the maximum.
    """
    labels = [item.label for item in blueprint.items]
    repeated = sorted({label for label in labels if labels.count(label) > 1})
    if repeated:
        raise RefusedError(f"Номера заданий повторяются: {', '.join(repeated)}.", "Дайте подпунктам номера 6.1, 6.2.")
    if any(not label for label in labels):
        raise RefusedError("Есть задание без номера.", "Заполните столбец с номерами заданий.")
    if any(item.max_score < 1 for item in blueprint.items):
        raise RefusedError("Максимальный балл задания меньше 1.", "Проверьте столбец с максимальными баллами.")
    cuts = blueprint.cut_scores
    if cuts is None:
        return
    if not 0 < cuts.lowest_three < cuts.lowest_four < cuts.lowest_five:
        raise RefusedError("Границы отметок не возрастают.", "Нижний балл «3» меньше нижнего балла «4», а он — «5».")
    if blueprint.items and cuts.lowest_five > blueprint.max_score:
        raise RefusedError(
            f"Нижний балл «5» ({cuts.lowest_five}) больше максимального балла работы ({blueprint.max_score}).",
            "Проверьте шкалу и максимальные баллы заданий.",
        )


def _is_same(version: BlueprintVersion, blueprint: Blueprint, fields: dict[str, Any]) -> bool:
    if any(getattr(version, name) != value for name, value in fields.items()):
        return False
    stored = [
        (item.label, item.max_score, item.level, item.content_elements, item.skills, item.section)
        for item in version.items.all()
    ]
    given = [
        (
            item.label,
            item.max_score,
            item.level or "",
            list(item.content_elements),
            list(item.skills),
            item.section[:200],
        )
        for item in blueprint.items
    ]
    return stored == given
