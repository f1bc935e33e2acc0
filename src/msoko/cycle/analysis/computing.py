"""From current batches to a run: scan what is new, merge, analyse, store."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from msoko.cycle.analysis.counted import CountedInputs, blueprint_key, digest, gather_counted
from msoko.cycle.analysis.models import Run, RunGroup
from msoko.cycle.analysis.references import reference_results
from msoko.cycle.analysis.results import (
    earlier_results,
    earlier_runs,
    group_columns,
    headline_of,
    later_campaigns,
    latest_run,
)
from msoko.cycle.collection.api import Batch, current_batches
from msoko.cycle.procedures.api import Campaign, blueprint_value, campaign_title
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.policies import analysis_policy, analysis_policy_key
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.processing.references import with_maximum
from msoko.foundation.processing.rescaling import rescaled
from qualimetry.frames.blueprint import Blueprint
from qualimetry.frames.store import read_batch, write_batch
from qualimetry.recipes.campaign import METHOD_VERSION, analyse, scan
from qualimetry.recipes.contracts import CampaignResult, GroupResult
from qualimetry.recipes.serial import to_dict
from qualimetry.statistics.campaign import FORMAT, CampaignStatistics, merge

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run is computed from. `batches`: batch → organizations for which it is current."""

    blueprint: Blueprint
    batches: dict[Batch, tuple[int, ...]]
    references: tuple[GroupResult, ...]
    previous: tuple[Run, ...]

    @property
    def described(self) -> dict[str, Any]:
        """For storage and for «Откуда цифра?»."""
        return {
            "batches": [
                {"batch": batch.pk, "sha256": batch.sha256, "organizations": list(organizations)}
                for batch, organizations in self.batches.items()
            ],
            "blueprint": blueprint_key(self.blueprint),
            "policy": analysis_policy_key(),
            "method": METHOD_VERSION,
            "statistics": FORMAT,
            "references": digest(to_dict(list(self.references))),
            "previous": [run.input_key for run in self.previous],
        }

    @property
    def key(self) -> str:
        """Equal key, equal result."""
        described = self.described
        described["batches"] = sorted(
            (entry["sha256"], sorted(entry["organizations"])) for entry in described["batches"]
        )
        return digest(described)


def compute_campaign(act: Act, campaign: Campaign, progress: Progress) -> Run | None:
    """The run of the campaign as it is now; the stored one when nothing has changed, None when there is no data."""
    inputs = gather(campaign) or gather_counted(campaign)
    if inputs is None:
        Run.objects.filter(campaign=campaign).update(valid_from=0)
        return None
    known = Run.objects.filter(campaign=campaign, input_key=inputs.key).first()
    if known:
        return _made_latest(known)
    if isinstance(inputs, CountedInputs):
        progress(0, 1, "Расчёт по сводным отчётам")
        result, statistics = inputs.analysed()
    else:
        result, statistics = _analysed(inputs, progress)
    name = default_storage().write("statistics", statistics.to_ipc(), ".ipc")
    return _store(act, campaign, inputs, result, name)


def _analysed(inputs: Inputs, progress: Progress) -> tuple[CampaignResult, CampaignStatistics]:
    statistics = merged_statistics(inputs, progress)
    result = analyse(
        statistics,
        inputs.blueprint,
        analysis_policy(),
        references=inputs.references,
        previous=earlier_results(inputs.previous),
    )
    if not inputs.blueprint.items:
        result = with_maximum(result, inputs.blueprint.declared_max_score or 0)
    return result, statistics


def compute_with_later(act: Act, campaign: Campaign, progress: Progress) -> Run | None:
    """The run of the campaign; when it has changed, later years that compare themselves with it are computed too."""
    before = latest_run(campaign)
    run = compute_campaign(act, campaign, progress)
    if run != before:
        for later in later_campaigns(campaign):
            compute_campaign(act, later, progress)
    return run


def gather(campaign: Campaign) -> Inputs | None:
    """Current batches and everything else that decides the result."""
    batches: dict[Batch, list[int]] = {}
    for current in current_batches(campaign).order_by("batch_id", "organization_id"):
        batches.setdefault(current.batch, []).append(current.organization_id)
    if not batches or campaign.blueprint is None:
        return None
    blueprint = blueprint_value(campaign.blueprint)
    return Inputs(
        blueprint=blueprint,
        batches={batch: tuple(organizations) for batch, organizations in batches.items()},
        references=reference_results(campaign, blueprint),
        previous=tuple(earlier_runs(campaign)),
    )


def merged_statistics(inputs: Inputs, progress: Progress) -> CampaignStatistics:
    """Statistics of all current batches; a batch that was scanned before is not scanned again."""
    parts = []
    for done, (batch, organizations) in enumerate(inputs.batches.items()):
        progress(done, len(inputs.batches), "Подсчёт статистик")
        parts.append(_scanned(batch, inputs.blueprint).for_organizations(organizations))
    return merge(parts)


def _scanned(batch: Batch, blueprint: Blueprint) -> CampaignStatistics:
    storage = default_storage()
    name = f"scans/{batch.sha256}-{blueprint_key(blueprint)[:16]}-{FORMAT}.ipc"
    if storage.exists(name):
        return CampaignStatistics.from_ipc(storage.read(name))
    statistics = _scan(batch, blueprint)
    storage.write_named(name, statistics.to_ipc())
    return statistics


def _scan(batch: Batch, blueprint: Blueprint) -> CampaignStatistics:
    """Scan the batch, with marks and levels by this specification where the files gave none."""
    path, count = default_storage().path(batch.stored_name), len(blueprint.items)
    if batch.gives_marks and batch.gives_levels:
        return scan([path], count, blueprint=blueprint)
    table = read_batch(path)
    now = rescaled(table, blueprint, marks=not batch.gives_marks, levels=not batch.gives_levels)
    if now.equals(table):
        return scan([path], count, blueprint=blueprint)
    with tempfile.TemporaryDirectory() as folder:
        return scan([write_batch(now, Path(folder))], count, blueprint=blueprint)


@transaction.atomic
def _store(act: Act, campaign: Campaign, inputs: Inputs | CountedInputs, result: CampaignResult, name: str) -> Run:
    run = Run.objects.create(
        campaign=campaign,
        input_key=inputs.key,
        inputs=inputs.described,
        method_version=result.method_version[:20],
        computed_at=act.at,
        valid_from=_next_place(campaign),
        statistics_name=name,
        participant_count=result.whole.participants,
        organization_count=len(result.organizations),
        summary=to_dict(replace(result, organizations=(), classes=())),
        headline=headline_of(result),
    )
    RunGroup.objects.bulk_create(
        RunGroup(
            run=run,
            organization_id=group.group.organization or 0,
            class_group=group.group.class_group or "",
            is_class=is_class,
            **group_columns(group),
        )
        for is_class, groups in ((False, result.organizations), (True, result.classes))
        for group in groups
    )
    record(
        act, "analysis.run.computed", kind="run", object_id=run.pk, label=campaign_title(campaign),
        organization=campaign.owner, details={"participants": run.participant_count},
    )  # fmt: skip
    return run


def _made_latest(run: Run) -> Run:
    """A run that is valid again (after a withdrawal) speaks again."""
    latest = Run.objects.filter(campaign_id=run.campaign_id).first()
    if run.valid_from == 0 or (latest is not None and latest.pk != run.pk):
        run.valid_from = _next_place(run.campaign)
        run.save(update_fields=["valid_from"])
    return run


def _next_place(campaign: Campaign) -> int:
    highest: int | None = Run.objects.filter(campaign=campaign).aggregate(highest=Max("valid_from"))["highest"]
    return (highest or 0) + 1
