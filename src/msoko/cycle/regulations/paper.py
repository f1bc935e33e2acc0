"""A draft as an official paper: blank of the organization, text, signatures, acquaintance, appendices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msoko.cycle.regulations.blanks import blank_of, emblem_of
from msoko.cycle.regulations.composing import numbered, official_of, signature_name, surname_first
from msoko.cycle.regulations.models import OfficialDraft, PaperBlank
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
    blank = blank_of(document.owner)
    day = date_words(signed_on) if signed_on else _NO_DAY
    content, facts = draft.content, draft.facts
    is_regulation = template.style == "regulation"
    basis = f"{_INSTRUMENTAL[template.style]} от {day} № {number or _NO_NUMBER}"
    if template.style == "order":
        basis = f"{decline_post(kind.title.lower(), 'ablt')} от {day} № {number or _NO_NUMBER}"
    return OfficialPaper(
        look=_look(kind.retention, blank.look if blank else {}),
        top=_set(blank, "top_lines"),
        emblem=emblem_of(blank),
        organization=_set(blank, "name_lines") or (issuer.full_name or issuer.short_name,),
        requisites=_set(blank, "requisites") or _requisites(issuer),
        performer=_performer(facts, blank) if template.style == "order" else "",
        distribution=tuple(facts.get("distribution") or _set(blank, "distribution"))
        if template.style == "order"
        else (),
        kind=kind.title.upper(),
        day="" if is_regulation else day,
        number="" if is_regulation else number or _NO_NUMBER,
        place="" if is_regulation else str(facts.get("place") or issuer.place_name),
        heading=_under_kind(content["heading"], kind.title) if is_regulation else content["heading"],
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


def _look(retention: str, own: dict[str, float]) -> PaperLook:
    """The layout of the definitions under what the organization has set."""
    look = draft_look()
    side = "left_long" if retention.startswith("постоянно") else "left"
    left, right, top, bottom, size = (
        round(own.get(name, getattr(look, name))) for name in (side, "right", "top", "bottom", "size")
    )
    spacing, indent = own.get("spacing", look.spacing), own.get("indent_mm", look.indent_mm)
    return PaperLook(left, right, top, bottom, size, spacing, indent)


def _under_kind(heading: str, kind: str) -> str:
    """«Положение о комиссии» under the word «ПОЛОЖЕНИЕ» is «о комиссии»."""
    rest = heading[len(kind) :].strip()
    return rest if heading.casefold().startswith(kind.casefold()) and rest else heading


def _set(blank: PaperBlank | None, name: str) -> tuple[str, ...]:
    """Lines that the organization has set for its blank."""
    text = str(getattr(blank, name)) if blank else ""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _copies(facts: dict[str, Any], blank: PaperBlank | None) -> tuple[str, ...]:
    return tuple(facts.get("distribution") or _set(blank, "distribution"))


def _performer(facts: dict[str, Any], blank: PaperBlank | None) -> str:
    return str(facts.get("performer") or (blank.performer if blank else ""))


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
