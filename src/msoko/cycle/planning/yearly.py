"""The yearly analysis of a plan: composed anew with edits kept, edited, signed and frozen."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from intake.terms import PlanYear
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Plan, PlanAnalysis, PlanAnalysisEdit
from msoko.cycle.planning.queries import plans_visible
from msoko.cycle.planning.scheduling import years_of
from msoko.cycle.planning.yearly_document import YearContext, yearly_document
from msoko.cycle.planning.yearly_facts import day_of_analysis, year_facts
from msoko.foundation.access.api import Permission, Scope, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import Organization, OrganizationKind, municipality_of
from qualimetry.narrative.blocks import ReportDocument
from qualimetry.narrative.edits import Conflict, Edit, apply_edits, text_of
from qualimetry.narrative.serial import document_from_json, document_to_json

_LONGEST = 20_000


def analyses_visible(scope: Scope) -> QuerySet[PlanAnalysis]:
    """Analyses of the plans that the person sees."""
    rows = PlanAnalysis.objects.filter(plan__in=plans_visible(scope).values("pk"))
    return rows.select_related("plan__owner").prefetch_related("edits")


def plan_year(plan: Plan, year: int) -> PlanYear:
    """A year of a plan.

    Raises:
        RefusedError: when the plan has no such year.
    """
    found = next((one for one in years_of(plan) if one.start_year == year), None)
    if found is None:
        raise RefusedError("В плане нет такого года.", f"Первый год плана – {plan.start_year}, лет – {plan.years}.")
    return found


def composed_document(plan: Plan, year: PlanYear) -> ReportDocument:
    """The analysis by the rows as they are now."""
    facts = year_facts(plan, year.start_year, year.end, day_of_analysis(plan, year.end))
    return yearly_document(facts, _context(plan, year))


def current_analysis(analysis: PlanAnalysis) -> tuple[ReportDocument, tuple[Conflict, ...]]:
    """The text as it stands, and edits whose composed text has changed since."""
    document = document_from_json(analysis.document)
    if analysis.is_signed:
        return document, ()
    return apply_edits(document, [Edit(one.block_key, one.original, one.text) for one in analysis.edits.all()])


@transaction.atomic
def compose_analysis(act: Act, *, plan: Plan, year: int) -> PlanAnalysis:
    """Compose the analysis of a year, or compose it again: edits stay.

    Raises:
        RefusedError: the plan is a draft, has no such year, or the analysis is signed.
    """
    require(act, Permission.EDIT_PLANS, plan.owner)
    if plan.status == PlanStatus.DRAFT:
        raise RefusedError("План не утверждён: выполнять ещё нечего.", "Анализ составляется по утверждённому плану.")
    known = PlanAnalysis.objects.select_for_update().filter(plan=plan, year=year).first()
    if known is not None:
        _require_open(known)
    analysis = known or PlanAnalysis(plan=plan, year=year)
    analysis.document = document_to_json(composed_document(plan, plan_year(plan, year)))
    analysis.composed_at = act.at
    analysis.save()
    _told(act, "planning.analysis.composed", analysis)
    return analysis


@transaction.atomic
def edit_analysis(act: Act, *, analysis: PlanAnalysis, key: str, text: str) -> None:
    """Write another text instead of a composed block; the composed text again removes the edit, an empty one the block.

    Raises:
        RefusedError: the analysis is signed, or has no such block.
    """
    row = _locked(act, analysis, Permission.EDIT_PLANS)
    document = document_from_json(row.document)
    texts = {block.key: text_of(block) for block in (*document.blocks, *document.annexes)}
    original = texts.get(key)
    if original is None:
        raise RefusedError("Этого места в анализе больше нет.", "Обновите страницу.")
    text = text.replace("\r\n", "\n").strip()[:_LONGEST]
    if text == original:
        row.edits.filter(block_key=key).delete()
    else:
        values = {"original": original, "text": text, "edited_at": act.at, "edited_by": act.actor.actor_label}
        PlanAnalysisEdit.objects.update_or_create(analysis=row, block_key=key, defaults=values)
    _told(act, "planning.analysis.edited", row)


@transaction.atomic
def sign_analysis(act: Act, *, analysis: PlanAnalysis, signed_on: dt.date, number: str = "") -> PlanAnalysis:
    """Sign: the edited text and its files are frozen for good.

    Raises:
        RefusedError: signed already, or edits stand against a text that has changed.
    """
    row = _locked(act, analysis, Permission.APPROVE_PLANS)
    document, conflicts = current_analysis(row)
    if conflicts:
        raise RefusedError(
            f"Правки расходятся с новым текстом: {len(conflicts)}.", "Просмотрите их и сохраните нужный текст."
        )
    row.document = document_to_json(document)
    row.number, row.signed_on = number.strip()[:60], signed_on
    row.signed_at, row.signed_by = act.at, act.actor.actor_label
    storage = default_storage()
    row.word_key = storage.write("plan_analyses", _printed(document, "docx"), ".docx")
    row.pdf_key = storage.write("plan_analyses", _printed(document, "pdf"), ".pdf")
    row.save()
    _told(act, "planning.analysis.signed", row)
    return row


def analysis_file(analysis: PlanAnalysis, kind: str) -> bytes:
    """Word, PDF («docx», «pdf») or Excel («xlsx») of the text as it stands; of a signed one the frozen file."""
    key = {"docx": analysis.word_key, "pdf": analysis.pdf_key}.get(kind, "")
    if key:
        return default_storage().read(key)
    return _printed(current_analysis(analysis)[0], kind)


def _printed(document: ReportDocument, kind: str) -> bytes:
    from msoko.foundation.documents.batch import render  # noqa: PLC0415 -- slow import

    return render(document, kind)


def _locked(act: Act, analysis: PlanAnalysis, permission: Permission) -> PlanAnalysis:
    row = PlanAnalysis.objects.select_for_update(of=("self",)).select_related("plan__owner").get(pk=analysis.pk)
    require(act, permission, row.plan.owner)
    _require_open(row)
    return row


def _require_open(analysis: PlanAnalysis) -> None:
    if analysis.is_signed:
        raise RefusedError("Анализ подписан и не меняется.", "Файлы подписанного анализа – в меню «Выгрузить».")


def _context(plan: Plan, year: PlanYear) -> YearContext:
    place = municipality_of(plan.owner) or plan.owner
    return YearContext(
        kind=plan.kind,
        title=plan.title,
        period=year.label,
        year=year.end.year,
        authority=_issuer(plan.owner).full_name,
        place=place.place_name or place.short_name,
        basis=plan.basis,
        stamp="ДЕМО" if settings.IS_DEMO else "",
    )


def _issuer(owner: Organization) -> Organization:
    """The authority speaks for its municipality."""
    if owner.kind != OrganizationKind.MUNICIPALITY:
        return owner
    return Organization.objects.filter(parent=owner, kind=OrganizationKind.AUTHORITY).first() or owner


def _told(act: Act, event: str, analysis: PlanAnalysis) -> None:
    plan = analysis.plan
    record(
        act, event, kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"year": analysis.year},
    )  # fmt: skip
