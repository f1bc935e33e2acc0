"""Any municipality gives a report whose numerals and nouns agree and whose figures stand in the tables."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.report import campaign_report
from tests.factories.reports import context, plain_text
from tests.factories.results import campaign

sizes = st.lists(st.integers(0, 60), max_size=4).map(tuple)
NOMINATIVE = {"one": "участник", "few": "участника", "many": "участников"}


def numeral(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


@settings(max_examples=40, deadline=None)
@given(sizes=sizes, kind=st.sampled_from(ResultKind), seed=st.integers(1, 99))
def test_a_report_is_whole_for_any_sizes(sizes: tuple[int, ...], kind: ResultKind, seed: int) -> None:
    result = campaign(kind, sizes=sizes, seed=seed)
    text = plain_text(campaign_report(result, context()))
    assert not re.search(r"[{}\[\]]\[|None|nan|inf", text)
    assert f"{result.whole.participants}".replace(",", "") in text.replace("\u00a0", "") or not sum(sizes)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 250))
def test_participants_agree_with_their_number(n: int) -> None:
    text = plain_text(campaign_report(campaign(ResultKind.POINTS, sizes=(n,)), context())).replace("\u00a0", " ")
    summary = re.search(rf"средний процент выполнения работы – [\d,]+ % \({n} (\w+)\)", text, re.IGNORECASE)
    if n >= 10:
        assert summary is not None
        assert summary[1] == NOMINATIVE[numeral(n)]
    verb = re.search(rf"Работу (\w+) {n} (\w+) из 1 образовательной организации", text)
    assert verb is not None
    assert (verb[1], verb[2]) == (("выполнил", "обучающийся") if numeral(n) == "one" else ("выполнили", "обучающихся"))
