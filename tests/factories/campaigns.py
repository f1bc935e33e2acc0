"""Campaigns with results in the database, written as batches without files; the run is that of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.utils import timezone

from msoko.cycle.analysis.computing import compute_with_later
from msoko.cycle.analysis.models import Run
from msoko.cycle.collection.api import Batch, BatchOrganization, CurrentBatch, ImportSession
from msoko.cycle.procedures.api import BlueprintVersion, Campaign
from msoko.cycle.procedures.blueprints import item_rows, scale_fields
from msoko.foundation.kernel.storage import default_storage
from qualimetry.frames.blueprint import Blueprint, CutScores, Item
from qualimetry.frames.store import write_batch
from tests.factories import batches, orgs

ITEMS = (
    Item("1", 1, "Б", ("1.1",), ("Считать",)),
    Item("2", 1, "Б", ("1.1",), ("Считать",)),
    Item("3", 2, "Б", ("2.1",), ("Решать задачи",)),
    Item("4", 2, "П", ("2.1",), ("Решать задачи",)),
)
CUTS = CutScores(2, 4, 5, source="Описание работы, 2026 год")
NAMES = {"1.1": "Числа", "2.1": "Задачи"}


def blueprint(**values: Any) -> Blueprint:
    known: dict[str, Any] = {
        "procedure": "VPR", "subject": "Математика", "grade_level": 5, "year": 2026, "items": ITEMS,
        "cut_scores": CUTS, "element_names": NAMES,
    }  # fmt: skip
    return Blueprint(**known | values)


def campaign(place: orgs.Place, plan: Blueprint | None = None, **values: Any) -> Campaign:
    plan = plan or blueprint()
    version = BlueprintVersion.objects.create(
        version=BlueprintVersion.objects.count() + 1,
        owner=place.municipality, procedure=plan.procedure, subject=plan.subject, grade_level=plan.grade_level,
        year=plan.year, created_at=timezone.now(), created_by="Тест", **scale_fields(plan),
    )  # fmt: skip
    version.items.bulk_create(item_rows(version, plan.items))
    known: dict[str, Any] = {
        "owner": place.municipality, "procedure": plan.procedure, "subject": plan.subject,
        "grade_level": plan.grade_level, "year": plan.year or 2026, "blueprint": version,
        "school_year": orgs.school_year((plan.year or 2026) - 1), "created_at": timezone.now(), "created_by": "Тест",
    }  # fmt: skip
    return Campaign.objects.create(**known | values)


def pupils(
    organization: int, size: int, *, level: float = 0.6, seed: int | None = None, **columns: Any
) -> list[dict[str, Any]]:
    """Rows of a school: items drawn with a fixed seed, marks by the scale, two classes, both sexes, two variants.

    Without `seed` each organization has answers of its own; they differ with its key from run to run of the tests.
    """
    rng = np.random.default_rng(1000 + organization if seed is None else seed)
    tops = np.array([item.max_score for item in ITEMS])
    scores = rng.binomial(tops, level, size=(size, len(ITEMS)))
    marks = [CUTS.mark(int(total)) for total in scores.sum(axis=1)]
    known: dict[str, Any] = {
        "organization": organization,
        "class_group": ["АБ"[number % 2] for number in range(size)],
        "sex": [1 + number % 2 for number in range(size)],
        "variant": [1 + number // 2 % 2 for number in range(size)],
        "mark": marks,
        "journal_mark": [min(5, mark + number % 2) for number, mark in enumerate(marks)],
    }
    return batches.answers(scores, **known | columns)


def load(found: Campaign, rows: Sequence[Mapping[str, Any]]) -> Batch:
    """Rows as a batch that speaks for its organizations."""
    return load_table(found, batches.batch(rows, found.blueprint.items.count() if found.blueprint else 0))


def load_table(found: Campaign, table: pa.Table) -> Batch:
    storage, now = default_storage(), timezone.now()
    folder = storage.path(f"batches/{found.pk}")
    folder.mkdir(parents=True, exist_ok=True)
    path = write_batch(table, folder)
    session = ImportSession.objects.create(
        organization=found.owner, created_at=now, created_by="Тест", created_by_id="1", read_at=now, accepted_at=now,
        accepted_by="Тест",
    )  # fmt: skip
    made = Batch.objects.create(
        campaign=found, session=session, stored_name=str(path.relative_to(storage.root)), sha256=path.stem,
        row_count=table.num_rows, participant_count=table.num_rows, accepted_at=now, accepted_by="Тест",
    )  # fmt: skip
    sizes = table.group_by("organization").aggregate([("present", "count")]).to_pylist()
    for size in sizes:
        organization, count = size["organization"], size["present_count"]
        BatchOrganization.objects.create(batch=made, organization_id=organization, participant_count=count)
        CurrentBatch.objects.update_or_create(
            campaign=found, organization_id=organization, defaults={"batch": made, "participant_count": count}
        )
    return made


def compute(found: Campaign) -> Run:
    found = Campaign.objects.select_related("owner", "school_year", "blueprint").get(pk=found.pk)
    run = compute_with_later(orgs.system_act(), found, lambda done, total, note: None)
    assert run is not None
    return run


def computed(place: orgs.Place, sizes: Iterable[int] = (40, 30, 6), **values: Any) -> Campaign:
    """A campaign in which the schools of the place took part with `sizes` pupils; the second school is weak."""
    found = campaign(place, **values)
    rows = [
        row
        for number, (school, size) in enumerate(zip(place.schools, sizes, strict=False))
        for row in pupils(school.pk, size, level=0.3 if number == 1 else 0.6, seed=number)
    ]
    load(found, rows)
    compute(found)
    return found
