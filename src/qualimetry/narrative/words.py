"""Names of procedures and subjects in the cases that titles and sentences need (`definitions/reports/words.toml`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from qualimetry.narrative.context import ReportContext
from qualimetry.narrative.rulebook import read_definitions
from qualimetry.narrative.russian import form, quote
from qualimetry.recipes.contracts import CampaignResult


@cache
def _words() -> dict[str, Any]:
    return read_definitions("words")[0][1]


def procedure_words(result: CampaignResult, context: ReportContext) -> dict[str, str]:
    """`name`, `gent`, `short` of the procedure. An own title is quoted: «процедуры „Осенний срез“»."""
    known = _words()["procedures"].get(result.blueprint.procedure)
    title = context.procedure_title.strip()
    if known and title.casefold() in ("", known["name"].casefold(), known["short"].casefold()):
        return dict(known)
    name = title or result.blueprint.procedure or "оценочная процедура"
    return {"name": quote(name), "gent": f"оценочной процедуры {quote(name)}", "short": quote(name)}


def subject_phrase(result: CampaignResult, context: ReportContext) -> str:
    """«по математике», «по предмету „Основы дизайна“», «» when there is no subject."""
    subject = context.subject or result.blueprint.subject
    if not subject:
        return ""
    dative = _words()["subjects"].get(subject)
    return f"по {dative}" if dative else f"по предмету {quote(subject)}"


def grade_phrase(result: CampaignResult, context: ReportContext) -> str:
    """«в 5 классах»; «» when the grade level is unknown."""
    level = context.grade_level or result.blueprint.grade_level
    if level is None:
        return ""
    return f"{'во' if level == 2 else 'в'} {level}\u00a0{form('класс', 'loct', is_plural=True)}"


def natural_key(name: str) -> tuple[tuple[int, int | str], ...]:
    """Order of names as people expect it: «СОШ № 2» before «СОШ № 10», «Ё» as «Е»."""
    parts = re.findall(r"\d+|\D+", name.casefold().replace("ё", "е"))
    return tuple((0, int(part)) if part.isdecimal() else (1, part.strip()) for part in parts)
