"""Definitions are complete, typed and agree with the vocabulary of the readers."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from intake.contracts import Procedure
from msoko.foundation.catalog.levels import level_order
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.catalog.procedures import Mandate, Purpose, Regime, Repeats, procedure, procedures
from msoko.foundation.catalog.scales import _scales, scale_for, scales_for
from qualimetry.frames.blueprint import ResultKind


def test_every_procedure_that_a_reader_names_is_in_the_catalogue():
    assert set(Procedure) <= set(procedures())


def test_ranking_by_vpr_is_refused_with_the_norm():
    vpr = procedures()["VPR"]
    ban = vpr.ban_on(Purpose.ORGANIZATION_RANKING)
    assert ban is not None
    assert "не могут быть использованы для оценки деятельности" in ban.norm
    assert "пункт 5" in ban.source
    assert not vpr.allows(Purpose.ORGANIZATION_RANKING)
    assert "result" not in vpr.organization_order


def test_classification_covers_both_regimes_and_mandates():
    kinds = {(one.regime, one.mandate) for one in procedures().values()}
    assert {regime for regime, _ in kinds} == set(Regime)
    assert {mandate for _, mandate in kinds} == set(Mandate)


@pytest.mark.parametrize(
    ("procedure_id", "kind", "repeats"),
    [
        ("VPR", ResultKind.MARKS, Repeats.DUPLICATE),
        ("OGE", ResultKind.MARKS, Repeats.ATTEMPT),
        ("EGE", ResultKind.TEST_SCORE, Repeats.ATTEMPT),
        ("GVE", ResultKind.PASS_FAIL, Repeats.ATTEMPT),
        ("NIKO", ResultKind.LEVELS, Repeats.DUPLICATE),
        ("BASELINE", ResultKind.LEVELS, Repeats.DUPLICATE),
    ],
)
def test_kinds_of_result(procedure_id: str, kind: ResultKind, repeats: Repeats):
    definition = procedure(procedure_id)
    assert definition is not None
    assert (definition.result_kind, definition.repeats) == (kind, repeats)


def test_every_definition_names_its_author_and_review():
    assert all(one.author and one.reviewed_on.year >= 2026 and one.act for one in procedures().values())


@pytest.mark.parametrize(
    ("work", "lowest"),
    [
        (("VPR", "Математика", 4, 2021, 20), (6, 10, 15)),
        (("VPR", "Математика", 8, 2020, 25), (8, 15, 21)),
        (("VPR", "Русский язык", 5, 2022, 45), (18, 29, 39)),
        (("VPR", "Химия", 11, 2021, 33), (11, 20, 28)),
        (("VPR", "Русский язык", 4, 2026, 24), (10, 16, 21)),
        (("OGE", "Математика", 9, 2026, 31), (8, 15, 22)),
        (("GVE", "Математика", 9, 2026, 12), (4, 7, 10)),
        (("GVE", "Математика", 9, 2026, 10), (3, 6, 9)),
        (("EGE", "Математика базовая", 11, 2025, 21), (7, 12, 17)),
    ],
)
def test_published_boundaries(work: tuple[str, str, int, int, int], lowest: tuple[int, int, int]):
    scale = scale_for(*work)
    assert scale is not None
    assert scale.lowest == lowest


@pytest.mark.parametrize(
    "work",
    [
        ("VPR", "Математика", 4, 2019, 20),  # another year
        ("VPR", "Математика", 4, 2021, 18),  # another maximum
        ("VPR", "Русский язык", 4, 2025, 38),
        ("GVE", "Математика", 9, 2026, 13),
        ("GVE", "Математика", 9, 2026, None),  # three forms: no choice without the maximum
        ("VPR", "Математика", None, 2021, 20),
    ],
)
def test_no_scale_is_guessed(work: tuple[str, str, int | None, int, int | None]):
    assert scale_for(*work) is None


def test_minima_of_test_scores():
    minima = {s: scales_for("EGE", s, 11, 2026)[0].test_score_minimum for s in ("Русский язык", "Обществознание")}
    assert minima == {"Русский язык": 24, "Обществознание": 42}


def test_unverified_scales_say_so():
    assert {scale.procedure for scale in _scales() if scale.is_verified} == {"VPR", "EGE", "GVE"}


def test_boundaries_rise_and_fit_the_maximum():
    for scale in _scales():
        if scale.lowest is not None:
            assert sorted(set(scale.lowest)) == list(scale.lowest)
            assert scale.max_score is None or scale.lowest[-1] <= scale.max_score
        assert scale.source


def test_subjects_of_scales_are_canonical():
    table = tomllib.loads(files("definitions").joinpath("subjects.toml").read_text(encoding="utf-8"))
    assert {scale.subject for scale in _scales()} <= {subject["name"] for subject in table["subject"]}


def test_levels_of_an_unknown_set_stand_by_alphabet():
    assert level_order(["Зелёный", "Алый"]) == (("Алый", "Зелёный"), False)
    assert level_order(["ВЫСОКИЙ", "пониженный уровень"]) == (("пониженный уровень", "ВЫСОКИЙ"), True)


def test_policy_of_the_analysis():
    assert 0.9 <= analysis_policy().confidence < 1
