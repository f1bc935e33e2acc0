"""A plan as a file in the official form: what was exported is read back to the same plan."""

from __future__ import annotations

import pytest

from intake.plans import read_plan
from msoko.cycle.planning.api import (
    Plan,
    accept_plan_import,
    activities_of,
    differences_of,
    open_plan_import,
    plan_paper,
    preview_of,
)
from msoko.foundation.catalog.plans import plan_vocabulary
from msoko.foundation.documents.official_table import official_docx, official_xlsx
from tests.factories.orgs import Place, place, system_act

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = """Перечень сокращений:
УО – управление образования
ИМЦ – информационно-методический центр

№\tМероприятие\tСрок\tОтветственные\tРезультат
1. Организация
1.1. Показатели
1.1.1\tУтверждение показателей на учебный год\tсентябрь, январь\tУО, ИМЦ\tПриказ, Аналитическая справка
1.1.2\tКонсультации; разбор вопросов (по темам)\tпо запросу\tИМЦ\tЖурнал
2. Результаты
2.1\tОтчёт о самообследовании\tдо 20 апреля\tобщеобразовательные организации\tОтчёт
2.3\tОтчёт, доклад и справка: итоги года\tиюнь - июль\tУО\tДоклад на совещании
\tСовещание без номера\tежеквартально\tУО\tПротокол
"""


@pytest.fixture
def area() -> Place:
    return place(schools=2)


def _plan(area: Place) -> Plan:
    session = open_plan_import(
        system_act(), owner=area.municipality, file_name="план.txt", data=TABLE.encode(), start_year=2026, title="План"
    )
    session.refresh_from_db()
    return accept_plan_import(system_act(), session=session, version=session.version)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_exported_plan_comes_back_without_a_difference(area: Place, kind: str) -> None:
    plan = _plan(area)
    paper = plan_paper(plan, list(activities_of(plan)))
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, "План")
    session = open_plan_import(
        system_act(), owner=area.municipality, file_name=f"план.{kind}", data=data, start_year=2026, plan=plan
    )
    session.refresh_from_db()
    found = differences_of(session, preview_of(session))
    assert [(one.row.title, one.changes) for one in found.rows if one.changes] == []
    assert (found.added, found.removed, found.asked) == ([], (), [])
    assert session.reading["abbreviations"] == plan.abbreviations


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_sections_and_cells_of_the_paper_are_those_of_the_plan(area: Place, kind: str) -> None:
    plan = _plan(area)
    paper = plan_paper(plan, list(activities_of(plan)))
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, "План")
    read = read_plan(f"план.{kind}", data, vocabulary=plan_vocabulary())
    rows = [([title for _, title in row.section_path], row.number, row.title, row.terms_raw) for row in read.activities]
    assert rows == [
        (["Организация", "Показатели"], "1.1.1", "Утверждение показателей на учебный год", "сентябрь, январь"),
        (["Организация", "Показатели"], "1.1.2", "Консультации; разбор вопросов (по темам)", "по запросу"),
        (["Результаты"], "2.1", "Отчёт о самообследовании", "до 20 апреля"),
        (["Результаты"], "2.3", "Отчёт, доклад и справка: итоги года", "июнь - июль"),
        (["Результаты"], "", "Совещание без номера", "ежеквартально"),
    ]
