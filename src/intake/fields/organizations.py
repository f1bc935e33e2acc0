"""Organization as a file names it: logins, «edu… | name», «name(edu…)», municipalities with codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.contracts import OrganizationClaim
from intake.fields.subjects import subject_words
from intake.fields.text import clean

#: login of a school in the federal system; the digits are stable over years
_LOGIN = re.compile(r"(?<![a-z0-9])(?:sch|edu|ksh|spo|kor)\d{5,7}(?!\d)", re.IGNORECASE)
_MUNICIPALITY_CODE = re.compile(r"reg\d\d_(?:vpr_)?m\d{2,4}", re.IGNORECASE)
_COUNT_TAIL = re.compile(r"\s*\|\s*кол-?во участников.*$", re.IGNORECASE)
#: «Школа:», «Образовательная организация:» before the name
_LABEL = re.compile(
    r"^\s*(?:оо|оу|школа|(?:обще)?образовательн\w+ (?:организация|учреждение)|наименование \w+)\s*[:–—]\s*",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_ORGANIZATION_WORDS = re.compile(
    r"(?<!\w)(?:м[а-я]{0,2}оу|гбоу|гкоу|фгкоу|чоу|ноу|сош|оош|нош|сошд?и?|школ[аы]|гимнази[яи]|лице[йя]|школа-интернат|"
    r"кадетск\w+|колледж|техникум)(?!\w)",
    re.IGNORECASE,
)
#: what a file name says after the school: the procedure, the year, the class
_WORK_TAIL = re.compile(
    r"[\s,;(–—-]+(?:впр|огэ|егэ|кегэ|гвэ|рдр|мдр|20\d\d|\d{1,2} ?[-«\"]? ?[а-и]?[\"»]? ?кл(?:асс\w*)?\.?|\d{1,2}[а-и])"
    r"(?!\w).*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def organization_claim(code: object, name: object = "", municipality: object = "") -> OrganizationClaim:
    """Claim from the cells of a row; a login inside the name («МБОУ «…»(edu203389)», «edu… | МБОУ …») is its code."""
    code_text, name_text = clean(code), _COUNT_TAIL.sub("", clean(name))
    inside = _LOGIN.search(name_text)
    if inside:
        name_text = _without(name_text, inside.group(0))
        code_text = code_text or inside.group(0).lower()
    elif not name_text and "|" in code_text:
        return organization_claim("", code_text, municipality)
    if _LOGIN.fullmatch(code_text):
        code_text = code_text.lower()
    return OrganizationClaim(code_text, name_text, municipality_name(municipality))


def _without(text: str, part: str) -> str:
    return _EMPTY_BRACKETS.sub("", text.replace(part, "")).strip(" |,;–—-\t")


def municipality_name(value: object) -> str:
    """«reg22_m045 | Табунский район» → the name; a lone code → «reg22_m045»; access groups → the code among them."""
    text = clean(value)
    code = _MUNICIPALITY_CODE.search(text)
    if code is None:
        return text
    if "," in text:
        return _plain_code(code.group(0))
    return _without(text, code.group(0)) or _plain_code(code.group(0))


def _plain_code(code: str) -> str:
    return code.lower().replace("_vpr_", "_")


def login_in(text: str) -> str:
    """Login of a school inside the text, "" when there is none."""
    found = _LOGIN.search(text)
    return found.group(0).lower() if found else ""


def organization_of_path(path: str) -> OrganizationClaim:
    """Organization that a file name or its folder names: a login, or words from «МБОУ», «СОШ», «Лицей» on."""
    code = login_in(path)
    parts = [part for part in re.split(r"[/\\]+", path) if part]
    if parts:
        parts[-1] = parts[-1].rsplit(".", 1)[0]
    for part in reversed(parts):
        plain = " ".join(part.replace("_", " ").split())
        found = _ORGANIZATION_WORDS.search(plain)
        if found and re.search(r"\d|[«\"]", plain[found.start() :]):
            return OrganizationClaim(code, _name_from(plain, found.start(), is_folder=part is not parts[-1]), "")
    return OrganizationClaim(code, "", "")


def _name_from(plain: str, start: int, *, is_folder: bool) -> str:
    name = plain if is_folder else _without_work(plain[start:])
    return _without(name, login_in(name)) if login_in(name) else name.strip(" -–—,;.")


def _without_work(name: str) -> str:
    """«СОШ № 5 математика 5 класс 2026» → «СОШ № 5»: what follows the name speaks of the work."""
    name = _WORK_TAIL.sub("", name)
    _, words = subject_words(name)
    place = name.casefold().rfind(words) if words else -1
    return name[:place] if place > 0 and re.search(r"\d|[»\"]", name[:place]) else name


def organization_in_line(text: str) -> OrganizationClaim:
    """Organization that a line between the rows of a table names, where such a line names nothing else."""
    value = _LABEL.sub("", clean(text))
    if not _ORGANIZATION_WORDS.search(value):
        return OrganizationClaim()
    return organization_claim("", value)


def organization_in_titles(titles: Sequence[str]) -> OrganizationClaim:
    """Organization that a line above a table names: «МБОУ «СОШ № 5» г. Заречный», «Школа: Гимназия № 2».

    Cells of a line are parted by tabs; a label and the name may stand in neighbouring cells.
    """
    for title in titles:
        for cell in _LABEL.sub(lambda label: label.group(0).replace("\t", " "), title).split("\t"):
            value = _LABEL.sub("", cell)
            if _ORGANIZATION_WORDS.search(value) and re.search(r"\d|[«\"]", value):
                code = login_in(value)
                return OrganizationClaim(
                    code, _without_work(_without(value, code) if code else value.strip(" :;,")), ""
                )
    return OrganizationClaim()
