"""Names of procedures and subjects in the cases that sentences need (`definitions/procedures`, `subjects`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from qualimetry.narrative.context import ReportContext
from qualimetry.narrative.rulebook import read_definitions
from qualimetry.narrative.russian import enumerate_words, form, quote
from qualimetry.recipes.contracts import CampaignResult


@cache
def _procedures() -> Mapping[str, Mapping[str, str]]:
    """Names of procedures by id: `full`, `short`, `genitive`."""
    return {content["id"]: content["names"] for _, content in read_definitions("procedures")}


@cache
def _datives() -> Mapping[str, str]:
    subjects = tomllib.loads(files("definitions").joinpath("subjects.toml").read_text(encoding="utf-8"))["subject"]
    return {subject["name"]: subject["dative"] for subject in subjects}


def procedure_words(result: CampaignResult, context: ReportContext) -> dict[str, str]:
    """`gent` and `short` of the procedure. An own title is quoted: «оценочной процедуры „Осенний срез“»."""
    known = _procedures().get(result.blueprint.procedure)
    title = context.procedure_title.strip()
    if known and title.casefold() in ("", known["full"].casefold(), known["short"].casefold()):
        return {"gent": known["genitive"], "short": known["short"]}
    name = title or result.blueprint.procedure or "без названия"
    return {"gent": f"оценочной процедуры {quote(name)}", "short": quote(name)}


def subject_phrase(result: CampaignResult, context: ReportContext) -> str:
    """«по математике», «по предмету „Основы дизайна“»; "" when there is no subject but the procedure itself."""
    subject = context.subject or result.blueprint.subject
    known = _procedures().get(result.blueprint.procedure, {})
    if not subject or subject.casefold() in (known.get("short", "").casefold(), known.get("full", "").casefold()):
        return ""
    dative = _datives().get(subject)
    return f"по {dative}" if dative else f"по предмету {quote(subject)}"


def grade_phrase(result: CampaignResult, context: ReportContext) -> str:
    """«в 5 классах»; «» when the grade level is unknown."""
    level = context.grade_level or result.blueprint.grade_level
    if level is None:
        return ""
    return f"{'во' if level == 2 else 'в'}\u00a0{level}\u00a0{form('класс', 'loct', is_plural=True)}"


#: a sentence names at most so many; of more it names the first and counts the rest, the tables have all
LISTED, FIRST = 30, 10


def listed(names: Sequence[str]) -> str:
    """«а, б и в»; of a long list the first ones and how many more."""
    if len(names) <= LISTED:
        return enumerate_words(names) if all(";" not in name for name in names) else "; ".join(names)
    divider = "; " if any("," in name for name in names) else ", "
    return f"{divider.join(names[:FIRST])} и\u00a0ещё\u00a0{len(names) - FIRST}"


def natural_key(name: str) -> tuple[tuple[int, int | str], ...]:
    """Order of names as people expect it: «СОШ № 2» before «СОШ № 10», «Ё» as «Е»."""
    parts = re.findall(r"\d+|\D+", name.casefold().replace("ё", "е"))
    return tuple((0, int(part)) if part.isdecimal() else (1, part.strip()) for part in parts)
