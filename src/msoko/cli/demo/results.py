"""Results of the demo: files in the layouts that people have, loaded by the same import as a user's."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from msoko.cli.demo.organizations import Tree
from msoko.cycle.collection.api import (
    CodePair,
    ImportSession,
    Participant,
    accept_import,
    current_of,
    load_code_list,
    open_import,
    pairs_of_file,
    participants_of,
)
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.documents.result_files import write_demo_files
from msoko.foundation.documents.result_files.demo import CODE_LIST_SCHOOL, MEDAL_LIST
from msoko.foundation.documents.result_files.manifest import DemoFile, DemoManifest, FileKind
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization
from qualimetry.synthetic import Municipality, campaigns

Key = TypeVar("Key")
Value = TypeVar("Value")
_LOADED = (FileKind.RESULTS, FileKind.SUMMARY, FileKind.SPECIFICATION)


def load_results(
    act: Act, source: Municipality, tree: Tree, seed: int, tell: Callable[[str], None], *, school_act: Act
) -> None:
    """Write the files, load and accept them: municipal files at once, forms of schools school by school.

    `school_act` belongs to the coordinator of the school that keeps a code list.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = write_demo_files(Path(folder), seed)
        files = sorted(
            (file for kind in _LOADED for file in manifest.of_kind(kind)), key=lambda file: file.organization
        )
        for login, members in groupby(files, key=lambda file: file.organization):
            organization = Organization.objects.get(code=login) if login else tree.municipality
            _load(act, organization, list(members), tell)
        tell("Списки кодов школы")
        _load_code_lists(school_act, source, manifest)


def _load(act: Act, organization: Organization, files: list[DemoFile], tell: Callable[[str], None]) -> None:
    tell(f"Загрузка результатов: {organization.short_name} ({len(files)})")
    session = open_import(
        act, organization=organization, files=[(file.path.name, file.path.read_bytes()) for file in files]
    )
    run_all()
    session = ImportSession.objects.get(pk=session.pk)
    accept_import(act, session=session, version=session.version)
    run_all()
    session.refresh_from_db()
    if session.accepted_at is None:
        raise RuntimeError(f"demo import of {organization.pk} was not accepted")


def _load_code_lists(act: Act, source: Municipality, manifest: DemoManifest) -> None:
    """The lists that one school keeps, each into its campaign."""
    blueprints = {campaign.key: campaign.blueprint for campaign in campaigns(source)}
    for file in manifest.of_kind(FileKind.CODE_LIST):
        blueprint = blueprints[file.campaigns[0]]
        campaign = Campaign.objects.get(
            procedure=blueprint.procedure,
            subject=blueprint.subject,
            grade_level=blueprint.grade_level,
            year=blueprint.year or 0,
        )
        load_code_list(
            act,
            organization=Organization.objects.get(code=file.organization),
            campaign=campaign,
            pairs=pairs_of_file(file.path.name, file.path.read_bytes()),
        )
    _link_rows(act, source)


def _link_rows(act: Act, source: Municipality) -> None:
    """The school compares protocols without codes with rows of results, as far as raw scores tell them apart.
    Done for the examinations of the year whose candidates for the medal are marked."""
    school = source.school(CODE_LIST_SCHOOL).organization
    own = Organization.objects.get(code=school.code)
    for made in campaigns(source):
        blueprint = made.blueprint
        if blueprint.procedure != "EGE" or blueprint.year != int(MEDAL_LIST[-4:]) or made.key == MEDAL_LIST:
            continue
        campaign = Campaign.objects.get(
            procedure="EGE", subject=blueprint.subject, grade_level=blueprint.grade_level, year=blueprint.year
        )
        columns = made.columns.take(made.columns.organization == school.key)
        numbers = source.pupils.number[columns.pupil].tolist()
        by_score = _only_ones(zip(columns.total.tolist(), numbers, strict=True))
        rows = _only_ones((one.total, one.key.hex()) for one in _rows_of(campaign, own))
        known = sorted(by_score.keys() & rows.keys())
        pairs = [CodePair(rows[key], str(by_score[key]), place, is_row_code=True) for place, key in enumerate(known, 1)]
        load_code_list(act, organization=own, campaign=campaign, pairs=pairs)


def _rows_of(campaign: Campaign, organization: Organization) -> list[Participant]:
    return participants_of(current_of([campaign], organization)[campaign.pk])


def _only_ones(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    """Values of the keys that occur once."""
    listed = list(pairs)
    counts = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if counts[key] == 1}
