"""Months written in Roman numerals: «IX–X», «XII.2026»; quarters, forms and stages keep their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.terms.tokens import Token

_LAST_QUARTER = 4
_TIES = frozenset(("-", ",", "и", "/"))


def with_roman_months(tokens: Sequence[Token]) -> list[Token]:
    """Runs of numerals with one above four that nothing around counts, as doubtful months."""
    done = list(tokens)
    place = 0
    while place < len(done):
        end = _end_of_run(done, place)
        if end > place and _is_months(done, place, end):
            for index in range(place, end):
                if done[index].code[0] == "R":
                    done[index] = replace(done[index], code=f"M{done[index].code[1:]}", is_doubtful=True)
        place = max(end, place + 1)
    return done


def _end_of_run(tokens: Sequence[Token], place: int) -> int:
    """The place after the last numeral of a run with ties between, `place` itself when there is no numeral."""
    end = place
    while end < len(tokens) and _is_roman(tokens[end]):
        end += 1
        if end + 1 < len(tokens) and tokens[end].code in _TIES and _is_roman(tokens[end + 1]):
            end += 1
    return end


def _is_roman(token: Token) -> bool:
    return token.code[0] == "R" and token.code[1:].isdigit()


def _is_months(tokens: Sequence[Token], start: int, end: int) -> bool:
    numbers = [int(token.code[1:]) for token in tokens[start:end] if _is_roman(token)]
    after = tokens[end].code if end < len(tokens) else ""
    before = tokens[start - 1].code if start else ""
    is_free = after in ("", ",", ";", ")", "год") or after[0] == "Y"
    return max(numbers) > _LAST_QUARTER and is_free and before in ("", ",", ";", "(", "в", "с")
