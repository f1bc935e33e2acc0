"""The blank of an organization: what it changes on papers, what it refuses."""

from __future__ import annotations

import base64
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from msoko.cycle.regulations.api import BlankEntry, blank_of, keep_blank, paper_of
from msoko.foundation.access.api import Role
from msoko.foundation.documents.pdf.official_paper import paper_pdf
from msoko.foundation.documents.word.official_paper import paper_docx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_papers_are_printed_on_the_blank_that_was_set_on_the_page() -> None:
    place = orgs.place(1)
    client = client_of(orgs.account(Role.AUTHORITY_HEAD, place.authority))
    url = reverse("office:regulations:blank")
    assert "не сверен" in text_of(client.get(url))
    data = {"owner": place.municipality.pk, "top_lines": "АДМИНИСТРАЦИЯ", "requisites": "ОКПО 0001", "left": "25",
            "left_long": "35", "spacing": "1,5", "emblem": SimpleUploadedFile("герб.png", PNG)}  # fmt: skip
    assert "Бланк сохранён" in text_of(client.post(url, data, follow=True))
    paper = paper_of(papers.drawn(place.municipality))
    assert (paper.top, paper.requisites, paper.emblem) == (("АДМИНИСТРАЦИЯ",), ("ОКПО 0001",), PNG)
    document = docx.Document(io.BytesIO(paper_docx(paper)))
    assert round(document.sections[0].left_margin.mm) == 35
    assert len(document.inline_shapes) == 1
    assert paper_pdf(paper).startswith(b"%PDF")
    assert blank_of(place.schools[0]) is None


@pytest.mark.parametrize(
    ("values", "emblem", "message"),
    [({"left": 5.0}, b"", "вне пределов"), ({}, b"GIF89a", "PNG или JPEG"), ({}, PNG[:40], "повреждён"),
     ({}, b"\x89PNG\r\n\x1a\n" + b"0" * 600_000, "PNG или JPEG")],
)  # fmt: skip
def test_a_wrong_blank_is_refused(values: dict[str, float], emblem: bytes, message: str) -> None:
    place = orgs.place(1)
    with pytest.raises(RefusedError, match=message):
        keep_blank(orgs.system_act(), owner=place.municipality, entry=BlankEntry(look=values), emblem=emblem)
    assert blank_of(place.municipality) is None


def test_a_school_does_not_set_the_blank_of_the_municipality() -> None:
    place = orgs.place(1)
    head = orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    with pytest.raises(ForbiddenError):
        keep_blank(head, owner=place.municipality, entry=BlankEntry(top_lines="Чужое"))
