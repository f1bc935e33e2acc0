"""Tokens put in the order that the grammar knows: a year from the head of its list to the end, a clock before «до»."""

from __future__ import annotations

from collections.abc import Sequence

from intake.terms.tokens import Token

_UNTIL = "до"


def in_usual_order(tokens: Sequence[Token]) -> list[Token]:
    """«2026 г.: май, июнь» as «май, июнь 2026 г.»; «до 18:00 15 октября» as «18:00 до 15 октября»."""
    return _years_last(_clock_first(tokens))


def _clock_first(tokens: Sequence[Token]) -> list[Token]:
    done = list(tokens)
    for place in range(len(done) - 2):
        here, clock, after = done[place : place + 3]
        if here.code == _UNTIL and _is_clock(clock) and after.code[0] in "DNO" and after.code[1:2].isdigit():
            done[place], done[place + 1] = clock, here
    return done


def _is_clock(token: Token) -> bool:
    return token.code[0] == "T" and ":" in token.code


def _years_last(tokens: Sequence[Token]) -> list[Token]:
    done: list[Token] = []
    head: list[Token] = []
    place = 0
    while place < len(tokens):
        opened = _head_at(tokens, place)
        if head and (opened or tokens[place].code == ";"):
            done, head = _closed(done, head), []
        if opened:
            head = opened
            place += len(opened) + len(":")
        else:
            done.append(tokens[place])
            place += 1
    return _closed(done, head)


def _head_at(tokens: Sequence[Token], place: int) -> list[Token]:
    """A year with «год» and a colon that begins a list of its own."""
    if tokens[place].code[0] != "Y" or not tokens[place].code[1:].isdigit():
        return []
    end = place + 1
    if end < len(tokens) and tokens[end].code == "год":
        end += 1
    is_start = place == 0 or tokens[place - 1].code in (",", ";", "(", ")")
    goes_on = end + 1 < len(tokens) and tokens[end].code == ":" and tokens[end + 1].code[0] in "MNO"
    return list(tokens[place:end]) if is_start and goes_on else []


def _closed(done: list[Token], head: list[Token]) -> list[Token]:
    """The list with its year behind its last month or day; words after it are about something else."""
    end = len(done)
    while end and not (done[end - 1].code[0] in "MD" and done[end - 1].code[1:2].isdigit()):
        end -= 1
    return [*done[:end], *head, *done[end:]]
