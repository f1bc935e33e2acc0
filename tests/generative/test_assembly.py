"""Laws of assembling that hold for any works."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.contracts import OrganizationClaim
from qualimetry.frames.batch import batch_schema
from tests.factories.works import N, Row, X, make_work
from tests.spec.processing.assembling import assemble_one, assemble_works, column

SCHOOLS = tuple(OrganizationClaim(code=f"edu22000{number}", name=f"СОШ № {number}") for number in range(1, 4))
CELLS = st.sampled_from([N, X, 0, 1, 2, 3])


@st.composite
def row_lists(draw: st.DrawFn, item_count: int = 4) -> list[Row]:
    size = draw(st.integers(1, 25))
    return [
        Row(
            code=draw(st.sampled_from(["", *(str(40001 + n) for n in range(12))])),
            scores=draw(st.lists(CELLS, min_size=item_count, max_size=item_count)),
            organization=draw(st.sampled_from(SCHOOLS)),
            class_group=draw(st.sampled_from(["", "А", "Б"])),
            present=draw(st.booleans()),
        )
        for _ in range(size)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(row_lists(), min_size=1, max_size=4))
def test_every_row_is_kept_or_named(files: list[list[Row]]):
    works = [make_work(rows, [1, 2, 3, 3], file=f"{number}.xlsx") for number, rows in enumerate(files)]
    assembled = assemble_one(*works)
    counts = assembled.counts
    assert counts.rows == sum(len(rows) for rows in files) == counts.kept + counts.duplicates + counts.unplaced
    assert counts.kept == assembled.table.num_rows == counts.present + counts.absent
    assert assembled.table.schema == batch_schema(4)
    keys = column(assembled, "participant")
    assert len(set(keys)) == len(keys)
    assert sorted(column(assembled, "organization")) == column(assembled, "organization")


@settings(max_examples=60, deadline=None)
@given(row_lists())
def test_totals_are_sums_of_what_is_left_within_the_maxima(rows: list[Row]):
    maxima = [1, 2, 3, 3]
    assembled = assemble_one(make_work(rows, maxima))
    items = [column(assembled, f"i{place}") for place in range(1, 5)]
    for present, total, *scores in zip(column(assembled, "present"), column(assembled, "total"), *items, strict=True):
        known = [score for score in scores if score is not None]
        assert all(-1 <= score <= top for score, top in zip(scores, maxima, strict=True) if score is not None)
        assert total == (sum(max(score, 0) for score in known) if present and known else None)


@settings(max_examples=30, deadline=None)
@given(row_lists(), st.randoms(use_true_random=False))
def test_order_of_participants_does_not_change_the_figures(rows: list[Row], random):
    unique = list({(row.organization, row.code): row for row in rows if row.code}.values())
    if not unique:
        return
    shuffled = list(unique)
    random.shuffle(shuffled)
    names = ["present", "total", "mark", "i1", "i2", "i3", "i4"]
    one, other = (
        assemble_one(make_work(order, [None] * 4)).table.select(names).to_pylist() for order in (unique, shuffled)
    )
    assert sorted(map(repr, one)) == sorted(map(repr, other))


@settings(max_examples=30, deadline=None)
@given(row_lists())
def test_same_file_twice_changes_nothing(rows: list[Row]):
    coded = [row for row in {(row.organization, row.code): row for row in rows}.values() if row.code]
    if not coded:
        return
    once = assemble_one(make_work(coded, [1, 2, 3, 3]))
    (twice,) = assemble_works(make_work(coded, [1, 2, 3, 3]), make_work(coded, [1, 2, 3, 3], file="копия.xlsx"))
    assert twice.table.equals(once.table)
    assert twice.counts.duplicates == len(coded)


def test_a_million_scores_stay_exact():
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 3, (2000, 20))
    work = make_work([Row(str(n), list(row)) for n, row in enumerate(scores)], [2] * 20)
    assert sum(column(assemble_one(work), "total")) == int(scores.sum())
