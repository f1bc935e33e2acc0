"""Rules of the load by assessment works: pure functions over works; every clash names its works and the remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from msoko.foundation.catalog.load import LoadPolicy, Span

_VPR = re.compile(r"(?<![А-Яа-я])ВПР(?![А-Яа-я])|всероссийск\w+ проверочн", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """A work of a class (`letter`) or of a whole grade (empty letter), on a day (`first` = `last`) or in a window.

    `key` tells works apart; `is_fixed` ones come from above and cannot be moved by the school.
    """

    key: str
    grade_level: int
    letter: str
    subject: str
    first: dt.date
    last: dt.date
    title: str = ""
    lesson: int | None = None
    minutes: int | None = None
    is_fixed: bool = False

    @property
    def has_day(self) -> bool:
        return self.first == self.last

    @property
    def class_title(self) -> str:
        """«5А»; «5-е классы» for a whole grade."""
        return f"{self.grade_level}{self.letter}" if self.letter else f"{self.grade_level}-е классы"


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that is broken: `rule` is its id, `works` are the keys of the works, `place` the class, `text` why."""

    rule: str
    works: tuple[str, ...]
    place: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What works are checked against. Empty `classes` and absent `hours` mean «not known».

    `closed` has the days without lessons by grade; `hours` is (grade, letter or "", subject) → hours a year;
    `period` the first and the last day of the schedule; `vpr_window` the days of the federal order, None when the
    order of the year is not known.
    """

    period: Span
    breaks: tuple[Span, ...] = ()
    first_grade_break: Span | None = None
    vpr_window: Span | None = None
    holidays: frozenset[dt.date] = frozenset()
    classes: frozenset[tuple[int, str]] = frozenset()
    subjects: frozenset[str] = frozenset()
    hours: Mapping[tuple[int, str, str], int] = field(default_factory=dict)

    def hours_of(self, grade: int, letter: str, subject: str) -> int | None:
        """Hours of the class, else of its grade; None when not loaded."""
        return self.hours.get((grade, letter, subject), self.hours.get((grade, "", subject)))


def clashes_of(works: Iterable[Work], around: Surroundings, policy: LoadPolicy) -> list[Clash]:
    """All clashes, in the order of classes and rules. Adding a work never removes one."""
    known = sorted(works)
    found = [
        *_by_pairs(known, policy),
        *_by_share(known, around, policy),
        *(clash for work in known for clash in _of_one(work, around, policy)),
    ]
    return sorted(found, key=lambda one: (_grade(one.place), one.place, one.subject, one.rule, one.works))


def shares_class(one: Work, other: Work) -> bool:
    """Whether some class writes both works."""
    return one.grade_level == other.grade_level and (one.letter == other.letter or not (one.letter and other.letter))


def largest_gap(one: Work, other: Work) -> int:
    """Days between two works when the days inside their windows are chosen as far apart as can be."""
    return max((other.last - one.first).days, (one.last - other.first).days)


def _by_pairs(works: Sequence[Work], policy: LoadPolicy) -> Iterator[Clash]:
    by_grade: dict[int, list[Work]] = defaultdict(list)
    for work in works:
        by_grade[work.grade_level].append(work)
    for group in by_grade.values():
        for one, other in combinations(group, 2):
            if shares_class(one, other):
                earlier, later = sorted((one, other), key=lambda work: (work.first, work.key))
                yield from _of_pair(earlier, later, policy)
            elif clash := _of_parallel(one, other, policy):
                yield clash


def _of_pair(one: Work, other: Work, policy: LoadPolicy) -> Iterator[Clash]:
    place = one.class_title if one.letter else other.class_title
    keys = (one.key, other.key)
    if one.subject == other.subject and largest_gap(one, other) < policy.interval_days:
        gap = largest_gap(one, other)
        words = f"{_named(one)} и {_named(other)}: между работами {gap} дн., нужно не меньше {policy.interval_days}."
        yield Clash("interval", keys, place, one.subject, words)
    if one.has_day and other.has_day and one.first == other.first:
        words = f"{_named(one)} и {_named(other)}: в один день, {one.first:%d.%m.%Y}."
        subjects = one.subject if one.subject == other.subject else f"{one.subject}, {other.subject}"
        yield Clash("one_a_day", keys, place, subjects, words)


def _of_parallel(one: Work, other: Work, policy: LoadPolicy) -> Clash | None:
    """Different procedures of a subject in two classes of a parallel that stand too near to each other."""
    if one.subject != other.subject or largest_gap(one, other) >= policy.interval_days:
        return None
    if is_same_procedure(one, other, policy):
        return None
    earlier, later = sorted((one, other), key=lambda work: (work.first, work.key))
    gap = largest_gap(one, other)
    words = (
        f"{earlier.class_title}: {_named(earlier)} и {later.class_title}: {_named(later)}: между работами параллели "
        f"{gap} дн., нужно не меньше {policy.interval_days}."
    )
    return Clash("parallel", (earlier.key, later.key), f"{one.grade_level}-е классы", one.subject, words)


def is_same_procedure(one: Work, other: Work, policy: LoadPolicy) -> bool:
    """Whether two classes write one work: it has the same kind in both, or no kind and days near to each other."""
    names = {" ".join(work.title.casefold().split()) for work in (one, other)}
    if len(names) == 1 and names != {""}:
        return True
    return "" in names and abs((one.first - other.first).days) <= policy.same_procedure_days


def _by_share(works: Sequence[Work], around: Surroundings, policy: LoadPolicy) -> Iterator[Clash]:
    for (grade, letter, subject), group in works_by_class(works, around.classes).items():
        hours = around.hours_of(grade, letter, subject)
        if not hours:
            continue
        lessons = sum(policy.lessons(work.minutes) for work in group)
        if lessons > hours * policy.largest_share:
            place = f"{grade}{letter}" if letter else f"{grade}-е классы"
            words = f"Работ {len(group)}, уроков {lessons} из {hours} ч в год: больше {policy.largest_share:.0%}."
            yield Clash("share", tuple(work.key for work in group), place, subject, words.replace("%", " %"))


def works_by_class(
    works: Iterable[Work], classes: Iterable[tuple[int, str]] = ()
) -> dict[tuple[int, str, str], list[Work]]:
    """(grade, letter, subject) → works that the class writes: a work of the whole grade counts in each class.

    Where no class of the grade is known, the grade itself and the letters that works name stand for the classes.
    """
    known = list(works)
    letters: dict[int, set[str]] = defaultdict(set)
    for grade, letter in classes:
        letters[grade].add(letter)
    for work in known:
        letters.setdefault(work.grade_level, {""})
        if work.letter:
            letters[work.grade_level].add(work.letter)
    found: dict[tuple[int, str, str], list[Work]] = defaultdict(list)
    for work in known:
        for letter in [work.letter] if work.letter else sorted(letters[work.grade_level]):
            found[work.grade_level, letter, work.subject].append(work)
    return dict(found)


def is_lesson_day(day: dt.date, grade: int, around: Surroundings, policy: LoadPolicy) -> bool:
    """Whether the grade has lessons on the day."""
    if day.isoweekday() in policy.rest_weekdays or day in around.holidays:
        return False
    breaks = around.breaks
    if grade == 1 and around.first_grade_break:
        breaks = (*breaks, around.first_grade_break)
    return not any(first <= day <= last for first, last in breaks)


def _of_one(work: Work, around: Surroundings, policy: LoadPolicy) -> Iterator[Clash]:
    def clash(rule: str, words: str) -> Clash:
        return Clash(rule, (work.key,), work.class_title, work.subject, f"{_named(work)}: {words}")

    if not any(is_lesson_day(day, work.grade_level, around, policy) for day in _days(work)):
        yield clash("school_day", "не учебный день." if work.has_day else "в периоде нет учебных дней.")
    if work.first < around.period[0] or work.last > around.period[1]:
        yield clash("inside_period", f"вне периода {around.period[0]:%d.%m.%Y}–{around.period[1]:%d.%m.%Y}.")
    if around.classes and not _is_known_class(work, around.classes):
        yield clash("known_class", "такого класса в реестре организации нет.")
    if around.subjects and work.subject not in around.subjects:
        yield clash("known_subject", "предмета нет ни в справочнике, ни в учебном плане.")
    window = around.vpr_window
    if window and is_vpr(work) and not (window[0] <= work.first and work.last <= window[1]):
        yield clash("vpr_window", f"вне сроков ВПР {window[0]:%d.%m.%Y}–{window[1]:%d.%m.%Y}.")
    if work.lesson == 1 and not _is_once_a_week(work, around, policy):
        yield clash("first_lesson", "первый урок.")


def is_vpr(work: Work) -> bool:
    """Whether it is the all-Russian work."""
    return bool(_VPR.search(work.title))


def _days(work: Work) -> Iterator[dt.date]:
    """Days of the window; a month and a half shows whether there is a lesson in it."""
    for number in range(min((work.last - work.first).days, 150) + 1):
        yield work.first + dt.timedelta(days=number)


def _is_known_class(work: Work, classes: frozenset[tuple[int, str]]) -> bool:
    if work.letter:
        return (work.grade_level, work.letter) in classes
    return any(grade == work.grade_level for grade, _ in classes)


def _is_once_a_week(work: Work, around: Surroundings, policy: LoadPolicy) -> bool:
    hours = around.hours_of(work.grade_level, work.letter, work.subject)
    return hours is not None and hours <= policy.once_a_week_hours


def _named(work: Work) -> str:
    """«Математика, контрольная работа, 12.09.2026»."""
    when = f"{work.first:%d.%m.%Y}" if work.has_day else f"{work.first:%d.%m}–{work.last:%d.%m.%Y}"
    return ", ".join(part for part in (work.subject, work.title, when) if part)


def _grade(place: str) -> int:
    digits = place[:2] if place[:2].isdecimal() else place[:1]
    return int(digits) if digits.isdecimal() else 0
