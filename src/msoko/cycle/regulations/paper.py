"""A draft as an official paper: blank of the organization, text, signatures, acquaintance, appendices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msoko.cycle.regulations.composing import numbered, official_of, signature_name, surname_first
from msoko.cycle.regulations.models import OfficialDraft
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.drafts import DraftTemplate, draft_look, draft_templates
from msoko.foundation.documents.language import decline_post, head_gender
from msoko.foundation.documents.official_paper import OfficialPaper, PaperAppendix, PaperLook, PaperPoint
from msoko.foundation.documents.official_table import FullRow, OfficialTable
from msoko.foundation.orgs.models import Organization
from qualimetry.narrative.russian import date_words

_NO_DAY, _NO_NUMBER = "«___» ____________ 20___ г.", "______"
#: what an appendix belongs to; a regulation does not say yet by what it is approved
_INSTRUMENTAL = {"order": "приказом", "regulation": "приказом", "minutes": "к протоколу"}
_TABLE_TYPE = tuple[FullRow | tuple[str, ...], ...]


def issuer_of(owner: Organization) -> Organization:
    """Whose blank it is: papers of a municipality are issued by its authority."""
    if owner.kind == "municipality":
        return owner.children.filter(kind="authority", closed_on__isnull=True).order_by("pk").first() or owner
    return owner


def blank_lacks(issuer: Organization) -> list[str]:
    """Requisites of the blank that the registry does not have."""
    wanted = {"ИНН": issuer.inn, "ОГРН": issuer.ogrn, "адрес": issuer.address, "телефон": issuer.phone,
              "населённый пункт": issuer.place_name}  # fmt: skip
    return [title for title, value in wanted.items() if not value]


def paper_of(draft: OfficialDraft, *, number: str = "", signed_on: dt.date | None = None) -> OfficialPaper:
    """The paper as it is printed; without number and date it has places for them."""
    document, template = draft.document, draft_templates()[draft.template]
    issuer = issuer_of(document.owner)
    number, signed_on = number or document.number, signed_on or document.signed_on
    kind = document_kinds()[document.kind]
    day = date_words(signed_on) if signed_on else _NO_DAY
    content, facts = draft.content, draft.facts
    is_regulation = template.style == "regulation"
    basis = f"{_INSTRUMENTAL[template.style]} от {day} № {number or _NO_NUMBER}"
    if template.style == "order":
        basis = f"{decline_post(kind.title.lower(), 'ablt')} от {day} № {number or _NO_NUMBER}"
    return OfficialPaper(
        look=_look(kind.retention),
        organization=(issuer.full_name or issuer.short_name,),
        requisites=_requisites(issuer),
        kind=kind.title.upper(),
        day="" if is_regulation else day,
        number="" if is_regulation else number or _NO_NUMBER,
        place="" if is_regulation else str(facts.get("place") or issuer.place_name),
        heading=content["heading"],
        preamble=tuple(line for line in content["preamble"].split("\n") if line.strip()),
        command=content["command"],
        points=_points(content, is_regulation=is_regulation),
        signatures=_signatures(template, facts),
        acquainted_title=f"С {decline_post(kind.title.lower(), 'ablt')} ознакомлены:",
        acquainted=() if template.style != "order" else tuple(map(surname_first, facts.get("acquainted", []))),
        approval=(_approved(kind.title), basis) if is_regulation else (),
        appendices=_appendices(template, facts, basis),
        stamp="" if number and signed_on else "ПРОЕКТ",
    )


def _look(retention: str) -> PaperLook:
    look = draft_look()
    left = look.left_long if retention.startswith("постоянно") else look.left
    return PaperLook(left, look.right, look.top, look.bottom, look.size, look.spacing, look.indent_mm)


def _requisites(issuer: Organization) -> tuple[str, ...]:
    phone = f"тел. {issuer.phone}" if issuer.phone else ""
    codes = [f"{title} {value}" for title, value in (("ОГРН", issuer.ogrn), ("ИНН", issuer.inn)) if value]
    lines = (", ".join(part for part in (issuer.address, phone, issuer.email) if part), ", ".join(codes))
    return tuple(line for line in lines if line)


def _points(content: dict[str, Any], *, is_regulation: bool) -> tuple[PaperPoint, ...]:
    pairs = zip(numbered(content["points"]), content["points"], strict=True)
    return tuple(
        PaperPoint(number, point["text"], point["level"], is_heading=is_regulation and point["level"] == 1)
        for number, point in pairs
    )


def _signatures(template: DraftTemplate, facts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if template.style == "regulation":
        return ()
    pairs = [official_of(str(facts.get(name, ""))) for name in ("signer", "secretary")]
    pairs = pairs if template.style == "minutes" else pairs[:1]
    return tuple((one.post[:1].upper() + one.post[1:], signature_name(one.name)) for one in pairs if one.post)


def _appendices(template: DraftTemplate, facts: dict[str, Any], basis: str) -> tuple[PaperAppendix, ...]:
    found = []
    table = facts.get("table")
    if template.appendix and table:
        title = str(facts["subject_title"])
        mark: tuple[str, ...] = ("Приложение", _approved(title), basis)
        if template.style == "minutes":
            title, mark = template.appendix, ("Приложение", basis)
        rows: _TABLE_TYPE = tuple(FullRow(row[0]) if len(row) == 1 else tuple(row) for row in table["rows"])
        columns = tuple((str(title), float(share)) for title, share in table["columns"])
        drawn = OfficialTable(title, columns, rows, notes=tuple(table.get("notes", ())))
        found.append(PaperAppendix(mark, title, table=drawn))
    if template.appendix and facts.get("points"):
        title = str(facts["subject_title"])
        words = tuple(PaperPoint(one["number"], one["text"], is_heading=one["is_heading"]) for one in facts["points"])
        found.append(PaperAppendix(("Приложение", _approved(title), basis), title, words))
    organizations = facts.get("organizations", [])
    if template.list_title and organizations:
        points = tuple(PaperPoint(f"{place}.", name) for place, name in enumerate(organizations, 1))
        found.append(PaperAppendix(("Приложение", "УТВЕРЖДЁН", basis), template.list_title, points))
    return tuple(found)


def _approved(title: str) -> str:
    """«УТВЕРЖДЁН» (план), «УТВЕРЖДЕНА» (циклограмма), «УТВЕРЖДЕНО» (положение), by the noun that the title is about."""
    return {"femn": "УТВЕРЖДЕНА", "neut": "УТВЕРЖДЕНО"}.get(head_gender(title), "УТВЕРЖДЁН")
