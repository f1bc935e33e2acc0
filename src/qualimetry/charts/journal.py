"""Diverging bars of journal concordance: lower to the left, higher to the right of the same marks."""

from __future__ import annotations

from collections.abc import Sequence

from qualimetry.charts.labels import axis_labels
from qualimetry.charts.stacked import StackedRow, label_axis
from qualimetry.charts.theme import HIGHER, LOWER, SAME, TEXT_ON, Spec, bar_height, chart, inline, plot_width
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import integer, percent
from qualimetry.recipes.contracts import GroupResult

COLORS = {"ниже журнала": LOWER, "совпали": SAME, "выше журнала": HIGHER}
LABEL_FROM = 0.07


def journal_chart(key: str, groups: Sequence[tuple[str, GroupResult]]) -> Chart:
    """`groups` are (label, result), each with a journal concordance of at least one pair."""
    rows = [_row(label, group) for label, group in groups]
    title = _title([row for row, (_, group) in zip(rows, groups, strict=True) if not group.is_small])
    subtitle = "Доли отметок за работу ниже, равных и выше журнальных, %; N – число сравнённых отметок"
    return Chart(
        key=key,
        caption="Соответствие отметок за работу отметкам по журналу",
        specification=chart(title, subtitle, _layers(rows)),
        alt=f"Расходящаяся диаграмма: доли отметок ниже журнала, совпавших и выше журнала по группам ({len(rows)})."
        f" {title}.",
        table=Table(
            f"{key}.table",
            "Соответствие отметок",
            (Column("Группа", width=3), Column("N", "integer"), *(Column(name, "percent", 1.4) for name in COLORS)),
            tuple((row.label, row.n, *(row.shares[name] for name in COLORS)) for row in rows),
        ),
    )


def _row(label: str, group: GroupResult) -> StackedRow:
    journal = group.journal
    assert journal is not None
    shares = dict(zip(COLORS, (journal.lower.value, journal.same.value, journal.higher.value), strict=True))
    return StackedRow(label, journal.n, shares)


def _title(rows: Sequence[StackedRow]) -> str:
    shares = [row.shares["совпали"] for row in rows]
    known = [share for share in shares if share is not None]
    if len(known) < 2:
        return "Соответствие отметок за работу отметкам по журналу"
    low, high = percent(min(known), places=0), percent(max(known), places=0)
    return f"С журналом совпали от {low} до {high} отметок" if low != high else f"С журналом совпали {low} отметок"


def _layers(rows: Sequence[StackedRow]) -> Spec:
    """Segments are placed around the middle of the same marks; the axis has no numbers, segments carry them."""
    labels = axis_labels([row.label for row in rows])
    segments = [part for row, label in zip(rows, labels, strict=True) for part in _segments(row, label)]
    reach = max((max(abs(part["start"]), abs(part["end"])) for part in segments), default=1.0)
    x = {"type": "quantitative", "scale": {"domain": [-reach, reach], "nice": False}, "axis": None}
    return {
        "width": plot_width(labels),
        "height": {"step": bar_height(len(rows))},
        "layer": [
            {
                "data": inline(segments),
                "mark": {"type": "bar", "height": {"band": 0.78}, "stroke": "#ffffff"},
                "encoding": {
                    "y": label_axis(labels),
                    "x": {"field": "start", **x},
                    "x2": {"field": "end"},
                    "color": {
                        "field": "category",
                        "type": "nominal",
                        "scale": {"domain": list(COLORS), "range": list(COLORS.values())},
                        "legend": {"title": "Отметка за работу", "orient": "top", "symbolType": "square"},
                    },
                },
            },
            _texts(segments, labels, x),
            _counts(rows, labels, x, reach),
        ],
        "resolve": {"scale": {"color": "independent"}},
    }


def _segments(row: StackedRow, label: str) -> list[Spec]:
    lower, same, higher = (row.shares[name] or 0.0 for name in COLORS)
    ends = (-same / 2 - lower, -same / 2, same / 2, same / 2 + higher)
    return [
        {
            "label": label,
            "category": name,
            "start": start,
            "end": end,
            "middle": (start + end) / 2,
            "text": percent(end - start, places=0).removesuffix("\u00a0%"),
            "ink": TEXT_ON[COLORS[name]],
        }
        for name, start, end in zip(COLORS, ends[:-1], ends[1:], strict=True)
    ]


def _texts(segments: Sequence[Spec], labels: Sequence[str], x: Spec) -> Spec:
    return {
        "data": inline(part for part in segments if part["end"] - part["start"] >= LABEL_FROM),
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "y": label_axis(labels),
            "x": {"field": "middle", **x},
            "text": {"field": "text"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }


def _counts(rows: Sequence[StackedRow], labels: Sequence[str], x: Spec, reach: float) -> Spec:
    values = [
        {"label": label, "text": f"N = {integer(row.n)}", "at": reach} for row, label in zip(rows, labels, strict=True)
    ]
    return {
        "data": inline(values),
        "mark": {"type": "text", "align": "left", "dx": 8, "color": "#52606d"},
        "encoding": {"y": label_axis(labels), "x": {"field": "at", **x}, "text": {"field": "text"}},
    }
