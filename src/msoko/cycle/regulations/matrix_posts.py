"""Posts and bodies that a matrix may name: of the organization, of samples, of its matrix. Others are asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from intake.matrices import same_words
from msoko.cycle.regulations.functions import staff_of
from msoko.cycle.regulations.models import FunctionGroup, FunctionMatrix, MatrixDraft, MatrixFunction
from msoko.foundation.catalog.functions import definitions_for
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.api import Body

_SUGGESTED = 3
_ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class KnownPosts:
    """Names by where they come from, for a form; `normals` tells what is known."""

    sources: tuple[tuple[str, tuple[str, ...]], ...]
    normals: frozenset[str]

    def knows(self, post: str) -> bool:
        return same_words(post) in self.normals

    def suggestions(self, post: str) -> list[str]:
        """The nearest names, the best first; nothing is taken without a person."""
        words = same_words(post)
        names = dict.fromkeys(name for _, rows in self.sources for name in rows)
        scored = [(SequenceMatcher(None, words, same_words(name)).ratio(), name) for name in names]
        return [name for score, name in sorted(scored, key=lambda row: (-row[0], row[1])) if score >= _ALIKE][
            :_SUGGESTED
        ]


def known_posts(owner: Organization, decided: Iterable[str] = ()) -> KnownPosts:
    """Posts of the staff, bodies, posts of samples and of the current matrix; a constant number of queries."""
    staff = sorted({one.post for one in staff_of(owner) if one.post})
    bodies = sorted(Body.objects.filter(organization__path__startswith=owner.path).values_list("name", flat=True)[:200])
    if owner.kind != "municipality":
        bodies = sorted(Body.objects.filter(organization=owner).values_list("name", flat=True))
    samples = sorted({post for sample in definitions_for(owner.kind) for post in sample.posts})
    own = _posts_of_matrix(owner)
    sources = (("Должности сотрудников", staff), ("Органы и комиссии", bodies), ("Из действующей матрицы", own),
               ("Из образца", samples))  # fmt: skip
    names = {name for _, rows in sources for name in rows}
    return KnownPosts(
        tuple((title, tuple(rows)) for title, rows in sources if rows),
        frozenset(same_words(one) for one in [*names, *decided]),
    )


def remembered_posts(owner: Organization) -> dict[str, str]:
    """What people said of posts in the files that this organization accepted before: words → name."""
    found: dict[str, str] = {}
    for answers in MatrixDraft.objects.filter(owner=owner, accepted_at__isnull=False).order_by("accepted_at", "pk"):
        found |= answers.answers.get("posts", {})
    return found


def put_posts(content: dict[str, Any], names: dict[str, str]) -> None:
    """Replace posts by the names that people gave to their words."""
    for row in [*content["groups"], *content["functions"]]:
        row["posts"] = list(dict.fromkeys(names.get(same_words(one), one) for one in row["posts"]))


def _posts_of_matrix(owner: Organization) -> list[str]:
    matrix = FunctionMatrix.objects.filter(owner=owner, is_current=True).first()
    if matrix is None:
        return []
    groups = FunctionGroup.objects.filter(matrix=matrix).values_list("posts", flat=True)
    functions = MatrixFunction.objects.filter(group__matrix=matrix).values_list("posts", flat=True)
    return sorted({post for row in [*groups, *functions] for post in row})
