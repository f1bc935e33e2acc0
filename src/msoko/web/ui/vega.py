"""Charts of reports on a page: the same specification, compiled on the server into Vega that needs no eval.

The heading leaves the picture and becomes text of the page; the width becomes that of the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from qualimetry.narrative.blocks import Chart

_PAGE_CONFIG = {"font": "Inter, 'Segoe UI', Roboto, Arial, sans-serif", "background": "transparent"}


@dataclass(frozen=True, slots=True)
class PageChart:
    """A compiled specification with its heading as text."""

    specification: dict[str, Any]
    title: str
    subtitle: str


def page_chart(chart: Chart) -> PageChart:
    """The chart of a report as the page draws it; equal charts are compiled once."""
    bare = {key: value for key, value in chart.specification.items() if key != "title"}
    heading = chart.specification.get("title") or {}
    heading = heading if isinstance(heading, dict) else {"text": heading}
    bare["config"] = bare.get("config", {}) | _PAGE_CONFIG
    if isinstance(bare.get("width"), int | float):
        bare |= {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
    return PageChart(
        specification=json.loads(_compiled(json.dumps(bare, ensure_ascii=False, sort_keys=True, default=float))),
        title=_joined(heading.get("text")) or chart.caption,
        subtitle=_joined(heading.get("subtitle")),
    )


@lru_cache(maxsize=512)
def _compiled(specification: str) -> str:
    return json.dumps(_converter().vegalite_to_vega(specification, vl_version="6.1"), ensure_ascii=False)


@cache
def _converter() -> Any:
    import vl_convert  # noqa: PLC0415 -- slow import

    return vl_convert


def _joined(lines: Any) -> str:
    """Lines that Vega does not wrap by itself, as one text."""
    return " ".join(lines) if isinstance(lines, list) else str(lines or "")
