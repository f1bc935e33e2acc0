"""Rules of the load: more works never mean fewer clashes, order means nothing, a clash names what is there."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.cycle.procedures.schedule_rules import Clash, Surroundings, Work, clashes_of
from msoko.foundation.catalog.load import load_policy

POLICY = load_policy()
PERIOD = POLICY.span("year", 2026)
DAYS = st.dates(dt.date(2026, 8, 20), dt.date(2027, 6, 10))
CLASSES = st.sets(st.tuples(st.integers(5, 7), st.sampled_from(["", "А", "Б"])), max_size=5).map(frozenset)
HOURS = st.dictionaries(
    st.tuples(st.integers(5, 7), st.sampled_from(["", "А"]), st.sampled_from(["Математика", "Физика"])),
    st.integers(1, 60),
    max_size=5,
)
BREAK = (dt.date(2026, 10, 26), dt.date(2026, 11, 4))
AROUND = st.builds(
    Surroundings,
    period=st.just(PERIOD),
    breaks=st.sampled_from([(), (BREAK,)]),
    classes=CLASSES,
    subjects=st.sampled_from([frozenset(), frozenset({"Математика"})]),
    hours=HOURS,
)


@st.composite
def works(draw: st.DrawFn, most: int = 8) -> list[Work]:
    found = []
    for number in range(draw(st.integers(0, most))):
        first = draw(DAYS)
        last = first + dt.timedelta(days=draw(st.sampled_from([0, 0, 0, 3, 25])))
        found.append(
            Work(
                f"w{number}", draw(st.integers(5, 7)), draw(st.sampled_from(["", "А", "Б"])),
                draw(st.sampled_from(["Математика", "Физика"])), first, last,
                lesson=draw(st.sampled_from([None, 1, 3])), minutes=draw(st.sampled_from([None, 40, 90])),
            )
        )  # fmt: skip
    return found


def _covered(old: Clash, new: list[Clash]) -> bool:
    return any(one.rule == old.rule and set(old.works) <= set(one.works) for one in new)


@given(works(), AROUND)
@settings(max_examples=150, deadline=None)
def test_adding_a_work_never_removes_a_clash(found: list[Work], around: Surroundings) -> None:
    fewer = clashes_of(found[:-1], around, POLICY)
    more = clashes_of(found, around, POLICY)
    assert [clash for clash in fewer if not _covered(clash, more)] == []


@given(works(), AROUND, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_works_means_nothing(found: list[Work], around: Surroundings, random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert clashes_of(mixed, around, POLICY) == clashes_of(found, around, POLICY)


@given(works(), AROUND)
@settings(max_examples=60, deadline=None)
def test_clashes_name_works_and_rules_that_exist(found: list[Work], around: Surroundings) -> None:
    keys = {work.key for work in found}
    for clash in clashes_of(found, around, POLICY):
        assert set(clash.works) <= keys
        assert clash.rule in POLICY.rules
        assert clash.text


@given(works(2), AROUND)
@settings(max_examples=100, deadline=None)
def test_a_longer_window_never_adds_a_clash_of_two_works(found: list[Work], around: Surroundings) -> None:
    """A window says less than a day: what is certain of it is certain of each of its days."""
    pairs = {"interval", "one_a_day"}
    before = {(one.rule, one.works) for one in clashes_of(found, around, POLICY) if one.rule in pairs}
    wider = [
        Work(one.key, one.grade_level, one.letter, one.subject, one.first, one.last + dt.timedelta(days=5))
        for one in found
    ]
    after = {(one.rule, one.works) for one in clashes_of(wider, around, POLICY) if one.rule in pairs}
    assert after <= before
