"""Charts, and bars drawn without inline styles, which the content security policy forbids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from msoko.foundation.documents.cells import alignment, cell_text
from msoko.web.ui.vega import page_chart
from qualimetry.narrative.blocks import Chart, Column, Table

register = template.Library()
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("ui/parts/chart.html")
def chart(
    spec: Mapping[str, Any],
    title: str,
    subtitle: str = "",
    alt: str = "",
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
) -> dict[str, Any]:
    """A compiled Vega specification with a heading, a text for those who do not see it, and its table."""
    return {
        "spec": _data_block(spec),
        "title": title,
        "subtitle": subtitle,
        "alt": alt or f"{title}. {subtitle}".strip(),
        "columns": columns,
        "rows": rows,
    }


@register.inclusion_tag("ui/parts/chart.html")
def report_chart(block: Chart) -> dict[str, Any]:
    """A chart block of a report (`qualimetry.charts`): the same picture as in Word and PDF, its table behind it."""
    drawn = page_chart(block)
    return {
        "spec": _data_block(drawn.specification),
        "title": drawn.title,
        "subtitle": drawn.subtitle,
        "alt": block.alt,
        "table": block.table,
    }


@register.inclusion_tag("ui/parts/block_table.html")
def report_table(block: Table, css: str = "", *, has_caption: bool = True) -> dict[str, Any]:
    """A table block of a report: header groups, totals, numbers in Russian form as documents print them."""
    first_total = len(block.rows) - block.total_rows
    rows = [
        (index >= first_total, [_cell(value, column) for value, column in zip(row, block.columns, strict=True)])
        for index, row in enumerate(block.rows)
    ]
    heads = [(column.title, alignment(column)) for column in block.columns]
    return {"block": block, "rows": rows, "heads": heads, "css": css, "has_caption": has_caption}


def _cell(value: Any, column: Column) -> tuple[str, str]:
    return cell_text(value, column), alignment(column)


def _data_block(spec: Mapping[str, Any]) -> SafeString:
    return mark_safe(json.dumps(spec, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 -- escaped here


@register.simple_tag
def bar(
    value: float | None, low: float | None = None, high: float | None = None, reference: float | None = None
) -> SafeString:
    """A share as a bar from zero with its interval as a thin line and a reference as a mark; decoration of a figure."""
    if value is None:
        return mark_safe("")
    parts = [_rect(0, value, "bar-fill")]
    if low is not None and high is not None:
        parts.append(_line(low, 6, high, 6, "bar-interval"))
    if reference is not None:
        parts.append(_line(reference, 0, reference, 12, "bar-reference"))
    return _drawing(parts)


@register.simple_tag
def stacked_bar(parts: Sequence[tuple[str, float]]) -> SafeString:
    """Shares one after another; each is a CSS class (`mark-2` … `mark-5`, `mark-none`) and a fraction."""
    drawn, start = [], 0.0
    for css, fraction in parts:
        drawn.append(_rect(start, fraction, css))
        start += fraction
    return _drawing(drawn)


def _drawing(parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-ground" width="100" height="12"/>{}</svg>',
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _rect(start: float, width: float, css: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="0" width="{}" height="12"/>', css, f"{start * 100:.2f}", f"{width * 100:.2f}"
    )


def _line(x1: float, y1: float, x2: float, y2: float, css: str) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', css, f"{x1 * 100:.2f}", y1, f"{x2 * 100:.2f}", y2
    )
