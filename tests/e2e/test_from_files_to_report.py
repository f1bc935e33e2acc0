"""The first two minutes of a newcomer: sign in, drop a file, accept, look at the results, take the Word report."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from msoko.cli.demo.organizations import Tree, build_tree
from msoko.cli.demo.people import build_accounts
from msoko.foundation.access.api import Role, User
from msoko.foundation.documents.result_files.demo_class_works import write_class_work
from msoko.foundation.kernel.acts import Act, SystemActor
from qualimetry.synthetic import SyntheticCampaign, build_municipality, campaigns

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]
WORK = "VPR-MA6-2026"


@pytest.fixture
def municipality() -> tuple[Tree, dict[Role, User]]:
    source = build_municipality()
    tree = build_tree(source)
    return tree, build_accounts(Act(SystemActor(), timezone.now()), source, tree)


@pytest.fixture
def work(tmp_path: Path) -> tuple[SyntheticCampaign, list[Path]]:
    source = build_municipality()
    campaign = next(one for one in campaigns(source) if one.key == WORK)
    files = write_class_work(tmp_path, source, campaign)
    return campaign, [file.path for file in files]


def test_a_newcomer_gets_from_files_to_a_word_report(
    municipality: tuple[Tree, dict[Role, User]], work: tuple[SyntheticCampaign, list[Path]], open_as: OpenAs
) -> None:
    _, accounts = municipality
    campaign, files = work
    page = open_as(accounts[Role.SPECIALIST], "/")

    page.get_by_role("navigation").get_by_role("link", name="Данные").click()
    page.set_input_files("input[name=files]", files)
    page.get_by_role("button", name="Принять").click(timeout=60_000)
    expect(page.get_by_role("heading", name="Принятые результаты")).to_be_visible(timeout=60_000)

    page.get_by_role("navigation").get_by_role("link", name="Анализ").click()
    page.get_by_role("link", name="ВПР 2026, Математика, 6 класс").first.click()
    expect(page.locator("body")).to_contain_text(f"{campaign.participants} ")
    expect(page.locator("figure svg, figure canvas").first).to_be_visible()

    page.get_by_role("link", name="Справка").last.click()
    page.get_by_role("button", name="Сформировать справку").click()
    expect(page.get_by_role("heading", name="Выводы").first).to_be_visible(timeout=30_000)
    with page.expect_download(timeout=60_000) as awaited:
        page.locator("summary", has_text="Черновик").click()
        page.get_by_role("link", name="Word").click()
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(_bytes(awaited.value.path()))).paragraphs)
    assert "математике" in text
    assert f"{dt.date(2026, 1, 1).year}" in text


def test_a_school_sees_itself_and_the_totals_only(
    municipality: tuple[Tree, dict[Role, User]], work: tuple[SyntheticCampaign, list[Path]], open_as: OpenAs
) -> None:
    tree, accounts = municipality
    page = open_as(accounts[Role.SPECIALIST], "/collection/")
    page.set_input_files("input[name=files]", work[1])
    page.get_by_role("button", name="Принять").click(timeout=60_000)
    expect(page.get_by_role("heading", name="Принятые результаты")).to_be_visible(timeout=60_000)

    own, foreign = tree.by_key[3], tree.by_key[7]
    school = open_as(accounts[Role.SCHOOL_COORDINATOR], "/analysis/")
    school.get_by_role("link", name="ВПР 2026, Математика, 6 класс").first.click()
    expect(school.locator("body")).to_contain_text(own.short_name)
    expect(school.locator("body")).not_to_contain_text(foreign.short_name)


def _bytes(path: str | Path | None) -> bytes:
    assert path is not None
    return Path(path).read_bytes()
