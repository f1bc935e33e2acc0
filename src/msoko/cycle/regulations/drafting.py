"""Drafts of official papers: drawn up from facts, edited, drawn up anew under a person's words, signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from msoko.cycle.regulations.composing import FIELDS, compose, kind_of, merged
from msoko.cycle.regulations.draft_queries import bases_of_lines
from msoko.cycle.regulations.lifecycle import register_document
from msoko.cycle.regulations.models import OfficialDraft, RegisteredDocument
from msoko.cycle.regulations.paper import paper_of
from msoko.cycle.regulations.registering import (
    BasisEntry,
    DocumentEntry,
    add_document,
    attach_file,
    change_document,
    record_document,
    set_bases,
)
from msoko.cycle.regulations.rules import OPEN
from msoko.cycle.regulations.word_forms import declining, words_of
from msoko.foundation.access.api import Permission, require, scope_for
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.documents.files import file_name
from msoko.foundation.documents.official_paper import text_of_paper
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

_LONGEST, _MOST = 5000, 200


@transaction.atomic
def create_draft(act: Act, *, owner: Organization, template: str, facts: dict[str, Any]) -> OfficialDraft:
    """A draft of the register with a text drawn up from facts.

    Raises:
        RefusedError: of an unknown template, without what the heading needs.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    found = draft_templates().get(template)
    if found is None:
        raise RefusedError("Такого шаблона нет.", "Выберите шаблон из списка.")
    text = _composed(owner, template, facts)
    bases = bases_of_lines(scope_for(act), facts.get("bases", []))
    kind = kind_of(found, facts)
    document = add_document(act, owner=owner, entry=DocumentEntry(kind, _title(kind, text["heading"]), bases=bases))
    return OfficialDraft.objects.create(
        document=document, template=template, facts=facts, generated=text, content=text, changed_at=act.at,
        changed_by=act.actor.actor_label,
    )  # fmt: skip


@transaction.atomic
def save_text(act: Act, *, draft: OfficialDraft, content: dict[str, Any]) -> OfficialDraft:
    """Keep the text as a person has written it."""
    draft = _open(act, draft)
    draft.content = _checked(content)
    return _kept(act, draft, "regulations.draft.edited")


@transaction.atomic
def redraw(act: Act, *, draft: OfficialDraft, facts: dict[str, Any] | None = None) -> OfficialDraft:
    """Draw the text up anew from other facts or other forms of words; what a person has written stays."""
    draft = _open(act, draft)
    facts = draft.facts if facts is None else facts
    text = _composed(draft.document.owner, draft.template, facts)
    draft.content = merged(draft.content, draft.generated, text)
    kind = kind_of(draft_templates()[draft.template], facts)
    if kind != draft.document.kind:
        change_document(act, document=draft.document, values={"kind": kind})
        draft.document.refresh_from_db()
    _add_bases(act, draft, facts.get("bases", []))
    draft.facts, draft.generated = facts, text
    return _kept(act, draft, "regulations.draft.redrawn")


@transaction.atomic
def drop_changes(act: Act, *, draft: OfficialDraft) -> OfficialDraft:
    """Put the text of the template in the place of a person's changes."""
    draft = _open(act, draft)
    draft.content = draft.generated
    return _kept(act, draft, "regulations.draft.reset")


@transaction.atomic
def sign_draft(
    act: Act, *, draft: OfficialDraft, number: str, signed_on: dt.date, in_force_from: dt.date | None = None
) -> RegisteredDocument:
    """Register a signed paper: the Word file with its number and date is attached, then the document is registered."""
    require(act, Permission.APPROVE_DOCUMENTS, draft.document.owner)
    draft = _open(act, draft)
    document = draft.document
    number = " ".join(number.split())[:60]
    from msoko.foundation.documents.word.official_paper import paper_docx  # noqa: PLC0415 -- slow import

    paper = paper_of(draft, number=number, signed_on=signed_on)
    title = file_name(f"{kind_title(document.kind)} {number.replace('/', '-')} {document.title[:80]}", ".docx")
    attach_file(act, document=document, name=title, data=paper_docx(paper))
    change_document(act, document=document, values={"text": text_of_paper(paper)})
    return register_document(
        act, document=document, number=number, signed_on=signed_on, in_force_from=in_force_from
    )  # fmt: skip


def _open(act: Act, draft: OfficialDraft) -> OfficialDraft:
    require(act, Permission.EDIT_DOCUMENTS, draft.document.owner)
    rows = OfficialDraft.objects.select_for_update(of=("self",)).select_related("document__owner")
    found = rows.get(pk=draft.pk)
    if found.document.status not in OPEN:
        raise RefusedError(
            "Документ зарегистрирован: его текст не меняется.", "Верните его в проекты или создайте новую редакцию."
        )
    return found


def _add_bases(act: Act, draft: OfficialDraft, lines: list[str]) -> None:
    """Acts that the new preamble names beside those that the document rests on; none is taken away."""
    have = [BasisEntry(row.base, row.norm, row.words) for row in draft.document.bases.select_related("base")]
    fresh = [one for one in bases_of_lines(scope_for(act), lines) if one not in have and one.base != draft.document]
    if fresh:
        set_bases(act, document=draft.document, bases=[*have, *fresh])


def _composed(owner: Organization, template: str, facts: dict[str, Any]) -> dict[str, Any]:
    decline = declining(owner, {words for words, _, is_name in words_of(facts) if is_name})
    text = compose(draft_templates()[template], facts, decline)
    if not facts.get("subject_title"):
        raise RefusedError("Не указано, о чём документ.", "Выберите план или процедуру либо впишите название.")
    return text


def _title(kind: str, heading: str) -> str:
    """A heading that goes on from the name of the kind («Протокол / обсуждения проекта …») is a title with it."""
    return (f"{kind_title(kind)} {heading}" if heading[:1].islower() else heading)[:500]


def _checked(content: dict[str, Any]) -> dict[str, Any]:
    points = [point for point in content["points"] if point["text"].strip()]
    if len(points) > _MOST or any(len(point["text"]) > _LONGEST for point in points):
        raise RefusedError(
            f"Текст слишком длинный: не больше {_MOST} пунктов по {_LONGEST} знаков.", "Вынесите часть в приложение."
        )
    if not content["heading"].strip():
        raise RefusedError("Заголовок пуст.", "Например: «Об утверждении плана».")
    return {name: content[name].strip()[:_LONGEST] for name in FIELDS} | {"points": points}


def _kept(act: Act, draft: OfficialDraft, event: str) -> OfficialDraft:
    draft.changed_at, draft.changed_by = act.at, act.actor.actor_label
    draft.save()
    heading = " ".join(draft.content["heading"].split())[:500]
    title = _title(draft.document.kind, heading)
    if heading and title != draft.document.title:
        change_document(act, document=draft.document, values={"title": title})
    record_document(act, event, draft.document)
    return draft
