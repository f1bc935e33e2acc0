"""Charts of pages: the specification of the report, compiled for the browser once and kept by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from msoko.foundation.documents.cells import cell_text
from qualimetry.narrative.blocks import Chart

KEPT_SECONDS = 24 * 3600
#: the font of the page: labels are measured in it, so that none is cut
PAGE_FONT = "Inter, Segoe UI, Arial, sans-serif"
_PARTS = ("marks", "axes", "legends")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a page shows it: heading and table apart from the drawing."""

    spec: dict[str, Any]
    title: str
    subtitle: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn(chart: Chart) -> Drawn:
    """The chart with its title as text and its data as a table of texts."""
    specification = dict(chart.specification)
    heading = specification.pop("title", {})
    specification["config"] = {**specification.get("config", {}), "font": PAGE_FONT}
    table = chart.table
    return Drawn(
        spec=_compiled(specification),
        title=" ".join(heading.get("text", ())) or chart.caption,
        subtitle=" ".join(heading.get("subtitle", ())),
        alt=chart.alt,
        columns=tuple(column.title for column in table.columns) if table else (),
        rows=tuple(
            tuple(cell_text(value, column) for value, column in zip(row, table.columns, strict=True))
            for row in table.rows
        )
        if table
        else (),
    )


def _compiled(specification: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(specification, ensure_ascii=False, sort_keys=True, default=float)
    key = f"chart:{hashlib.sha256(text.encode()).hexdigest()}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        import vl_convert  # noqa: PLC0415 -- slow import

        known = _quiet(vl_convert.vegalite_to_vega(text))
        cache.set(key, known, KEPT_SECONDS)
    return known


def _quiet(spec: dict[str, Any]) -> dict[str, Any]:
    """The drawing without roles of its parts: the figure is one picture with a text and a table beside it."""
    for name in _PARTS:
        for part in spec.get(name, ()):
            part["aria"] = False
            _quiet(part)
    return spec
