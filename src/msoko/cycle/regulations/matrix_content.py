"""A matrix as plain values, wherever it comes from: a sample, a file, an edition that is kept. The shape of drafts.

`{"groups": [{key, number, title, level, posts, documents, note, is_reconstructed, is_lost}], "functions": [{key, group,
code, text, posts, documents, power, power_note, is_reconstructed, place, raw}]}`; a document is `{code, kind, title}`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from intake.matrices import FunctionText, MatrixReading, match_functions
from msoko.cycle.regulations.models import FunctionGroup, FunctionMatrix, RequiredDocument
from msoko.foundation.catalog.documents import kind_of_title
from msoko.foundation.catalog.functions import MatrixDefinition, definitions_for

Json = dict[str, Any]
#: likeness to a function of a sample from which its kind of power is proposed
_PROPOSED = 0.6
_TEXT, _TITLE = 4000, 500


def content_of_definition(found: MatrixDefinition) -> Json:
    """A sample."""

    def documents(codes: Iterable[str]) -> list[Json]:
        return [
            {"code": code, "kind": found.documents[code].kind, "title": found.documents[code].title} for code in codes
        ]

    content: Json = {"groups": [], "functions": []}
    for place, group in enumerate(found.groups):
        content["groups"].append(
            _group(f"g{place}", group.number, group.title, group.level, group.positions, documents(group.documents))
            | {"note": group.note, "is_reconstructed": group.is_reconstructed}
        )
        content["functions"] += [
            _function(f"f{place}-{number}", f"g{place}", one.text, one.positions, documents(one.documents))
            | {"code": one.code, "power": one.power, "power_note": one.power_note,
               "is_reconstructed": one.is_reconstructed}
            for number, one in enumerate(group.functions)
        ]  # fmt: skip
    return content


def content_of_reading(reading: MatrixReading, kind: str) -> Json:
    """A file. `kind` of the organization: its samples propose kinds of power, which a file does not name."""

    def documents(titles: Iterable[str]) -> list[Json]:
        return [{"code": "", "kind": kind_of_title(one), "title": one[:_TITLE]} for one in titles]

    content: Json = {"groups": [], "functions": []}
    for place, group in enumerate(reading.groups):
        content["groups"].append(
            _group(f"g{place}", group.number.rstrip("."), group.title[:_TITLE], group.level, group.responsible,
                   documents(group.documents))
            | {"is_lost": group.is_lost, "note": "Начало группы в файле утрачено" if group.is_lost else ""}
        )  # fmt: skip
        content["functions"] += [
            _function(f"f{place}-{number}", f"g{place}", one.text[:_TEXT], one.responsible, documents(one.documents))
            | {"place": str(one.place or ""), "raw": one.text[:_TEXT]}
            for number, one in enumerate(group.functions)
        ]
    _propose(content, kind)
    return content


def content_of_matrix(matrix: FunctionMatrix, groups: Sequence[FunctionGroup]) -> Json:
    """An edition that is kept, with its groups loaded by `groups_of`."""

    def documents(rows: Iterable[RequiredDocument]) -> list[Json]:
        return [{"code": one.code, "kind": one.kind, "title": one.title} for one in rows]

    content: Json = {"groups": [], "functions": []}
    for group in groups:
        content["groups"].append(
            _group(f"g{group.pk}", group.number, group.title, group.level, group.posts,
                   documents(group.required.all()))
            | {"note": group.note, "is_reconstructed": group.is_reconstructed}
        )  # fmt: skip
        content["functions"] += [
            _function(f"f{one.pk}", f"g{group.pk}", one.text, one.posts, documents(one.required.all()))
            | {"code": one.code, "power": one.power, "power_note": one.power_note,
               "is_reconstructed": one.is_reconstructed}
            for one in group.functions.all()
        ]  # fmt: skip
    return content


def texts_of(content: Json) -> list[FunctionText]:
    """Functions for comparison, in order."""
    names = {group["key"]: group["number"] or group["title"] for group in content["groups"]}
    return [FunctionText(one["text"], names.get(one["group"], ""), one["code"]) for one in content["functions"]]


def _propose(content: Json, kind: str) -> None:
    """Kinds of power, and what a group whose head is lost might be: by the functions of the sample that are alike."""
    for sample in definitions_for(kind)[:1]:
        known = [(one, group) for group in sample.groups for one in group.functions]
        old = [FunctionText(one.text, group.number) for one, group in known]
        homes: dict[str, list[str]] = {}
        for pair in match_functions(old, texts_of(content)).pairs:
            one, group = known[pair.old]
            row = content["functions"][pair.new]
            homes.setdefault(row["group"], []).append(f"{group.number} {group.title}")
            if pair.likeness >= _PROPOSED:
                note = f"Предложено по образцу: {one.power_note}"[:300]
                row |= {"power": one.power, "power_note": note}
        for row in content["groups"]:
            found = Counter(homes.get(row["key"], ())).most_common(1)
            if row["is_lost"] and found:
                row["note"] = f"{row['note']}; по функциям похожа на группу образца «{found[0][0]}»"[:500]


def new_group(key: str) -> Json:
    """A group without anything."""
    return {
        "key": key, "number": "", "title": "", "level": 1, "posts": [], "documents": [], "note": "",
        "is_reconstructed": False, "is_lost": False,
    }  # fmt: skip


def new_function(key: str) -> Json:
    """A function without anything, of no group yet."""
    return {
        "key": key, "group": "", "code": "", "text": "", "posts": [], "documents": [], "power": "", "power_note": "",
        "is_reconstructed": False, "place": "", "raw": "",
    }  # fmt: skip


def _group(key: str, number: str, title: str, level: int, posts: Iterable[str], documents: list[Json]) -> Json:
    values = {"number": number[:20], "title": title, "level": level, "posts": list(posts), "documents": documents}
    return new_group(key) | values


def _function(key: str, group: str, text: str, posts: Iterable[str], documents: list[Json]) -> Json:
    return new_function(key) | {"group": group, "text": text, "posts": list(posts), "documents": documents}
