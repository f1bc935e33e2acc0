"""Results of the demo: files in the layouts that people have, loaded by the same import as a user's."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from msoko.cli.demo.organizations import Tree
from msoko.cycle.collection.api import ImportSession, accept_import, load_code_list, open_import, pairs_of_file
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.documents.result_files import write_demo_files
from msoko.foundation.documents.result_files.manifest import DemoFile, DemoManifest, FileKind
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization
from qualimetry.synthetic import Municipality, campaigns

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
