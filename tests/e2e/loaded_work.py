"""A municipality with one work accepted and a second import that waits for answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from msoko.cli.demo.organizations import Tree, build_tree
from msoko.cli.demo.people import build_accounts
from msoko.cycle.collection.api import ImportSession
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role, User
from msoko.foundation.documents.result_files.demo_class_works import write_class_work
from msoko.foundation.kernel.acts import Act, SystemActor
from qualimetry.synthetic import build_municipality, campaigns
from tests.factories.imports import SCORES, Desk, table
from tests.factories.orgs import Place
from tests.integration.web.pages import client_of

WORK = "VPR-MA6-2026"
#: an unknown school, a work without a name, columns that say nothing
_UNCLEAR = (
    ("ВПР 2026 Математика 4 класс.csv", table("Школа на Луговой", SCORES)),
    ("Контрольная.csv", table("МБОУ СОШ № 1", SCORES)),
    ("Разное.csv", "Первое;Второе;Третье\n101;4А;7\n102;4А;9\n103;4Б;8\n".encode()),
)


@dataclass(frozen=True, slots=True)
class LoadedWork:
    tree: Tree
    accounts: dict[Role, User]
    campaign: Campaign
    accepted: ImportSession
    waiting: ImportSession


def load_work(place: Path) -> LoadedWork:
    """Everything goes the way of a user: files are written, sent, read and accepted."""
    source = build_municipality()
    tree = build_tree(source)
    accounts = build_accounts(Act(SystemActor(), timezone.now()), source, tree)
    work = next(one for one in campaigns(source) if one.key == WORK)
    files = [file.path for file in write_class_work(place, source, work)]
    schools = list(tree.by_key.values())
    desk = Desk(
        Place(tree.region, tree.municipality, tree.authority, tree.advisory_service, schools),
        client_of(accounts[Role.SPECIALIST]),
    )
    accepted = desk.load(*((path.name, path.read_bytes()) for path in files))
    waiting = desk.open(*_UNCLEAR)
    return LoadedWork(tree, accounts, Campaign.objects.get(), accepted, waiting)
