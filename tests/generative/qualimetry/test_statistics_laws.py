"""Laws of the sufficient statistics: additive, independent of order, threads and split into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qualimetry.engines.duck import DuckEngine
from qualimetry.frames.store import write_batch
from qualimetry.recipes.campaign import analyse, scan
from qualimetry.recipes.contracts import CampaignResult
from qualimetry.recipes.serial import from_dict, to_dict
from qualimetry.statistics.campaign import CampaignStatistics, StatisticsMismatchError, merge
from qualimetry.statistics.packing import Width
from tests.factories.batches import batch, blueprint, policy, statistics
from tests.generative.qualimetry.rows import MAXIMA, SPECIFICATION, rows

Rows = list[dict[str, Any]]
quick = settings(
    max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    engine = DuckEngine(threads=1)
    yield engine
    engine.close()


def counted(raw: Rows, engine: DuckEngine) -> CampaignStatistics:
    with TemporaryDirectory() as folder:
        return statistics(raw, SPECIFICATION, Path(folder), engine)


@quick
@given(first=rows(15), second=rows(15))
def test_parts_add_up_to_the_whole(engine: DuckEngine, first: Rows, second: Rows) -> None:
    pooled = counted(first + second, engine).sha256()
    assert merge([counted(first, engine), counted(second, engine)]).sha256() == pooled
    with TemporaryDirectory() as folder:
        tables = [batch(part, len(MAXIMA)) for part in (first, second)]
        paths = [write_batch(table, Path(folder) / str(n)) for n, table in enumerate(tables)]
        assert scan(paths, len(MAXIMA), engine, blueprint=SPECIFICATION).sha256() == pooled


@quick
@given(raw=rows(), data=st.data())
def test_order_and_threads_do_not_matter(engine: DuckEngine, raw: Rows, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(raw))
    two = DuckEngine(threads=2)
    assert counted(shuffled, two).sha256() == counted(raw, engine).sha256()
    two.close()


@quick
@given(raw=rows(), corrected=rows(10))
def test_one_organization_is_replaced(engine: DuckEngine, raw: Rows, corrected: Rows) -> None:
    new = [row | {"organization": 2} for row in corrected]
    kept = [row for row in raw if row["organization"] != 2]
    replaced = counted(raw, engine).with_organization(2, counted(new, engine))
    assert replaced.sha256() == counted(kept + new, engine).sha256()


@quick
@given(raw=rows())
def test_bytes_and_json_come_back(engine: DuckEngine, raw: Rows) -> None:
    found = counted(raw, engine)
    again = CampaignStatistics.from_ipc(found.to_ipc())
    assert again.sha256() == found.sha256()
    assert again.to_ipc() == found.to_ipc()
    result = analyse(again, SPECIFICATION, policy())
    assert result == analyse(found, SPECIFICATION, policy())
    assert from_dict(CampaignResult, to_dict(result)) == result


@quick
@given(raw=rows(40))
def test_classes_finished_late_are_the_same(engine: DuckEngine, raw: Rows) -> None:
    found = counted(raw, engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qualimetry.recipes.campaign.FINISHED_AT_ONCE", 0)
        patch.setattr("qualimetry.recipes.late.PORTION", 2)
        late = analyse(found, SPECIFICATION, policy())
    result = analyse(found, SPECIFICATION, policy())
    assert late == result
    assert from_dict(CampaignResult, to_dict(late)) == result
    assert [late.classes[n] for n in range(-len(late.classes), 0)] == list(late.classes[:]) == list(result.classes)


def test_statistics_of_other_works_are_not_added(engine: DuckEngine, tmp_path: Path) -> None:
    other = statistics([{"items": [1, 1]}], blueprint([1, 1]), tmp_path, engine)
    with pytest.raises(StatisticsMismatchError):
        merge([counted([], engine), other])


def test_counters_do_not_depend_on_how_they_are_packed(
    engine: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = [
        {"items": [n % 2, -(n % 3 == 0), None if n % 5 == 0 else 2, n % 4], "mark": 2 + n % 4, "journal_mark": 5}
        for n in range(60)
    ]
    narrow = counted(raw, engine).sha256()
    for widths in ([Width(13, 2)], [Width(3, 3), Width(7, 1)], [Width(4, 2)], []):
        monkeypatch.setattr("qualimetry.statistics.packing.WIDTHS", widths)
        assert counted(raw, engine).sha256() == narrow
