"""Heat map of elements by group: a number and a word's sign in every cell, colour only repeats them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualimetry.charts.labels import axis_labels, shortened
from qualimetry.charts.theme import INK, READING_FILLS, Spec, bar_height, chart, inline, label_limit
from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.narrative.russian import percent
from qualimetry.recipes.contracts import ElementResult, Reading

#: sign of the reading after the number: readable without colour
SIGNS = {
    Reading.SUFFICIENT: "",
    Reading.BORDERLINE: " ≈",
    Reading.INSUFFICIENT: " ▼",
    Reading.NOT_ENOUGH_DATA: " ?",
    Reading.NO_NORM: "",
}
#: (name of the column, element of the whole)
Numbered = Sequence[tuple[str, ElementResult]]
Parts = Sequence[tuple[str, Mapping[str, ElementResult]]]


def heat_map(key: str, title: str, elements: Numbered, parts: Parts, words: Mapping[Reading, str]) -> Chart:
    """Rows are groups (`parts`: label, element by code), columns the elements of the whole by their names."""
    labels = axis_labels([label for label, _ in parts], 36)
    cells = [
        _cell(column, label, own.get(element.code))
        for label, (_, own) in zip(labels, parts, strict=True)
        for column, element in elements
    ]
    finding = _title(title, elements)
    subtitle = (
        f"Доля набранных баллов, %: ▼ – {words[Reading.INSUFFICIENT]}, ≈ – {words[Reading.BORDERLINE]}, "
        f"? – {words[Reading.NOT_ENOUGH_DATA]}; обозначения столбцов – в таблице"
    )
    return Chart(
        key=key,
        caption=f"{title} по группам участников",
        specification=chart(finding, subtitle, _layers(cells, labels, elements, words)),
        alt=f"Тепловая карта: {len(parts)} групп, {len(elements)} позиций, доли набранных баллов. {finding}.",
        table=_table(key, title, elements, parts),
    )


def _cell(column: str, label: str, own: ElementResult | None) -> Spec:
    reading = own.reading if own else Reading.NOT_ENOUGH_DATA
    value = own.facility.value if own else None
    number = percent(value, places=0).removesuffix("\u00a0%") if value is not None else "–"
    return {
        "label": label,
        "column": column,
        "reading": str(reading),
        "text": f"{number}{SIGNS[reading]}",
    }


def column_name(place: int, element: ElementResult) -> str:
    """The code of the element when it is short, else its number in the table."""
    return element.code if len(element.code) <= 8 else str(place)


def _title(title: str, elements: Numbered) -> str:
    low = [element for _, element in elements if element.reading is Reading.INSUFFICIENT]
    if len(low) == 1:
        return f"{title}: недостаточно освоено «{shortened(low[0].name, 60)}»"
    return f"{title}: недостаточно освоено {len(low)} из {len(elements)}" if low else f"{title} по группам"


def _layers(cells: Sequence[Spec], labels: Sequence[str], elements: Numbered, words: Mapping[Reading, str]) -> Spec:
    columns = [column for column, _ in elements]
    step = max(32, min(72, 470 // max(len(columns), 1)))
    encoding = {
        "y": {
            "field": "label",
            "type": "nominal",
            "sort": labels,
            "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": label_limit(labels)},
        },
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": columns,
            "axis": {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False},
        },
    }
    used = [reading for reading in Reading if any(cell["reading"] == str(reading) for cell in cells)]
    fill = {
        "field": "word",
        "type": "nominal",
        "scale": {"domain": [words[r] for r in used], "range": [READING_FILLS[str(r)] for r in used]},
        "legend": {"title": None, "orient": "bottom", "symbolType": "square", "symbolStrokeColor": INK, "columns": 4},
    }
    rows = [{**cell, "word": words[Reading(str(cell["reading"]))]} for cell in cells]
    return {
        "width": {"step": step},
        "height": {"step": bar_height(len(labels)) - 2},
        "data": inline(rows),
        "encoding": encoding,
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#9fb3c8", "strokeWidth": 0.6},
                "encoding": {"fill": fill},
            },
            {"mark": {"type": "text", "baseline": "middle"}, "encoding": {"text": {"field": "text"}}},
        ],
    }


def _table(key: str, title: str, elements: Numbered, parts: Parts) -> Table:
    return Table(
        f"{key}.table",
        f"{title} по группам",
        (
            Column("Столбец"),
            Column("Наименование", width=4),
            *(Column(label, "percent") for label, _ in parts),
        ),
        tuple(
            (
                column,
                element.name,
                *(own[element.code].facility.value if element.code in own else None for _, own in parts),
            )
            for column, element in elements
        ),
    )
