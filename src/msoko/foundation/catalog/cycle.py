"""Directions and parts of the management cycle by their published editions, kinds of results: titles for people."""

from __future__ import annotations

from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables

_PREFIX = "directions_"


def editions() -> list[tuple[str, str]]:
    """Published lists of directions: code («2021») and title, the latest first."""
    found = [(name.removeprefix(_PREFIX), table["title"]) for name, table in _editions().items()]
    return sorted(found, reverse=True)


def directions(edition: str = "") -> list[tuple[str, str]]:
    """Directions of an edition in order: code and title with its number; of the latest when it is not known."""
    return [(one["id"], f"{one['number']}. {one['title']}") for one in _table(edition)["direction"]]


def cycle_parts(edition: str = "") -> list[tuple[str, str]]:
    """Parts of the cycle in the order of an edition: code and title."""
    titles = {one["id"]: one["title"] for one in tables("plans")["cycle_parts"]["part"]}
    return [(code, titles[code]) for code in _table(edition)["parts"]]


@cache
def direction_titles() -> dict[str, str]:
    """Titles of directions of all editions by code; the latest edition's words win."""
    found: dict[str, str] = {}
    for name in sorted(_editions()):
        found |= {one["id"]: one["title"] for one in _editions()[name]["direction"]}
    return found


@cache
def part_titles() -> dict[str, str]:
    """Titles of parts of the cycle by code."""
    return {one["id"]: one["title"] for one in tables("plans")["cycle_parts"]["part"]}


@cache
def result_titles() -> dict[str, str]:
    """Titles of kinds of results by code."""
    return {one["id"]: one["title"] for one in tables("plans")["results"]["kind"]}


def _editions() -> dict[str, dict[str, Any]]:
    return {name: table for name, table in tables("plans").items() if name.startswith(_PREFIX)}


def _table(edition: str) -> dict[str, Any]:
    found = _editions()
    return found.get(f"{_PREFIX}{edition}") or found[max(found)]
