"""A plan read again: rows are found by what they say, whatever their numbers."""

from __future__ import annotations

import dataclasses
import random

from intake.plans import PlanRowText, match_rows

SECTION = ("Качество подготовки",)
ROWS = (
    PlanRowText("Анализ результатов экзаменов девятых классов", SECTION, "август", ("ИМЦ",), ("Справка",), "1.1"),
    PlanRowText("Совещание с директорами об итогах работ", SECTION, "май", ("отдел",), ("Протокол",), "1.2"),
    PlanRowText("Проведение мониторингов района", ("Обучение педагогов",), "в течение года", ("отдел",), (), "1."),
    PlanRowText("Проведение мониторингов района", ("Методическая работа",), "в течение года", ("отдел",), (), "1."),
)  # fmt: skip


def test_the_same_plan_is_the_same_in_any_order() -> None:
    new = list(ROWS)
    random.Random(5).shuffle(new)
    match = match_rows(ROWS, new)
    assert [(pair.likeness, pair.changes) for pair in match.same] == [(1.0, ())] * 4
    assert all(ROWS[pair.old] == new[pair.new] for pair in match.same)
    assert (match.changed, match.added, match.removed, match.ambiguous) == ((), (), (), ())


def test_a_new_number_alone_is_no_change() -> None:
    new = [dataclasses.replace(row, number=str(place)) for place, row in enumerate(ROWS)]
    match = match_rows(ROWS, new)
    assert len(match.same) == 4
    assert match.changed == ()


def test_changed_fields_are_named() -> None:
    new = [dataclasses.replace(ROWS[0], terms="до 20 августа", units=("ИМЦ", "ОО")), *ROWS[1:]]
    (pair,) = match_rows(ROWS, new).changed
    assert [(one.field, one.old, one.new) for one in pair.changes] == [
        ("terms", "август", "до 20 августа"),
        ("units", "ИМЦ", "ИМЦ; ОО"),
    ]


def test_an_edited_title_is_found() -> None:
    title = "Анализ результатов государственных экзаменов девятых классов района"
    match = match_rows(ROWS, [dataclasses.replace(ROWS[0], title=title), *ROWS[1:]])
    (pair,) = match.changed
    assert (pair.old, pair.new, [one.field for one in pair.changes]) == (0, 0, ["title"])
    assert pair.likeness < 1


def test_added_and_removed_rows() -> None:
    other = PlanRowText("Закупка оборудования для школьных столовых", ("Хозяйство",), "июнь", ("бухгалтерия",))
    match = match_rows(ROWS, [*ROWS[1:], other])
    assert match.removed == (0,)
    assert match.added == (3,)


def test_rows_that_fit_equally_are_asked() -> None:
    moved = dataclasses.replace(ROWS[2], section=("Воспитание",), terms="июнь")
    match = match_rows(ROWS, [ROWS[0], ROWS[1], moved])
    assert [(one.new, one.candidates) for one in match.ambiguous] == [(2, (2, 3))]
    assert match.added == ()
    assert match.removed == (2, 3)


def test_every_row_stands_in_one_place() -> None:
    generator = random.Random(3)
    old = [dataclasses.replace(row, title=f"{row.title} {place % 7}") for place in range(40) for row in ROWS]
    new = generator.sample(old, 120)
    match = match_rows(old, new)
    places = [*(pair.new for pair in match.pairs), *match.added, *(one.new for one in match.ambiguous)]
    assert sorted(places) == list(range(120))
    assert sorted([*(pair.old for pair in match.pairs), *match.removed]) == list(range(160))
