"""The text of a paper from a template and facts, and the meeting of a new text with a person's changes. Pure.

A text is `{"heading", "preamble", "command", "points": [{"key", "text", "level"}]}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.drafts import DraftTemplate, PointTemplate, commands
from msoko.foundation.documents.language import head_gender

Facts = Mapping[str, Any]
#: (words, case) → the words in the case
Decline = Callable[[str, str], str]
#: parts of a text besides its points
FIELDS = ("heading", "preamble", "command")
#: «прилагаемый план», «прилагаемую циклограмму»
PARTICIPLES = {"masc": "прилагаемый", "femn": "прилагаемую", "neut": "прилагаемое"}
_BLANK = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Official:
    """A person as papers name them: the post and the full name, each may be empty."""

    post: str = ""
    name: str = ""


def official_of(text: str) -> Official:
    """«начальник отдела; Иванова Мария Петровна» → post and name; without a semicolon it is a post."""
    post, _, name = text.partition(";")
    return Official(" ".join(post.split()), " ".join(name.split()))


def surname_first(name: str) -> str:
    """«Иванова Мария Петровна» → «Иванова М.П.»."""
    surname, *rest = name.split() or [""]
    return f"{surname} {_letters(rest)}".strip()


def signature_name(name: str) -> str:
    """«Иванова Мария Петровна» → «М.П. Иванова»."""
    surname, *rest = name.split() or [""]
    return f"{_letters(rest)} {surname}".strip()


def _letters(words: list[str]) -> str:
    return "".join(word if word.endswith(".") else f"{word[0]}." for word in words)


def named(text: str, case: str, decline: Decline, *, name_first: bool = False) -> str:
    """«начальнику отдела Ивановой М.П.»; with the name first «Иванову М.П., начальника отдела»."""
    one = official_of(text)
    post = decline(one.post, case) if one.post else ""
    name = surname_first(decline(one.name, case)) if one.name else ""
    parts = [name, post] if name_first else [post, name]
    return (", " if name_first else " ").join(part for part in parts if part)


def kind_of(template: DraftTemplate, facts: Facts) -> str:
    """The kind of the paper: as chosen, else that of the template."""
    chosen = str(facts.get("kind", ""))
    return chosen if chosen in template.kinds else template.kind


def compose(template: DraftTemplate, facts: Facts, decline: Decline) -> dict[str, Any]:
    """The text that the template makes of the facts."""
    plain = _plain(template, facts, decline)
    return {
        "heading": _filled(template.heading, plain),
        "preamble": _capital(_filled(template.preamble, plain)),
        "command": commands().get(kind_of(template, facts), template.command) if template.command else "",
        "points": [point for one in template.points for point in _points(one, facts, plain, decline)],
    }


def _plain(template: DraftTemplate, facts: Facts, decline: Decline) -> dict[str, str]:
    bases = [line for line in facts.get("bases", []) if line]
    named_bases = ", ".join(_small_act(decline(line, "ablt")) for line in bases)
    subject = str(facts.get("subject_title", ""))
    kind = document_kinds()[kind_of(template, facts)]
    attached = PARTICIPLES.get(head_gender(subject), "")
    lowered = _small if facts.get("subject") != "document" else str  # a regulation keeps the capital of its name
    return {
        "subject_title": subject,
        "subject_attached": (
            f"{attached} {lowered(decline(subject, 'accs'))}" if attached else f"прилагаемый документ: {subject}"
        ),
        "document_genitive": kind.genitive,
        "document_accusative": f"настоящ{'ее' if kind.gender == 'neuter' else 'ий'} {kind.accusative}",
        "since": str(facts.get("since", "")),
        "found_colon": ":" if facts.get("findings") else ".",
        "subject_genitive": lowered(decline(subject, "gent")) if subject else "",
        "goal": str(facts.get("goal") or template.goal),
        "period": str(facts.get("period", "")),
        "attended": str(facts.get("attended", "")),
        "bases_phrase": f"В соответствии с {named_bases}, " if bases else "",
        "bases_list": "; ".join(bases),
        "controller": named(str(facts.get("controller", "")), "accs", decline, name_first=True),
    }


def _points(template: PointTemplate, facts: Facts, plain: dict[str, str], decline: Decline) -> Iterator[dict[str, Any]]:
    if (template.needs and not facts.get(template.needs)) or (template.unless and facts.get(template.unless)):
        return
    if template.each == "executors":
        for row in facts.get("executors", []):
            values = plain | _executor(row, decline)
            yield _point(f"{template.key}:{row['who']}:{row['task']}"[:200], template, values)
    elif template.each:
        for line in facts.get(template.each, []):
            values = plain | {"finding": line.rstrip(". ") + "."}
            yield _point(f"{template.key}:{line}"[:200], template, values)
    elif all(plain.get(name) for name in _BLANK.findall(template.text)):
        yield _point(template.key, template, plain)


def _executor(row: Mapping[str, str], decline: Decline) -> dict[str, str]:
    term = row.get("term", "").strip().rstrip(".")
    in_term = f" в срок {term}" if term.startswith(("до", "не позднее", "с ")) else f" (срок: {term})" if term else ""
    return {
        "executor": _capital(named(row["who"], "datv", decline)),
        "task": row["task"].strip().rstrip(".;"),
        "term": in_term,
    }


def _point(key: str, template: PointTemplate, values: dict[str, str]) -> dict[str, Any]:
    return {"key": key, "text": _filled(template.text, values), "level": template.level}


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda match: values.get(match.group(1), ""), text).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """«Плана» → «плана»; an abbreviation keeps its letters."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _small_act(text: str) -> str:
    """«приказом Департамента…», but «Федеральным законом…»: federal laws keep the capital letter."""
    return text if text.startswith(("Федеральн", "Конституц")) else _small(text)


def merged(current: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """A new text of the template under the changes that a person made in the old one."""
    found: dict[str, Any] = {
        name: after[name] if current.get(name) == before.get(name) else current.get(name, "") for name in FIELDS
    }
    old = {point["key"]: point for point in before.get("points", [])}
    new = {point["key"]: point for point in after["points"]}
    points = []
    for point in current.get("points", []):
        is_own = point != old.get(point["key"])
        if point["key"] in new and not is_own:
            points.append(new[point["key"]])
        elif point["key"] in new or is_own:
            points.append(point)
    present = {point["key"] for point in points}
    for place, point in enumerate(after["points"]):
        if point["key"] not in present and point["key"] not in old:
            points.insert(_place_after(points, [one["key"] for one in after["points"][:place]]), point)
    return found | {"points": points}


def _place_after(points: list[dict[str, Any]], before: list[str]) -> int:
    """Behind the nearest of the points that precede in the template."""
    for key in reversed(before):
        for place, point in enumerate(points):
            if point["key"] == key:
                return place + 1
    return 0


def changed_parts(content: dict[str, Any], generated: dict[str, Any]) -> set[str]:
    """Names of parts and keys of points in which a person's words stand."""
    old = {point["key"]: point for point in generated.get("points", [])}
    own = {point["key"] for point in content.get("points", []) if point != old.get(point["key"])}
    return own | {name for name in FIELDS if content.get(name) != generated.get(name)}


def numbered(points: list[dict[str, Any]]) -> list[str]:
    """Numbers of points by their levels: «1.», «1.1.», «2.»."""
    found, first, second = [], 0, 0
    for point in points:
        if point["level"] > 1 and first:
            second += 1
            found.append(f"{first}.{second}.")
        else:
            first, second = first + 1, 0
            found.append(f"{first}.")
    return found
