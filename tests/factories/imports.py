"""Imports of results through the web client, with the worker run by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.collection.api import Batch, CurrentBatch, ImportSession
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs


def table(school: str, scores: list[list[object]], *, header: str = "Код участника;Класс", code: int = 101) -> bytes:
    """A participants' table: one row a participant, items 1…k."""
    count = len(scores[0]) if scores else 0
    lines = [f"Наименование ОО;{header};" + ";".join(str(number) for number in range(1, count + 1))]
    lines += [f"{school};{code + place};4А;" + ";".join(str(cell) for cell in row) for place, row in enumerate(scores)]
    return "\n".join(lines).encode()


SCORES: list[list[object]] = [[1, 2, 0], [0, 2, 1], [1, 1, 1], [1, 0, 1], [0, 2, 1]]
NAME = "ВПР 2026 Математика 4 класс.csv"


@dataclass(slots=True)
class Desk:
    """A specialist of a municipality at their browser."""

    place: orgs.Place
    client: Client

    def open(self, *files: tuple[str, bytes], **fields: str) -> ImportSession:
        """Send files and let the worker read them."""
        self.post("open", {"files": [SimpleUploadedFile(name, data) for name, data in files], **fields})
        run_all()
        return self.latest()

    def post(self, page: str, data: dict[str, Any] | None = None, session: ImportSession | None = None) -> Any:
        arguments = [session.pk] if session else []
        versioned = {"version": str(session.version)} if session else {}
        return self.client.post(reverse(f"office:collection:{page}", args=arguments), {**versioned, **(data or {})})

    def latest(self) -> ImportSession:
        return ImportSession.objects.latest("id")

    def accept(self, session: ImportSession, what: str = "all") -> ImportSession:
        """Accept and let the worker store."""
        self.post("accept", {"what": what}, session)
        run_all()
        session.refresh_from_db()
        return session

    def load(self, *files: tuple[str, bytes]) -> ImportSession:
        return self.accept(self.open(*files))

    def page(self, session: ImportSession, query: str = "") -> str:
        return str(self.client.get(reverse("office:collection:session", args=[session.pk]) + query).content.decode())


def desk(schools: int = 3) -> Desk:
    place = orgs.place(schools)
    client = Client()
    client.force_login(orgs.account(Role.SPECIALIST, place.authority))
    return Desk(place, client)


def school_client(school: Organization, role: Role = Role.SCHOOL_COORDINATOR) -> Client:
    client = Client()
    client.force_login(orgs.account(role, school))
    return client


def stored() -> tuple[int, int, int]:
    """Batches, current batches, batch files: what an import that failed must leave at zero."""
    names = list(default_storage().names("batches")) if default_storage().path("batches").is_dir() else []
    return Batch.objects.count(), CurrentBatch.objects.count(), len(names)


def messages_of(session: ImportSession) -> list[str]:
    """All remarks of an import, with their hints."""
    return [f"{one['message']} {one['hint']}" for file in session.files.all() for one in file.problems]
