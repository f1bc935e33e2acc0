"""Template tags: Russian numbers, states as icon and word, addresses that keep the rest of the query."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from qualimetry.narrative.blocks import Chart, Column, Table
from qualimetry.recipes.contracts import Estimate

NBSP = "\u00a0"


def draw(source: str, address: str = "/", **context: Any) -> str:
    """The template without spaces around, for a page at `address`."""
    request = RequestFactory().get(address)
    return Template(source).render(Context({"request": request, **context})).strip()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 1234|integer }}", f"1{NBSP}234"),
        ("{{ missing|integer }}", "—"),
        ("{{ none|percent:200 }}", "—"),
        ("{{ 0.542|percent:200 }}", f"54,2{NBSP}%"),
        ("{{ 0.542|percent:50 }}", f"54{NBSP}%"),
        ("{{ 3.456|decimal:2 }}", "3,46"),
        ("{{ change|signed }}", "−0,3"),
        ("{{ 0.032|points:500 }}", f"+3,2{NBSP}п.{NBSP}п."),
        ("{{ 21|counted:'участник' }}", f"21{NBSP}участник"),
        ("{{ date|day }}", "01.09.2026"),
        ("{{ late|moment }}", "02.09.2026 00:30"),
        ("{{ late|day }}", "02.09.2026"),
        ("{{ none|moment }}", "—"),
    ],
)
def test_numbers_and_dates_are_russian(source: str, shown: str) -> None:
    late = dt.datetime(2026, 9, 1, 21, 30, tzinfo=dt.UTC)  # half past midnight in Moscow
    assert draw(source, none=None, change=-0.26, date=dt.date(2026, 9, 1), late=late) == shown


def test_a_share_never_stands_without_its_n() -> None:
    shown = draw("{% estimate rate %}", rate=Estimate(0.542, 0.481, 0.602, 230))
    assert f"54,2{NBSP}%" in shown
    assert f"(48,1–60,2{NBSP}%), N{NBSP}={NBSP}230" in shown


def test_an_unknown_estimate_is_a_dash() -> None:
    assert "—" in draw("{% estimate rate is_share=False %}", rate=Estimate(None))


@pytest.mark.parametrize("tone", ["good", "warn", "bad", "info", "wait"])
def test_a_state_is_an_icon_and_a_word(tone: str) -> None:
    shown = draw("{% status 'Принято' tone %}", tone=tone)
    assert "<use href=" in shown
    assert "Принято" in shown


@pytest.mark.parametrize(
    "source",
    [
        "{% status text %}",
        "{% empty text text %}",
        "{% figure text text %}",
        "{% note 'info' text %}x{% endnote %}",
        "{% table text %}x{% endtable %}",
        "{% menu text %}x{% endmenu %}",
        "{% dialog 'id' text %}x{% enddialog %}",
        "{% chip 'key' text text %}",
    ],
)
def test_what_people_typed_is_escaped(source: str) -> None:
    assert "<script>" not in draw(source, text="<script>alert(1)</script>")


def test_sorting_keeps_filters_and_turns_round() -> None:
    first = draw('{% sort "name" "Имя" %}', "/?kind=school&page=3")
    assert 'href="?kind=school&amp;sort=name"' in first
    again = draw('{% sort "name" "Имя" %}', "/?kind=school&sort=name")
    assert 'href="?kind=school&amp;sort=-name"' in again
    assert 'aria-sort="ascending"' in again
    assert 'aria-sort="descending"' in draw('{% sort "name" "Имя" %}', "/?sort=-name")


def test_a_pressed_chip_removes_its_filter() -> None:
    assert 'href="?state=done"' in draw('{% chip "state" "done" "Готово" %}', "/?page=2")
    assert 'aria-current="true"' in draw('{% chip "state" "done" "Готово" %}', "/?state=done")
    assert 'href="/"' in draw('{% chip "state" "done" "Готово" %}', "/?state=done")


def test_the_default_tab_has_the_plain_address() -> None:
    source = '{% tab "all" "Все" is_default=True %}{% tab "items" "Задания" %}'
    shown = draw(source, "/?tab=items")
    assert shown.index('href="/"') < shown.index('href="?tab=items" aria-current="page"')


def test_bars_have_no_inline_style() -> None:
    shown = draw("{% bar 0.5 0.4 0.6 0.7 %}{% stacked_bar parts %}", parts=[("mark-2", 0.25), ("mark-5", 0.75)])
    assert "style" not in shown
    assert 'class="bar-fill" x="0.00" y="0" width="50.00"' in shown
    assert 'class="mark-5" x="25.00" y="0" width="75.00"' in shown


TABLE = Table(
    "t",
    "Результаты",
    (Column("Организация"), Column("Участников", "integer"), Column("Успеваемость", "percent")),
    (("МБОУ СОШ № 1", 1234, 0.873), ("Всего", 2000, None)),
    total_rows=1,
)


def test_a_table_of_a_report_keeps_its_totals_and_numbers() -> None:
    shown = draw("{% report_table table %}", table=TABLE)
    assert f'<td class="num">1{NBSP}234</td><td class="num">87,3{NBSP}%</td>' in shown
    assert shown.count('<tr class="total">') == 1
    assert "—" in shown


def test_a_chart_of_a_report_has_its_text_table_and_no_code_in_the_data() -> None:
    chart = Chart(
        key="c",
        caption="Рисунок",
        specification={
            "title": {"text": ["Дроби освоены", "хуже всего"], "subtitle": ["Доля, N = 30"]},
            "width": 640,
            "data": {"values": [{"a": "</script><script>alert(1)", "b": 1}]},
            "mark": "bar",
            "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
        },
        alt="Столбцы",
        table=TABLE,
    )
    shown = draw("{% report_chart chart %}", chart=chart)
    assert '<div class="chart-title">Дроби освоены хуже всего</div>' in shown
    assert 'aria-label="Столбцы"' in shown
    assert "Показать таблицей" in shown
    assert shown.count("</script>") == 1
