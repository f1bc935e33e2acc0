"""Parts of a phrase → one draft of its term."""

from __future__ import annotations

from collections.abc import Sequence

from intake.terms.draft import Draft
from intake.terms.group import Group, groups_of
from intake.terms.phrase import Phrase, has_frequency
from intake.terms.pieces import NoSuchDay
from intake.terms.recurring import recur
from intake.terms.single import place_days, place_windows
from intake.terms.undated import hang, leave_open
from intake.terms.values import Status


def understand(phrases: Sequence[Phrase], draft: Draft) -> None:
    """Fill the draft from all parts of a phrase."""
    found = [groups_of(phrase) for phrase in _joined(phrases)]
    groups = [group for several in found for group in several]
    if any(sum(group.frequency is not None for group in several) > 1 for several in found):
        draft.ask("В строке несколько периодичностей: верно ли они поняты?")
    _note(groups, draft)
    groups = [group for group in groups if not group.is_empty]
    draft.is_mixed = len(groups) > 1
    statuses = []
    for group in groups:
        try:
            _understand_group(group, draft)
        except NoSuchDay as answer:
            draft.status = Status.INVALID
            draft.ask(str(answer))
        statuses.append(draft.status)
    _settle_status(statuses, draft)
    _doubt(phrases, draft)


def _joined(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Semicolons part only rules; a list of dates stays one list."""
    if len(phrases) < 2 or any(has_frequency(phrase) for phrase in phrases):
        return list(phrases)
    whole = Phrase()
    for phrase in phrases:
        whole.commas |= {place + len(whole.nodes) for place in phrase.commas}
        whole.nodes += phrase.nodes
        whole.labels += phrase.labels
    return [whole]


def _note(groups: Sequence[Group], draft: Draft) -> None:
    for note in (note for group in groups for note in group.notes):
        if note.kind == "time":
            draft.time = draft.time or note.text
        elif note.kind == "tentative":
            draft.is_tentative = True
        elif note.kind == "invalid":
            draft.status = Status.INVALID
            draft.ask("Такой даты не существует.")


def _understand_group(group: Group, draft: Draft) -> None:
    is_yearly = group.frequency is None or (group.frequency.unit == "year" and not group.days)
    if group.relative and is_yearly:
        hang(group, draft)
    elif group.undated and is_yearly and _is_conditional(group):
        leave_open(group, draft)
        if group.frequency is not None and group.frequency.bound:
            draft.min_count = group.frequency.count if group.frequency.bound == "min" else None
            draft.ask("Условие и частота названы вместе: какой срок поставить?")
    elif group.frequency is not None:
        recur(group, draft)
        if group.undated or group.relative:
            draft.ask("Как сочетаются периодичность и условие?")
    elif group.undated:
        leave_open(group, draft)
    elif group.days:
        place_days(group, draft)
    elif group.windows:
        place_windows(group, draft)


def _is_conditional(group: Group) -> bool:
    """With «ежегодно» a condition without dates decides; an unknown date or «постоянно» does not."""
    if group.frequency is None:
        return True
    return not group.windows and any(one.status not in (Status.UNSPECIFIED, Status.PERMANENT) for one in group.undated)


def _settle_status(statuses: Sequence[Status], draft: Draft) -> None:
    if len(statuses) < 2:
        return
    if Status.INVALID in statuses:
        draft.status = Status.INVALID
    elif Status.RECURRING in statuses:
        draft.status = Status.RECURRING
        if statuses.count(Status.RECURRING) != len(statuses):
            draft.ask("В строке несколько сроков: верно ли они поняты?")
    else:
        draft.status = statuses[0]
        draft.ask("В строке несколько сроков: верно ли они поняты?")


def _doubt(phrases: Sequence[Phrase], draft: Draft) -> None:
    strange = [word for phrase in phrases for word in phrase.strange]
    if strange and (draft.intervals or draft.rules or any(phrase.is_turned for phrase in phrases)):
        draft.ask(f"Не понято: «{' '.join(strange)}». Меняет ли это срок?")
    if any(phrase.is_denied for phrase in phrases):
        draft.status = Status.UNSPECIFIED
        draft.intervals, draft.parts, draft.rules, draft.within = [], [], [], None
    if len(draft.intervals) > 1 and any(phrase.is_choice for phrase in phrases):
        draft.ask("Названы сроки на выбор: какой верный?")
    doubts = [word for phrase in phrases for word in phrase.doubts]
    if doubts:
        draft.ask(f"Верно ли прочитано: «{', '.join(dict.fromkeys(doubts))}»?")
