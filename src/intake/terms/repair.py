"""Words that a page break, a lost hyphen or a slip of the keyboard spoiled: «Сентябр ьдекабр ь», «понедельн ик»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from intake.terms.lexicon import lexicon
from intake.terms.tokens import ROMAN, Token

_LONGEST_RUN: Final = 4
_SHORTEST_PIECE: Final = 3
_SHORTEST_WHOLE: Final = 5
_SHORTEST_SPLIT: Final = 7
_SHORTEST_END: Final = 4
_LONG_STEM: Final = 5


def repaired(tokens: list[Token]) -> list[Token]:
    """Unknown words joined with their neighbours or cut into words of terms; guesses are marked doubtful."""
    done: list[Token] = []
    place = 0
    while place < len(tokens):
        found = _mended_run(tokens, place)
        if found:
            done.extend(found[0])
            place += found[1]
        else:
            done.append(tokens[place])
            place += 1
    return done


def _mended_run(tokens: list[Token], place: int) -> tuple[list[Token], int] | None:
    for length in range(min(_LONGEST_RUN, len(tokens) - place), 0, -1):
        run = tokens[place : place + length]
        if not _is_run_of_words(run):
            continue
        pieces = tuple(token.raw for token in run if token.code != "-")
        has_unknown = any(token.code.startswith("?") for token in run)
        may_join = length > 1 and (run[-1].code.startswith("?") or len(pieces[-1]) >= _SHORTEST_END)
        mended = _mended(pieces, may_join) if has_unknown else _split_known(pieces, may_join)
        if mended:
            is_sure = length > 1 and len(mended) == 1
            return [Token(code, " ".join(token.raw for token in run), not is_sure) for code in mended], length
    return None


def _is_run_of_words(run: list[Token]) -> bool:
    letters = all(re.fullmatch(r"[а-я]+", token.raw) or token.code == "-" for token in run)
    return letters and run[0].code != "-" and run[-1].code != "-"


def _split_known(pieces: tuple[str, ...], may_join: bool) -> tuple[str, ...]:
    """«Ежег-одно»: both halves happen to be words."""
    whole = _whole(pieces) if may_join and len("".join(pieces)) >= _SHORTEST_SPLIT else None
    return (whole,) if whole else ()


def _whole(pieces: tuple[str, ...]) -> str | None:
    """The code of a word that a break cut: its stem is not over before the break, and no short stem will do."""
    known, letters = lexicon(), "".join(pieces)
    stems = ((stem, code) for stem, code in known.prefixes if len(stem) >= max(_LONG_STEM, len(pieces[0])))
    return known.exact.get(letters) or next((code for stem, code in stems if _is_form(letters, stem)), None)


@lru_cache(maxsize=4096)
def _mended(pieces: tuple[str, ...], may_join: bool) -> tuple[str, ...]:
    letters = "".join(pieces)
    if len(letters) < _SHORTEST_WHOLE or letters in ROMAN:
        return ()
    whole = _whole(pieces) if may_join else None
    if whole:
        return (whole,)
    months = _months_of(letters)
    if months:
        return months
    typo = lexicon().typo(letters) if len(pieces) == 1 else None
    return (typo,) if typo else ()


def _is_form(letters: str, prefix: str) -> bool:
    return letters.startswith(prefix) and len(letters) <= len(prefix) + 5


def _months_of(letters: str) -> tuple[str, ...]:
    """Two or more names of months written together: a lost hyphen, hence a range when they are two."""
    codes: list[str] = []
    while letters:
        form = next((f for f in _month_forms() if letters.startswith(f)), None)
        if form is None:
            return ()
        codes.append(lexicon().exact[form])
        letters = letters[len(form) :]
    if len(codes) == 2:
        return (codes[0], "-", codes[1])
    return tuple(codes) if len(codes) > 2 else ()


@lru_cache(maxsize=1)
def _month_forms() -> tuple[str, ...]:
    forms = [form for form, code in lexicon().exact.items() if code[0] == "M" and len(form) >= _SHORTEST_PIECE]
    return tuple(sorted(forms, key=len, reverse=True))
