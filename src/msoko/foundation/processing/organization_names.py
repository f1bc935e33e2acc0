"""Names of organizations reduced to what tells one organization from another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: Latin letters that look like Cyrillic ones, after casefold.
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")

#: Full phrases → the word that stands for the kind. Order matters: longer phrases first.
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"основн\w+ средн\w+ общеобразовательн\w+ школ\w+", "сош"),
    (r"средн\w+ (?:полн\w+ )?(?:обще)?образовательн\w+ школ\w+(?!\s*-?\s*интернат)", "сош"),
    (r"основн\w+ (?:обще)?образовательн\w+ школ\w+(?!\s*-?\s*интернат)", "оош"),
    (r"начальн\w+ (?:обще)?образовательн\w+ школ\w+", "нош"),
    (r"начальн\w+ школ\w+\s*[-–—]?\s*детск\w+ сад\w*", "ншдс"),
    (r"средн\w+ школ\w+", "сш"),
    (r"основн\w+ школ\w+", "ош"),
    (r"начальн\w+ школ\w+", "нш"),
    (r"центр\w* развития ребенка", "дс"),
    (r"детск\w+ сад\w*", "дс"),
    (r"центр\w* образования", "центробр"),
    (r"\b(?:мб|мк|ма|гб|гк|га|м|г|чд|мо)?доу\b", "дс"),
    (r"\bмд(?:оу|бoy)\b", "дс"),
    (r"\bд\s*/\s*с\b", "дс"),
    (r"\b(?:мб|мк|ма|гб|гк|га|м|г)?(?:оу\s?до|удо|оудод)\b", "допобр"),
    (r"дополнительн\w+ образовани\w+", "допобр"),
    (r"дошкольн\w+ образовательн\w+", "дс"),
)

#: Words that name a kind of organization: two organizations with different sets of them are different.
_KINDS = frozenset(
    [
        "сош",
        "оош",
        "нош",
        "сш",
        "ош",
        "нш",
        "ншдс",
        "школа",
        "гимназия",
        "прогимназия",
        "лицей",
        "дс",
        "центробр",
        "допобр",
        "интернат",
        "филиал",
        "вечерняя",
        "сменная",
        "открытая",
        "заочная",
        "коррекционная",
        "специальная",
        "кадетская",
        "кадетский",
        "корпус",
        "музыкальная",
        "художественная",
        "искусств",
        "спортивная",
        "дюсш",
        "сюсш",
        "дши",
        "дмш",
        "колледж",
        "техникум",
        "училище",
        "санаторная",
    ]
)
_KIND_STEMS: tuple[tuple[str, str], ...] = (
    (r"школ\w*", "школа"), (r"прогимнази\w*", "прогимназия"), (r"гимнази\w*", "гимназия"), (r"лице[йяею]\w*", "лицей"),
    (r"интернат\w*", "интернат"), (r"филиал\w*", "филиал"), (r"вечерн\w*", "вечерняя"), (r"сменн\w*", "сменная"),
    (r"открыт\w*", "открытая"), (r"заочн\w*", "заочная"), (r"коррекционн\w*", "коррекционная"),
    (r"специальн\w*", "специальная"), (r"кадетск\w*", "кадетская"), (r"музыкальн\w*", "музыкальная"),
    (r"художественн\w*", "художественная"), (r"спортивн\w*", "спортивная"), (r"санаторн\w*", "санаторная"),
)  # fmt: skip

_LEGAL = re.compile(
    r"\b(?:(?:мун(?:иципальн\w*|\.)|гос(?:ударственн\w*|\.)|краев\w+|областн\w+|республиканск\w+|федеральн\w+|частн\w+|"
    r"негосударственн\w+|автономн\w+|бюджетн\w+|казенн\w+|некоммерческ\w+|общеобразовательн\w+|образовательн\w+|"
    r"учреждени\w+|организаци\w+)\b\s*)|"
    r"\b(?:фгк|кгб|кгк|кга|огб|огк|ога|мб|мк|ма|гб|гк|га|чу|но|ан|м|г|ч)?"
    r"(?:оу|ноу|оо|ону|нош\s?у|бщоу|сошу)\b|\b(?:мбу|мку|мау|гбу|гку|гау)\b"
)
_PLACE = re.compile(
    r"(?:^|[\s,(])(?P<type>г|гор|город|города|городе|с|село|села|селе|п|пос|поселок|поселка|поселке|пгт|рп|р\.п|"
    r"д|дер|деревня|деревни|деревне|ст|станица|станицы|станице|ст-ца|аул|аула|х|хутор|хутора|мкр|мкрн)"
    r"(?:\.\s*|\s+)(?P<place>[а-я][а-я\-]+(?:\s+[а-я][а-я\-]+)?)"
)
_NUMBER = re.compile(r"(?:№|\bn[o°º]?\.?\s*(?=\d)|\bном(?:ер|\.)\s*|#)\s*(?P<number>\d+(?:[/]\d+)?)")
_BARE_NUMBER = re.compile(r"(?:сош|оош|нош|сш|ош|нш|школа|гимназия|лицей|дс|ншдс|интернат)\s*-?\s*(?P<number>\d+)\b")
_QUOTES = re.compile(r"[\"'«»“”„`‘’]")
_SERVICE = frozenset(
    ["им", "имени", "и", "в", "на", "по", "с", "при", "г", "гор", "город", "п", "пос", "для", "из", "ее", "его"]
)
_DISTRICT = re.compile(
    r"\b(?:муниципальн\w+|городск\w+|образовани\w+|округ\w*|район\w*|р-н|поселени\w+|город\w*|г|мо|го|мр|мое)\b\.?"
)


#: kinds, number, words, place: what makes two names equal
Identity = tuple[frozenset[str], str, frozenset[str], str]


@dataclass(frozen=True, slots=True)
class NameKey:
    """What is left of a name: kinds, number without leading zeros, place, other words (kept without a number)."""

    kinds: frozenset[str]
    number: str
    place: str
    words: frozenset[str]

    @property
    def identity(self) -> Identity:
        """Equal for names of one organization. With a number the other words and the place do not matter;
        without it, or for a branch, they do."""
        if self.number and "филиал" not in self.kinds:
            return (self.kinds, self.number, frozenset(), "")
        return (self.kinds, self.number, self.words, self.place)

    @property
    def is_empty(self) -> bool:
        return not (self.kinds or self.number or self.words or self.place)


def is_named(claimed: NameKey, names: Iterable[str]) -> bool:
    """Whether an organization with these names may be meant: an equal name, and no place that contradicts.

    The place contradicts when both sides know one and they share none: «СОШ № 5 с. Дальнее» is not «СОШ № 5» of
    Заречный.
    """
    known = [name_key(name) for name in names]
    places = {key.place for key in known if key.place}
    is_elsewhere = bool(claimed.place and places) and claimed.place not in places
    return not claimed.is_empty and not is_elsewhere and any(key.identity == claimed.identity for key in known)


def normalise_name(name: str) -> str:
    """Comparable form of a name: «МБОУ "СОШ № 5" г. Заречный» and «СОШ №5» give «сош 5»."""
    kinds, number, words, place = name_key(name).identity
    return " ".join(part for part in (*sorted(kinds), number, *sorted(words), place) if part)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> NameKey:
    """Take a name apart."""
    text = _plain(name)
    number_match = _NUMBER.search(text)
    for pattern, word in _PHRASES:
        text = re.sub(pattern, f" {word} ", text)
    for pattern, word in _KIND_STEMS:
        text = re.sub(rf"\b{pattern}\b", f" {word} ", text)
    text, place = _take_place(_LEGAL.sub(" ", text))
    number_match = number_match or _BARE_NUMBER.search(" ".join(text.split()))
    number = _without_zeros(number_match["number"]) if number_match else ""
    tokens = re.findall(r"[а-яa-z0-9]+", _NUMBER.sub(" ", text))
    kinds = frozenset(token for token in tokens if token in _KINDS)
    words = frozenset(t for t in tokens if t not in _KINDS and t not in _SERVICE and t != number and len(t) > 1)
    return NameKey(kinds=kinds, number=number, place=place, words=words)


@lru_cache(maxsize=2_000)
def normalise_municipality(name: str) -> str:
    """«Заречный муниципальный район» and «г. Заречный» give «заречный»; a code «reg99_m010 | …» is dropped."""
    text = _plain(re.sub(r"\(?reg\d+_\w+\)?", " ", name.rsplit("|", 1)[-1].casefold()))
    return " ".join(re.findall(r"[а-яa-z0-9\-]+", _DISTRICT.sub(" ", text)))


def code_digits(code: str) -> str:
    """Digits that stay with an organization: «sch220206», «edu220206» → «220206»; other codes as they are."""
    text = code.strip().casefold().removesuffix(".0")
    match = re.fullmatch(r"(?:sch|edu|ksh|spo)_?(\d+)", text)
    return match[1] if match else text


def _plain(name: str) -> str:
    text = name.replace("\xa0", " ").casefold().replace("ё", "е")
    text = re.sub(r"\bn(?=[o°º.\s]*\d)", "№", text)
    text = _QUOTES.sub(" ", re.sub(r"\((?:sch|edu|ksh)\d+\)", " ", text))
    text = " ".join(word.translate(_LOOKALIKES) if re.search("[а-я]", word) else word for word in text.split())
    return re.sub(r"\s+", " ", text).strip()


def _take_place(text: str) -> tuple[str, str]:
    match = _PLACE.search(text)
    if match is None:
        return text, ""
    place = match["place"].split()
    kept = [word for word in place if word not in _KINDS and word not in _SERVICE]
    return text[: match.start()] + " " + text[match.end() :], " ".join(kept)


def _without_zeros(number: str) -> str:
    return "/".join(part.lstrip("0") or "0" for part in number.split("/"))
