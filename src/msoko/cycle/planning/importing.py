"""Plans from files: kept aside, read, corrected by people, accepted or discarded. Nothing is a plan before that."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from msoko.cycle.planning.acceptance import accept_rows
from msoko.cycle.planning.dealing import deal_out_soon
from msoko.cycle.planning.differences import differences_of
from msoko.cycle.planning.enums import PlanKind, PlanStatus, UnitKind, YearKind
from msoko.cycle.planning.models import AbbreviationMeaning, Plan, PlanImport, UnitDecision
from msoko.cycle.planning.preview import preview_of
from msoko.cycle.planning.units import normal
from msoko.cycle.planning.updating import update_plan
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import municipality_of
from msoko.foundation.orgs.models import Organization

#: Name under which a pasted table is kept.
PASTED_NAME = "Вставленная таблица"
MAX_BYTES = 50 * 1024**2
_EARLIEST, _LATEST, _MOST_YEARS = 2000, 2100, 5


@transaction.atomic
def open_plan_import(
    act: Act,
    *,
    owner: Organization,
    file_name: str,
    data: bytes,
    start_year: int,
    years: int = 1,
    year_kind: str = YearKind.SCHOOL,
    kind: str = PlanKind.SCHEDULE,
    title: str = "",
    plan: Plan | None = None,
) -> PlanImport:
    """Keep a file aside and ask the worker to read it. `plan`: the plan that a corrected file belongs to.

    Raises:
        RefusedError: for an empty or too large file, impossible years.
    """
    require(act, Permission.EDIT_PLANS, owner)
    if plan is not None:
        _require_own(plan, owner)
    if not data:
        raise RefusedError("Файл пуст.", "Выберите файл с планом или вставьте таблицу из Word.")
    if len(data) > MAX_BYTES:
        raise RefusedError("Файл больше 50 МБ.", "Оставьте в файле только план, без рисунков и приложений.")
    if not (_EARLIEST <= start_year <= _LATEST and 1 <= years <= _MOST_YEARS):
        raise RefusedError("Год плана указан неверно.", f"Укажите первый год плана и от 1 до {_MOST_YEARS} лет.")
    session = PlanImport(
        owner=owner, plan=plan, kind=kind, title=title[:500], year_kind=year_kind, start_year=start_year,
        years=years, file_name=file_name[-200:], sha256=hashlib.sha256(data).hexdigest(),
        file_key=default_storage().write("plans", data, ".upload"),
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    session.save()
    record(
        act, "planning.import.opened", kind="plan_import", object_id=session.pk, label=session.file_name,
        organization=owner,
    )  # fmt: skip
    session.job = enqueue(
        act, "planning.read_plan", title=f"Чтение плана: {session.file_name}", organization=owner,
        payload={"import": session.pk},
    )  # fmt: skip
    session.save(update_fields=["job"])
    return session


def _require_own(plan: Plan, owner: Organization) -> None:
    if plan.owner_id != owner.pk:
        raise RefusedError("Это план другой организации.", "Загрузите файл как новый план.")
    if plan.status == PlanStatus.CLOSED:
        raise RefusedError("План закрыт и не меняется.", "Загрузите файл как новый план.")


@transaction.atomic
def correct_row(act: Act, *, session: PlanImport, version: int, index: int, values: dict[str, Any]) -> PlanImport:
    """Correct a row of the preview. `values`: number, title, terms_text, responsible and results (parts separated by
    «;»), direction, cycle_part, skip, confirm."""
    session = _locked(act, session, version)
    if not 0 <= index < len(session.reading.get("activities", [])):
        raise RefusedError("Такой строки в файле нет.")
    rows = session.answers.setdefault("rows", {})
    rows[str(index)] = rows.get(str(index), {}) | values
    return _changed(act, session, {"row": index, "fields": sorted(values)})


@transaction.atomic
def explain_abbreviation(
    act: Act, *, session: PlanImport, version: int, abbreviation: str, meaning: str, is_remembered: bool
) -> PlanImport:
    """Say what an abbreviation means in the whole file; remembered, it holds for later files of the municipality."""
    session = _locked(act, session, version)
    if not meaning.strip():
        raise RefusedError(f"Значение сокращения «{abbreviation}» не указано.", "Впишите полное название.")
    session.answers.setdefault("abbreviations", {})[abbreviation] = meaning.strip()[:300]
    if is_remembered:
        AbbreviationMeaning.objects.update_or_create(
            municipality=municipality_of(session.owner) or session.owner,
            abbreviation=abbreviation[:20],
            defaults={
                "meaning": meaning.strip()[:300],
                "decided_at": act.at,
                "decided_by": act.actor.actor_label,
            },
        )
    return _changed(act, session, {"abbreviation": abbreviation})


@transaction.atomic
def decide_unit(
    act: Act, *, session: PlanImport, version: int, raw: str, addressee: dict[str, Any], is_remembered: bool
) -> PlanImport:
    """Say whom a unit means in the whole file. `addressee`: kind and one of organization, department, body, group."""
    session = _locked(act, session, version)
    kind = UnitKind(addressee["kind"])
    session.answers.setdefault("units", {})[normal(raw)] = addressee
    if is_remembered:
        UnitDecision.objects.update_or_create(
            municipality=municipality_of(session.owner) or session.owner,
            normal=normal(raw)[:500],
            defaults={
                "raw": raw[:500],
                "kind": kind,
                "organization_id": addressee.get("organization"),
                "department_id": addressee.get("department"),
                "body_id": addressee.get("body"),
                "group": addressee.get("group", ""),
                "decided_at": act.at,
                "decided_by": act.actor.actor_label,
            },
        )
    return _changed(act, session, {"unit": raw[:200]})


@transaction.atomic
def choose_match(act: Act, *, session: PlanImport, version: int, index: int, activity: int) -> PlanImport:
    """Say which activity of the plan a row continues; 0 for none: it is new."""
    session = _locked(act, session, version)
    if activity and not (session.plan and session.plan.activities.filter(pk=activity).exists()):
        raise RefusedError("Такого мероприятия в плане нет.", "Выберите мероприятие из списка.")
    session.answers.setdefault("matches", {})[str(index)] = activity
    return _changed(act, session, {"row": index, "activity": activity})


@transaction.atomic
def accept_plan_import(act: Act, *, session: PlanImport, version: int, title: str = "") -> Plan:
    """Make a plan of the import; rows marked to skip are left out. Questions left open stay as warnings of rows."""
    session = _locked(act, session, version)
    if title.strip():
        session.title = title.strip()[:500]
    preview = preview_of(session)
    rows = [row for row in preview.rows if not row.is_skipped]
    if not rows:
        raise RefusedError("Принимать нечего: в файле нет ни одной строки плана.", "Загрузите другой файл.")
    if session.plan is None:
        plan, kept = accept_rows(act, session, rows), 0
    else:
        plan, outcome = update_plan(act, session, differences_of(session, preview))
        kept = len(outcome.kept)
    session.plan, session.accepted_at = plan, act.at
    session.save(update_fields=["plan", "accepted_at", "title"])
    record(
        act, "planning.import.accepted", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"activities": len(rows), "import": session.pk, "kept": kept},
    )  # fmt: skip
    deal_out_soon(act, plan)
    return plan


@transaction.atomic
def discard_plan_import(act: Act, *, session: PlanImport, version: int) -> None:
    """Forget the import; plans are as they were."""
    session = _locked(act, session, version)
    session.discarded_at = act.at
    session.save(update_fields=["discarded_at"])
    record(
        act, "planning.import.discarded", kind="plan_import", object_id=session.pk, label=session.file_name,
        organization=session.owner,
    )  # fmt: skip


def _locked(act: Act, session: PlanImport, version: int) -> PlanImport:
    locked = PlanImport.objects.select_for_update(of=("self",)).select_related("owner", "plan").get(pk=session.pk)
    require(act, Permission.EDIT_PLANS, locked.owner)
    if locked.accepted_at or locked.discarded_at:
        raise RefusedError("Эта загрузка уже завершена.", "Откройте план или загрузите файл ещё раз.")
    if locked.read_at is None:
        raise RefusedError("Файл ещё читается.", "Подождите окончания чтения.")
    if locked.version != version:
        raise RefusedError(
            "Загрузку уже изменили: на странице прежние данные.", "Посмотрите обновлённую страницу и повторите."
        )
    return locked


def _changed(act: Act, session: PlanImport, details: dict[str, Any]) -> PlanImport:
    session.version += 1
    session.save(update_fields=["answers", "version"])
    record(
        act, "planning.import.corrected", kind="plan_import", object_id=session.pk, label=session.file_name,
        organization=session.owner, details=details,
    )  # fmt: skip
    return session
