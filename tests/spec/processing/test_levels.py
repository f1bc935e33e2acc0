"""Works without marks whose specification says from which raw score each level begins."""

from __future__ import annotations

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationItem
from msoko.foundation.processing.assembly import assemble
from msoko.foundation.processing.campaigns import campaign_key
from msoko.foundation.processing.values import Assembled, Organization
from qualimetry.frames.blueprint import ResultKind
from tests.factories.works import Row, make_work

NAMES = ("Низкий", "Базовый", "Высокий")


def assembled(rows: list[Row]) -> Assembled:
    work = make_work(rows, [2, 2], procedure=Procedure.MUNICIPAL_DIAGNOSTIC)
    specification = Specification(
        file="спецификация.xlsx",
        campaign=CampaignClaim(),
        items=[SpecificationItem("1", 1, 2), SpecificationItem("2", 2, 2)],
        level_names=NAMES,
        level_lowest=(2, 4),
    )
    (part,) = assemble(
        campaign_key(work.campaign), [work], lambda claim, file: Organization(1, claim.name), secret=b"s" * 32,
        specifications=[specification],
    )  # fmt: skip
    return part


def levels(part: Assembled) -> list[int | None]:
    by_total = sorted(zip(part.table["total"].to_pylist(), part.table["level"].to_pylist(), strict=True))
    return [level for _, level in by_total]


def test_a_level_follows_from_the_raw_score_where_the_file_has_none() -> None:
    part = assembled([Row("1", (0, 0)), Row("2", (1, 0)), Row("3", (1, 1)), Row("4", (2, 1)), Row("5", (2, 2))])
    assert part.blueprint.result_kind == ResultKind.LEVELS
    assert part.blueprint.levels is not None
    assert part.blueprint.levels.names == NAMES
    assert levels(part) == [0, 0, 1, 1, 2]


def test_the_level_of_the_file_counts_in_any_spelling() -> None:
    part = assembled([Row("1", (0, 0), level="базовый уровень"), Row("2", (2, 2), level="высокий")])
    assert part.blueprint.levels is not None
    assert part.blueprint.levels.names == NAMES
    assert levels(part) == [1, 2]


def test_the_absent_have_no_level() -> None:
    part = assembled([Row("1", (2, 2)), Row("2", (), present=False)])
    assert sorted(part.table["level"].to_pylist(), key=str) == [2, None]
