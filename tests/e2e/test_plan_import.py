"""A plan comes from a file or from the clipboard in a browser: corrected, asked about, accepted, loaded again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import Activity, Assignment, Plan, PlanImport, activities_of, start_task
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from tests.e2e.pages_in_chromium import faults, tab_to
from tests.factories import orgs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]
PICTURES = os.environ.get("MSOKO_PICTURES", "")

HEADER = "№\tМероприятие\tСрок\tОтветственные\tРезультат"
FIRST = (HEADER, "1. Оценка качества подготовки", "1.1\tАнализ результатов ГИА\tсентябрь\tУО\tСправка",
         "1.2\tСовместный рейд\tпосле обсуждения\tЦДОД\tАкт", "1.3\tСбор сведений\tоктябрь\tЦДОД\tОтчёт")  # fmt: skip
SECOND = (HEADER, "1. Оценка качества подготовки", "1.2\tАнализ результатов ГИА\tдо 20 сентября\tУО\tСправка",
          "1.3\tСбор сведений\tоктябрь\tЦДОД\tОтчёт", "1.4\tСовещание координаторов\tноябрь\tУО\tПротокол")  # fmt: skip
#: what Word puts into the clipboard: two rows share one term, a section is merged over all columns
OF_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0} --></style></head>
<body lang=RU><!--StartFragment--><table class=MsoTableGrid border=1>
<tr><td><p class=MsoNormal>№<o:p></o:p></p></td><td><p>Мероприятие</p></td><td><p>Срок</p></td>
<td><p>Ответственные</p></td></tr>
<tr><td colspan=4><p class=MsoNormal><b>I. Подготовка<o:p></o:p></b></p></td></tr>
<tr><td><p><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]></p></td>
<td><p style='margin:0'>Приказ<o:p></o:p></p></td>
<td rowspan=2><p>сентябрь</p></td><td><p>УО</p></td></tr>
<tr><td><p>2.</p></td><td><p>Сбор данных</p></td><td><p>УО</p></td></tr>
</table><!--EndFragment--></body></html>"""
PLAIN = "№\tМероприятие\tСрок\tОтветственные\nI. Подготовка\n1.\tПриказ\tсентябрь\tУО\n2.\tСбор данных\t\tУО"


def _picture(page: Page, name: str) -> None:
    for width in (1440, 390) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def _copy(page: Page, html: str, text: str) -> None:
    """Put a table into the clipboard of the browser, as another program does."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # another page: the browser cleans what a script copies, and the policy of the page would complain of its styles
    other = page.context.new_page()
    other.goto(page.url)
    other.bring_to_front()
    other.evaluate(
        """async ([html, text]) => {
          const blob = (kind, content) => new Blob([content], { type: kind });
          const item = { "text/html": blob("text/html", html), "text/plain": blob("text/plain", text) };
          await navigator.clipboard.write([new ClipboardItem(item)]);
        }""",
        [html, text],
    )
    other.close()
    page.bring_to_front()


def _load(page: Page, path: Path) -> PlanImport:
    """Choose the file, send it, let the worker read it; the page of the preview is open."""
    page.set_input_files("input[name=file]", path)
    expect(page.get_by_text(path.name)).to_be_visible()
    page.get_by_label("Первый год").fill("2026")
    page.get_by_role("button", name="Прочитать план").click()
    page.wait_for_url("**/imports/*/")
    run_all()
    page.reload()
    return PlanImport.objects.latest("pk")


def test_a_table_copied_from_word_keeps_its_merged_cells(open_as: OpenAs) -> None:
    place = orgs.place(1)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:imports"))
    _copy(page, OF_WORD, PLAIN)
    page.get_by_text("Вставить таблицу из Word").press("Enter")
    tab_to(page, page.get_by_label("Скопированная таблица"))
    page.keyboard.press("Control+V")
    expect(page.get_by_role("status").filter(has_text="Вставлена таблица: 4 строки, 4 столбца.")).to_be_visible()
    _picture(page, "import-pasted")
    page.get_by_label("Первый год").fill("2026")
    page.get_by_role("button", name="Прочитать план").click()
    page.wait_for_url("**/imports/*/")
    run_all()
    rows = PlanImport.objects.get().reading["activities"]
    assert [(row["number"], row["title"], row["terms_raw"]) for row in rows] == [
        ("1.", "Приказ", "сентябрь"),
        ("2.", "Сбор данных", "сентябрь"),
    ]
    assert rows[0]["section_path"] == [{"number": "I.", "title": "Подготовка"}]


def test_typing_after_the_paste_wins_over_the_markup(open_as: OpenAs) -> None:
    place = orgs.place(1)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:imports"))
    _copy(page, OF_WORD, PLAIN)
    page.get_by_text("Вставить таблицу из Word").click()
    field = page.get_by_label("Скопированная таблица")
    field.press("Control+V")
    expect(page.get_by_role("status").filter(has_text="Вставлена таблица")).to_be_visible()
    field.press("End")
    page.keyboard.type(" и школы")
    expect(page.get_by_role("status").filter(has_text="Текст изменён")).to_be_visible()
    assert page.locator("#table-html").input_value() == ""


def test_a_plan_is_corrected_accepted_and_loaded_again(open_as: OpenAs, tmp_path: Path) -> None:
    place = orgs.place(1)
    specialist = orgs.account(Role.SPECIALIST, place.authority)
    first, second = tmp_path / "План.txt", tmp_path / "План с правками.txt"
    first.write_text("\n".join(FIRST), encoding="utf-8")
    second.write_text("\n".join(SECOND), encoding="utf-8")
    page = open_as(specialist, reverse("office:planning:imports"))
    _load(page, first)
    page.get_by_label("Что значит «ЦДОД»?").fill("Центр дополнительного образования детей")
    page.get_by_role("button", name="Ответить").first.click()
    expect(page.get_by_label("Что значит «ЦДОД»?")).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="Совместный рейд")
    row.get_by_role("button", name="Исправить").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Срок").fill("до 20 октября")
    expect(dialog.get_by_text("20.10.2026")).to_be_visible()
    dialog.get_by_role("button", name="Сохранить").click()
    expect(row.get_by_text("20.10.2026")).to_be_visible()
    _picture(page, "import-preview")
    found = faults(page, page.url.partition("#")[0])
    _accept(page)
    plan = Plan.objects.get()
    kept = activities_of(plan)[0]
    task = Assignment.objects.filter(occurrence__activity=kept).first()
    if task is not None:
        start_task(orgs.act_by(specialist), assignment=task)
    page.goto(f"{_site(page)}{reverse('office:planning:imports')}?plan={plan.pk}")
    _load(page, second)
    expect(page.get_by_role("heading", name="Отличия от плана")).to_be_visible()
    expect(page.get_by_text("Будут исключены (история сохранится): 1")).to_be_visible()
    _picture(page, "import-differences")
    found += faults(page, page.url)
    _accept(page)
    after = {one.title: one for one in Activity.objects.filter(plan=plan)}
    assert after["Анализ результатов ГИА"].pk == kept.pk
    assert (after["Анализ результатов ГИА"].number, after["Анализ результатов ГИА"].terms_text) == (
        "1.2",
        "до 20 сентября",
    )
    assert after["Совместный рейд"].dropped_at is not None
    if task is not None:
        assert Assignment.objects.get(pk=task.pk).started_at is not None
    assert found == []


def test_the_roadmap_of_a_district_comes_through_the_page(open_as: OpenAs, samples: Path) -> None:
    place = orgs.place(1)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:imports"))
    session = _load(page, samples.parent / "seeds" / "order-livny-regulation-roadmap.txt")
    assert len(session.reading["activities"]) == 67
    expect(page.get_by_text("67 строк,")).to_be_visible()
    _picture(page, "import-roadmap")
    found = faults(page, page.url)
    _accept(page)
    assert len(activities_of(Plan.objects.get())) == 67
    found += faults(page, page.url)
    _picture(page, "roadmap")
    assert found == []


def _accept(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Принять план").click()
    dialog = page.get_by_role("dialog")
    if not dialog.get_by_label("Название плана").input_value():
        dialog.get_by_label("Название плана").fill("План-график")
    dialog.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url("**/planning/*/")
    run_all()


def _site(page: Page) -> str:
    scheme, _, rest = page.url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0]}"
