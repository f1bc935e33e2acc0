"""A new edition of a matrix built from plain values; the former edition stays for the history."""

from __future__ import annotations

from typing import Any

from django.db import models

from intake.matrices import same_words
from msoko.cycle.regulations.models import FunctionGroup, FunctionMatrix, MatrixFunction, RequiredDocument
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization

Json = dict[str, Any]


class Requirements:
    """Required documents of a matrix by the words of their titles: the same document is never there twice."""

    def __init__(self, matrix: FunctionMatrix) -> None:
        self._matrix = matrix
        rows = list(matrix.required.all())
        self._known = {same_words(one.title): one for one in rows}
        self._next = max((one.position for one in rows), default=-1) + 1

    def find(self, title: str) -> RequiredDocument | None:
        return self._known.get(same_words(title))

    def take(self, rows: list[Json]) -> list[RequiredDocument]:
        """Those that are there already, the others made."""
        found = [self._one(row["title"], row["kind"], row["code"]) for row in rows if row["title"].strip()]
        return list(dict.fromkeys(found))

    def _one(self, title: str, kind: str, code: str) -> RequiredDocument:
        found = self.find(title)
        if found is None:
            found = RequiredDocument.objects.create(
                matrix=self._matrix, code=code, kind=kind, title=title.strip()[:500], position=self._next
            )
            self._next += 1
            self._known[same_words(title)] = found
        return found


def build_matrix(
    act: Act, *, owner: Organization, content: Json, title: str, definition: str = "", file_name: str = ""
) -> tuple[FunctionMatrix, dict[str, MatrixFunction]]:
    """The current matrix of an organization from now on, and its functions by their keys in `content`."""
    last = FunctionMatrix.objects.filter(owner=owner).aggregate(last=models.Max("edition"))["last"] or 0
    FunctionMatrix.objects.filter(owner=owner, is_current=True).update(is_current=False)
    matrix = FunctionMatrix.objects.create(
        owner=owner, title=title[:500], definition=definition, file_name=file_name[-200:], adopted_at=act.at,
        adopted_by=act.actor.actor_label, edition=last + 1,
    )  # fmt: skip
    required = Requirements(matrix)
    groups: dict[str, FunctionGroup] = {}
    for place, one in enumerate(content["groups"]):
        groups[one["key"]] = group = FunctionGroup.objects.create(
            matrix=matrix, number=one["number"], title=one["title"] or "Без названия", level=one["level"],
            position=place, posts=one["posts"], is_reconstructed=one["is_reconstructed"], note=one["note"],
        )  # fmt: skip
        group.required.set(required.take(one["documents"]))
    made: dict[str, MatrixFunction] = {}
    for place, one in enumerate(content["functions"]):
        made[one["key"]] = function = MatrixFunction.objects.create(
            group=groups[one["group"]], position=place, text=one["text"], posts=one["posts"], power=one["power"],
            power_note=one["power_note"], is_reconstructed=one["is_reconstructed"], code=one["code"],
        )  # fmt: skip
        function.required.set(required.take(one["documents"]))
    return matrix, made


def record_matrix(act: Act, event: str, matrix: FunctionMatrix, **details: object) -> None:
    """Write an event of a matrix to the journal."""
    record(
        act, event, kind="matrix", object_id=matrix.pk, label=matrix.title[:200], organization=matrix.owner,
        details=details,
    )  # fmt: skip
