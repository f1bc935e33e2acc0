"""Storing what was read: batches first, then the rows that make them current, in one transaction."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction

from msoko.cycle.collection.actions import remove_uploads
from msoko.cycle.collection.models import (
    Batch,
    BatchOrganization,
    ControlSummary,
    CurrentBatch,
    ImportSession,
    RememberedMapping,
)
from msoko.cycle.collection.preview import participants_by_organization
from msoko.cycle.collection.reading import SessionReading
from msoko.cycle.collection.redaction import store_redacted_copies
from msoko.cycle.collection.rules import require_open
from msoko.cycle.collection.specifications import store_specification
from msoko.cycle.collection.summaries import summary_items, summary_rows
from msoko.cycle.procedures.api import (
    Campaign,
    bind_blueprint,
    campaign_title,
    ensure_campaign,
    keep_blueprint,
    may_conduct,
)
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage, refusing_full_disk
from msoko.foundation.orgs.models import Organization
from msoko.foundation.orgs.names import municipality_of, remember_name
from msoko.foundation.processing.values import Assembled, CampaignKey
from qualimetry.frames.store import write_batch


def accept(
    act: Act, session: ImportSession, reading: SessionReading, *, excluded: frozenset[str] = frozenset()
) -> list[Batch]:
    """Store batches, summaries and copies of files; switch organizations to the new batches; ask for runs.

    `session` is as it was when the files were read: a change in between is refused, nothing of it is lost.

    Raises:
        RefusedError: the import was changed, finished or accepted meanwhile; nothing new in it; no space on the disk.
    """
    stored = [(part, _store_table(part)) for part in reading.assembled if part.table.num_rows]
    copies = store_redacted_copies(session, excluded)
    with transaction.atomic():
        locked = ImportSession.objects.select_for_update(of=("self",)).select_related("organization").get(pk=session.pk)
        require(act, Permission.IMPORT_RESULTS, locked.organization)
        require_open(locked, session.version)
        versions = [
            store_specification(act, municipality_of(locked.organization) or locked.organization, specification)
            for specification in reading.specifications
        ]
        accepted = [_accept_part(act, locked, part, name, reading) for part, name in stored]
        batches = [batch for batch in accepted if batch is not None]
        campaigns = {batch.campaign_id: batch.campaign for batch in batches}
        for campaign in _accept_summaries(act, locked, reading):
            campaigns.setdefault(campaign.pk, campaign)
        if not campaigns and not any(versions):
            _refuse_known(accepted)
        _remember(act, locked)
        for file in locked.files.all():
            file.stored_name = copies.get(file.name, "")
            file.save(update_fields=["stored_name"])
        uploads = locked.uploads
        locked.accepted_at, locked.accepted_by, locked.uploads = act.at, act.actor.actor_label, []
        locked.version += 1
        locked.save(update_fields=["accepted_at", "accepted_by", "uploads", "version"])
        record(
            act, "collection.import.accepted", kind="import", object_id=locked.pk, organization=locked.organization,
            details={"batches": [batch.pk for batch in batches], "campaigns": sorted(campaigns)},
        )  # fmt: skip
        for campaign in campaigns.values():
            _ask_for_run(act, campaign)
        transaction.on_commit(lambda: remove_uploads(uploads))
    return batches


def _store_table(part: Assembled) -> str:
    """Write the table into the storage, synced and named by its content; returns the stored name."""
    storage = default_storage()
    incoming = storage.path("incoming")
    with refusing_full_disk():
        incoming.mkdir(parents=True, exist_ok=True)
    with refusing_full_disk(), tempfile.TemporaryDirectory(dir=incoming) as folder:
        return storage.adopt("batches", write_batch(part.table, Path(folder)))


def _owner_of(session: ImportSession, key: CampaignKey) -> Organization:
    """A municipal procedure belongs to the municipality even when a school loads its part."""
    definition = procedure(key.procedure)
    if definition is not None and may_conduct(session.organization, definition):
        return session.organization
    return municipality_of(session.organization) or session.organization


def _campaign_for(act: Act, session: ImportSession, key: CampaignKey, reading: SessionReading) -> Campaign:
    if key.year is None:
        raise RefusedError("Не указан год работы.", "Ответьте на вопрос о процедуре.")
    return ensure_campaign(
        act,
        owner=_owner_of(session, key),
        procedure=key.procedure,
        subject=key.subject,
        grade_level=key.grade_level,
        year=key.year,
        days=reading.days.get(key),
    )


def _refuse_known(accepted: Sequence[Batch | None]) -> None:
    """Nothing of the import was new.

    Raises:
        RefusedError: always.
    """
    if accepted:
        raise RefusedError(
            "Эти результаты уже приняты: новых данных в загрузке нет.",
            "Посмотрите историю партий. Чтобы исправить данные, загрузите исправленный файл.",
        )
    raise RefusedError("Принимать нечего: сведения загрузки уже есть в системе.", "Отмените загрузку.")


def _is_current(campaign: Campaign, sha256: str, organizations: Iterable[int]) -> bool:
    """Whether exactly these rows already speak for these organizations."""
    speaking = CurrentBatch.objects.filter(campaign=campaign, batch__sha256=sha256).values_list(
        "organization", flat=True
    )
    return set(speaking) >= set(organizations)


def _accept_part(act: Act, session: ImportSession, part: Assembled, name: str, reading: SessionReading) -> Batch | None:
    """A batch that is current from now on; None when these very rows already are."""
    campaign = _campaign_for(act, session, part.key, reading)
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)  # one acceptance of a campaign at a time
    if _is_current(campaign, Path(name).stem, participants_by_organization(part)):
        return None
    labels = [item.label for item in part.blueprint.items]
    _settle_blueprint(act, campaign, part, labels)
    participants = participants_by_organization(part)
    batch = Batch.objects.create(
        campaign=campaign,
        session=session,
        stored_name=name,
        sha256=Path(name).stem,
        item_labels=labels,
        gives_marks=part.gives_marks,
        gives_levels=part.gives_levels,
        row_count=part.table.num_rows,
        participant_count=sum(participants.values()),
        absent_count=part.counts.absent,
        accepted_at=act.at,
        accepted_by=act.actor.actor_label,
    )
    BatchOrganization.objects.bulk_create(
        BatchOrganization(batch=batch, organization_id=key, participant_count=count, coded_count=part.coded.get(key, 0))
        for key, count in participants.items()
    )
    for key, count in participants.items():
        CurrentBatch.objects.update_or_create(
            campaign=campaign, organization_id=key, defaults={"batch": batch, "participant_count": count}
        )
    return batch


def _settle_blueprint(act: Act, campaign: Campaign, part: Assembled, labels: list[str]) -> None:
    """Give the campaign the specification of its first batch; later batches must have the same items."""
    known = campaign.blueprint
    if known is None or _is_richer(part, campaign):
        version = keep_blueprint(act, owner=campaign.owner, blueprint=part.blueprint, source=_source(part))
        bind_blueprint(act, campaign=campaign, version=version)
        return
    expected = list(known.items.values_list("label", flat=True))
    if labels and expected and labels != expected:
        raise RefusedError(
            f"Состав заданий файлов ({len(labels)}) не совпадает с принятой спецификацией «{campaign_title(campaign)}» "
            f"({len(expected)}).",
            "Проверьте, что загружена та же работа, или выберите для процедуры другую спецификацию.",
        )


def _is_richer(part: Assembled, campaign: Campaign) -> bool:
    """A specification that came with the files replaces one that was inferred from data."""
    known = campaign.blueprint
    return known is not None and known.is_inferred and not part.blueprint.is_inferred


def _source(part: Assembled) -> str:
    return "Выведена из данных" if part.blueprint.is_inferred else "Из файлов результатов"


def _accept_summaries(act: Act, session: ImportSession, reading: SessionReading) -> Iterable[Campaign]:
    for key, summary in reading.summaries:
        campaign = _campaign_for(act, session, key, reading)
        rows = summary_rows(summary)
        latest = ControlSummary.objects.filter(campaign=campaign, kind=summary.kind.value).first()
        if latest is not None and latest.rows == json.loads(json.dumps(rows)):
            continue
        ControlSummary.objects.create(
            campaign=campaign,
            session=session,
            kind=summary.kind.value,
            is_verified_layout=summary.is_verified_layout,
            file_name=summary.file[-400:],
            rows=rows,
            declared_max_score=summary.declared_max_score,
            items=summary_items(summary),
            accepted_at=act.at,
            accepted_by=act.actor.actor_label,
        )
        yield campaign


def _remember(act: Act, session: ImportSession) -> None:
    """Keep the answers that hold for the next files too."""
    municipality = municipality_of(session.organization) or session.organization
    titles = {question["key"]: question for question in session.preview.get("asked", [])}
    for answer in session.answers.all():
        if answer.question.startswith("organization:") and "organization" in answer.answer:
            remember_name(
                act,
                municipality=municipality,
                key=answer.question.removeprefix("organization:"),
                raw=titles.get(answer.question, {}).get("details", {}).get("raw", "") or answer.question,
                organization=Organization.objects.get(pk=answer.answer["organization"]),
            )
        elif answer.question.startswith("columns:"):
            RememberedMapping.objects.update_or_create(
                organization=session.organization,
                fingerprint=answer.question.removeprefix("columns:"),
                defaults={
                    "roles": answer.answer["roles"],
                    "decided_at": act.at,
                    "decided_by": act.actor.actor_label,
                },
            )


def _ask_for_run(act: Act, campaign: Campaign) -> None:
    enqueue(
        act,
        "analysis.compute",
        title=f"Расчёт: {campaign_title(campaign)}",
        organization=campaign.owner,
        payload={"campaign": campaign.pk},
    )
