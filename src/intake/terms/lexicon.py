"""The dictionary of terms (`definitions/terms.toml`): written form of a word → its code in the grammar."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Final

_CLASSES: Final = (("months", "M"), ("weekdays", "W"), ("seasons", "S"), ("ordinals", "O"), ("cardinals", "N"))
_SHORTEST_TYPO: Final = 6
_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


class Lexicon:
    """Exact forms and prefixes of all words."""

    def __init__(self) -> None:
        text = resources.files("definitions").joinpath("terms.toml").read_text(encoding="utf-8")
        tables = tomllib.loads(text)
        self.exact: dict[str, str] = {}
        self.prefixes: list[tuple[str, str]] = []
        for table, letter in _CLASSES:
            for value, forms in tables[table].items():
                self._add(f"{letter}{value}", forms)
        for code, forms in tables["words"].items():
            self._add(code, forms)
        self.days: dict[str, str] = tables["days"]
        self.prefixes.sort(key=lambda pair: -len(pair[0]))
        numbers = {form: int(value) for value, forms in tables["fused_numbers"].items() for form in forms}
        names = "|".join(sorted(numbers, key=len, reverse=True))
        self.numbers = numbers
        self.fused = re.compile(rf"({names})(дневн|недельн|месячн)[а-я]+")

    def _add(self, code: str, forms: list[str]) -> None:
        for form in forms:
            if form.endswith("*"):
                self.prefixes.append((form[:-1], code))
            else:
                self.exact.setdefault(form, code)

    def code(self, word: str) -> str | None:
        """Code of a folded word, None when the dictionary lacks it."""
        found = self.exact.get(word)
        if found is None:
            found = next((code for prefix, code in self.prefixes if word.startswith(prefix)), None)
        return found

    def typo(self, word: str) -> str | None:
        """Code of the month, weekday or frequency that the word misses by one letter, when there is just one."""
        if len(word) < _SHORTEST_TYPO:
            return None
        codes = {code for near in _near(word) if (code := self.exact.get(near)) and _is_worth(code)}
        codes |= {code for near in _near(word) for prefix, code in self.prefixes if _is_whole(near, prefix, code)}
        return codes.pop() if len(codes) == 1 else None


def _is_worth(code: str) -> bool:
    return code[0] in "MW" or code in ("квартал", "полугодие", "четверть", "каникулы", "течение")


def _is_whole(near: str, prefix: str, code: str) -> bool:
    return code.startswith("еже") and near.startswith(prefix)


def _near(word: str) -> set[str]:
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    wrong = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    extra = {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    return missing | swapped | wrong | extra


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The dictionary, read once."""
    return Lexicon()
