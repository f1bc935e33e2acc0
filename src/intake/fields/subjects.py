"""Canonical names of subjects by the words of files (`definitions/subjects.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Final

from intake.fields.text import header_key

_SHORTEST_INSIDE: Final = 4  # «мат», «изо» match whole names only: inside a phrase they are chance


class _Subjects:
    """Look-up tables of the definitions."""

    def __init__(self) -> None:
        text = resources.files("definitions").joinpath("subjects.toml").read_text(encoding="utf-8")
        self.names: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        for subject in tomllib.loads(text)["subject"]:
            name = subject["name"]
            for alias in (name, subject["dative"], *subject.get("aliases", ())):
                self.names[header_key(alias)] = name
            self.codes.update({header_key(code): name for code in subject.get("codes", ())})
        longest_first = sorted((key for key in self.names if len(key) >= _SHORTEST_INSIDE), key=len, reverse=True)
        self.inside = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _subjects() -> _Subjects:
    return _Subjects()


def subject_names() -> list[str]:
    """All canonical names in alphabetical order."""
    return sorted(set(_subjects().names.values()))


def subject_spellings() -> dict[str, str]:
    """Every name, dative and alias (folded as by `header_key`) → canonical name."""
    return dict(_subjects().names)


def subject_named(text: str) -> str | None:
    """Canonical subject of a name, its dative («математике»), a code («РУ», «МА 4», «4 РУ») or a phrase that has
    one of them («ВПР 2026 Русский язык 4 класс»); None when no subject is named."""
    return subject_words(text)[0]


@lru_cache(maxsize=2048)
def subject_words(text: str) -> tuple[str | None, str]:
    """Canonical subject and the words of the text that name it (folded as by `header_key`)."""
    known = _subjects()
    key = header_key(text)
    if key in known.names:
        return known.names[key], key
    code = re.fullmatch(r"(?:\d{1,2} ?)?([а-я]{2,3})(?: ?\d{1,2})?", key)
    if code and code.group(1) in known.codes:
        return known.codes[code.group(1)], key
    found = known.inside.search(key)
    if found is None:
        return None, ""
    return _more_precise(known.names[found.group(0)], key), found.group(0)


def _more_precise(first: str, key: str) -> str:
    """«математика … базовый уровень» with words between is the basic one."""
    if first in ("Математика", "Физика") and re.search(r"(?<!\w)углубленн\w+", key):
        return f"{first} (углублённый уровень)"
    if first == "Математика":
        if re.search(r"(?<!\w)базов\w+ уровень?\w*|(?<!\w)базов(?:ая|ой)(?!\w)", key):
            return "Математика базовая"
        if re.search(r"(?<!\w)профильн\w+", key):
            return "Математика профильная"
    return first


def subject_by_code(code: str) -> str | None:
    """Canonical subject of a short code of the federal system («РУ», «МА», «ГГ»)."""
    return _subjects().codes.get(header_key(code))
