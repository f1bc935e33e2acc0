"""What a report promises to its readers, for every kind of result and any number of participants."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import Block, BulletList, Chart, Heading, Paragraph, ReportDocument, Table
from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.narrative.rulebook import load_rulebook
from qualimetry.recipes.contracts import Estimate, GapScope, GroupKind, GroupResult
from tests.factories.reports import context, finding, plain_text
from tests.factories.results import campaign, comparison, gap

SIZES = [(), (0,), (1,), (9,), (27,), (62, 48, 45, 24, 9), (0, 1, 30)]


def every_document() -> list[ReportDocument]:
    documents = []
    for kind in ResultKind:
        for sizes in SIZES:
            result = campaign(kind, sizes=sizes)
            documents.append(campaign_report(result, context()))
            documents += [school_report(result, n, context()) for n in range(1, len(sizes) + 1)]
    return documents


DOCUMENTS = every_document()


def blocks(document: ReportDocument) -> tuple[Block, ...]:
    return (*document.blocks, *document.annexes)


def test_no_sentence_without_grounds() -> None:
    rules = load_rulebook().rules
    for document in DOCUMENTS:
        for block in blocks(document):
            if isinstance(block, Paragraph | BulletList):
                assert block.grounds, block.key
                assert {ground.rule for ground in block.grounds} <= set(rules)
            if isinstance(block, BulletList):
                assert len(block.grounds) == len(block.entries)


def test_keys_are_unique_and_headings_are_not_alone() -> None:
    for document in DOCUMENTS:
        everything = blocks(document)
        keys = [block.key for block in everything]
        assert len(keys) == len(set(keys))
        for block, following in zip(everything, (*everything[1:], None), strict=True):
            if isinstance(block, Heading):
                assert following is not None
                assert not isinstance(following, Heading) or following.level > block.level


def test_tables_are_whole() -> None:
    for document in DOCUMENTS:
        for block in blocks(document):
            tables = [block] if isinstance(block, Table) else [block.table] if isinstance(block, Chart) else []
            for table in tables:
                assert table is not None
                assert {len(row) for row in table.rows} <= {len(table.columns)}
                if table.header_groups:
                    assert sum(span for _, span in table.header_groups) == len(table.columns)


def test_the_text_is_clean_russian() -> None:
    for document in DOCUMENTS:
        text = plain_text(document)
        assert not re.search(r"[{}]|None|nan|  |\.\.|рейтинг школ|нарушен|необъектив|[a-z]{4,}", text)


def test_few_participants_are_said_to_be_too_few() -> None:
    for size in (0, 1, 9):
        assert "данных недостаточно" in plain_text(campaign_report(campaign(sizes=(size,)), context())).casefold()


def test_the_same_result_gives_the_same_document() -> None:
    assert campaign_report(campaign(), context()) == campaign_report(campaign(), context())


def test_a_school_sees_itself_and_totals_only() -> None:
    result = campaign(
        gaps=(gap(GapScope.ORGANIZATION, organization=3), gap(GapScope.MUNICIPALITY)),
        findings=(finding("low_results_school", 2), finding("high_quality", 3, severity="strength")),
    )
    text = plain_text(school_report(result, 1, context()))
    assert "СОШ № 1" in text
    assert not re.search(r"СОШ № [2345]", text)


def test_an_unknown_school_is_refused() -> None:
    with pytest.raises(LookupError, match="organization 77"):
        school_report(campaign(), 77, context())


def test_the_public_report_names_no_organization() -> None:
    result = campaign(
        gaps=(gap(GapScope.ORGANIZATION, organization=3), gap(GapScope.CLASS, organization=3, class_group="А")),
        findings=(finding("low_results_school", 2), finding("journal_inflation", 3), finding("low_share_two", n=188)),
    )
    text = plain_text(campaign_report(result, context(is_internal=False, problems=("файл СОШ № 3.xlsx не прочитан",))))
    assert "СОШ" not in text
    assert "Доля отметок «2» невысока" in text


def test_a_small_school_has_no_public_report_of_figures() -> None:
    document = school_report(campaign(), 5, context(is_internal=False))
    assert [type(block) for block in blocks(document)] == [Heading, Paragraph]
    assert "не публикуются" in plain_text(document)


def test_organizations_of_a_national_test_stand_in_the_order_of_names() -> None:
    names = {n: replace(context().organizations[1], short=f"СОШ № {12 - n}") for n in range(1, 6)}
    document = campaign_report(campaign(), context(organizations=names))
    table = next(block for block in document.blocks if block.key == "achievement.table")
    assert isinstance(table, Table)
    labels = [str(row[0]) for row in table.rows[1:]]
    assert labels == ["СОШ № 7*", "СОШ № 8", "СОШ № 9", "СОШ № 10", "СОШ № 11"]
    assert "места и рейтинги не определяются" in plain_text(document)


def test_an_exam_is_not_told_to_be_unfit_for_evaluation() -> None:
    assert "рейтинги" not in plain_text(campaign_report(campaign(ResultKind.TEST_SCORE), context()))


def test_findings_of_several_schools_make_one_sentence() -> None:
    result = campaign(findings=(finding("journal_inflation", 3), finding("journal_inflation", 2)))
    text = plain_text(campaign_report(result, context())).replace("\u00a0", " ")
    assert "Отметки за работу заметно чаще ниже журнальных в 2 организациях: СОШ № 2 (42 %) и СОШ № 3 (42 %)." in text


def test_proposals_name_the_organizations_they_are_for() -> None:
    result = campaign(findings=(finding("low_results_school", 2), finding("low_results_school", 4)))
    text = plain_text(campaign_report(result, context()))
    assert "согласовать планы мер с организациями: СОШ № 2 и СОШ № 4" in text
    own = plain_text(school_report(result, 2, context()))
    assert "Разработать план повышения результатов" in own
    assert "СОШ № 4" not in own


def test_years_that_cannot_be_compared_say_why() -> None:
    text = plain_text(campaign_report(campaign(comparisons=(comparison(is_comparable=False),)), context()))
    assert "Сравнение с 2025 годом не проводится: изменился максимальный первичный балл: 12 и 10." in text


def test_an_unconfirmed_scale_is_said_so() -> None:
    assert "шкала не подтверждена" in plain_text(campaign_report(campaign(), context()))
    confirmed = plain_text(campaign_report(campaign(), context(is_scale_confirmed=True, scale_source="приказ № 1")))
    assert "не подтверждена" not in confirmed
    assert "по шкале: приказ № 1" in confirmed


def test_references_are_compared_beyond_chance_only() -> None:
    region = replace(
        campaign(seed=9).whole, group=replace(campaign().whole.group, kind=GroupKind.REFERENCE, label="region")
    )
    text = plain_text(campaign_report(campaign(references=(region,)), context(reference_names={"region": "Регион"})))
    assert "Регион" in text
    assert "статистически не отличается" in text or "показателя для сравнения на" in text


def test_problems_of_files_are_listed_inside() -> None:
    text = plain_text(campaign_report(campaign(), context(problems=("балл 7 больше максимума.",))))
    assert "сделано 1 замечание:\n- Балл 7 больше максимума." in text.replace("\u00a0", " ")


def test_a_region_is_told_without_endless_lists() -> None:
    findings = tuple(finding("journal_inflation", n) for n in range(1, 46))
    result = campaign(ResultKind.MARKS, sizes=(12,) * 45, findings=findings)
    document = campaign_report(result, context())
    text = plain_text(document).replace("\u00a0", " ")
    assert "Организаций много (45)" in text
    assert "СОШ № 10 (42 %) и ещё 35" in text
    rows = {block.key: len(block.rows) for block in blocks(document) if isinstance(block, Table)}
    assert "marks.table" not in rows  # one row says no more than its sentence
    assert "achievement.table" not in rows
    assert rows["annex_organizations.table"] == 45


def only_marks(group: GroupResult) -> GroupResult:
    """What a summary report of marks lets know: neither scores nor items."""
    nothing = Estimate(None)
    return replace(
        group, max_raw_score=0, mean_raw_score=nothing, mean_percent=nothing, raw_score_distribution=(), quantiles={},
        items=(), elements=(), journal=None, band=None,
    )  # fmt: skip


def test_a_campaign_known_by_its_marks_only_has_a_report() -> None:
    full = campaign()
    result = replace(
        full,
        whole=only_marks(full.whole),
        organizations=tuple(map(only_marks, full.organizations)),
        classes=(),
        alpha=None,
        findings=(finding("low_results_school", 2, mean_percent=None, municipality_mean_percent=None),),
    )
    text = plain_text(campaign_report(result, context()))
    assert "Успеваемость" in text
    assert "Баллов за отдельные задания в исходных данных нет" in text
    assert not re.search(r"из 0|максимум – 0|None", text)
    assert plain_text(school_report(result, 2, context()))
