"""Title page: authority, grif of approval, kind, title, and place with year at the foot of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msoko.foundation.documents.layout import foot_of, prepare
from msoko.foundation.documents.word.markup import paragraph, run, w
from msoko.foundation.documents.word.styles import APPROVAL, TITLE_LINE
from qualimetry.narrative.blocks import TitlePage

#: twips before the kind of the document
_HIGH, _LOW = 1700, 3600
_TEXT_WIDTH = 9639


def title_elements(page: TitlePage, ids: Mapping[str, str]) -> list[Any]:
    """Paragraphs of the page, without a break after it."""
    lines = [paragraph(ids[TITLE_LINE], run(prepare(page.authority)))]
    if page.approved_by:
        lines += _approval(page.approved_by, ids[APPROVAL])
    before = w("spacing", before=_HIGH if page.approved_by else _LOW)
    kind = prepare(page.kind).upper()
    lines.append(paragraph(ids["Title"], run(kind), properties=[before]))
    lines.append(paragraph(ids["Subtitle"], run(prepare(page.title))))
    if page.basis:
        lines.append(paragraph(ids[TITLE_LINE], run(prepare(page.basis)), properties=[w("spacing", before=240)]))
    if page.prepared_by:
        lines.append(_prepared(page.prepared_by, ids[APPROVAL]))
    lines += [_foot(page, ids[TITLE_LINE]), paragraph(ids[TITLE_LINE])]  # a frame belongs to the page of what follows
    return lines


def _approval(approved_by: str, style: str) -> list[Any]:
    head = paragraph(style, run("УТВЕРЖДАЮ"), properties=[w("spacing", before=700)])
    return [head, *(paragraph(style, run(line)) for line in prepare(approved_by).split("\n"))]


def _prepared(prepared_by: str, style: str) -> Any:
    return paragraph(style, run(f"Подготовлено:\n{prepare(prepared_by)}"), properties=[w("spacing", before=900)])


def _foot(page: TitlePage, style: str) -> Any:
    """A frame holds the line at the lower margin however long the title is."""
    frame = w(
        "framePr",
        w=9639,
        hSpace=0,
        wrap="notBeside",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="center",
        yAlign="bottom",
    )
    return paragraph(style, run(foot_of(page)), properties=[frame])
