"""What a file name says about the campaign. Names lie or are numeric, so layouts ask only when the table is silent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from intake.contracts import Procedure
from intake.fields.subjects import subject_by_code, subject_words

_EXTENSION = re.compile(r"\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|html?|zip)$", re.IGNORECASE)
_ANONYMISED = re.compile(r"\.anon$", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/_]\s*(20)?(\d\d)(?!\d|[._-]\d)")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:(\d{1,2})[._](\d{1,2})[._](20\d\d)|(20\d\d)[._-](\d{1,2})[._-](\d{1,2}))(?!\d)")
_BY_SAMPLE = re.compile(r"по образцу\s+(?:за\s+)?(\d{1,2})")
_CLASS = re.compile(r"(?<!\d)(1[01]|[1-9])\s*[-–]?\s*(?:[ыо]?[йхе]\s+)?(?:класс|кл(?![а-я]))")
_CLASS_BEFORE = re.compile(r"класс\w*\s*[-–:№]?\s*(1[01]|[1-9])(?!\d)")
_CODE_AND_GRADE = re.compile(r"(?<![\wа-яА-Я])([А-ЯЁ]{2})[\s_-]?(1[01]|[1-9])(?!\d)")
_GRADE_AND_CODE = re.compile(r"(?<!\d)(1[01]|[1-9])[\s_-]?([А-ЯЁ]{2})(?![а-яА-ЯёЁ])")
_LONE_GRADE = re.compile(r"(?<![\d.,])(1[01]|[1-9])(?![\d.,]|\s*(?:часть|вариант|четверть|триместр|полугодие))")
#: the number of a school is no grade
_SCHOOL_NUMBER = re.compile(r"(?:сош|оош|нош|школ\w*|лице\w*|гимнази\w*)\s*[-№n]?\s*\d+|[№n]\s*\d+")
_TRIAL = r"(?<!\w)(?:пробн|репетиц|тренировочн)\w*(?: \w+){0,3}"
_PROCEDURES: tuple[tuple[re.Pattern[str], Procedure], ...] = (
    # what is held «in the format of» an examination is not the examination
    (re.compile(rf"{_TRIAL} (?:огэ|егэ|гвэ|экзам)|в формате (?:огэ|егэ|гвэ)"), Procedure.MOCK_EXAM),
    (re.compile(rf"{_TRIAL} впр|в формате впр"), Procedure.SCHOOL_DIAGNOSTIC),
    (re.compile(r"(?<!\w)впр(?!\w)|всероссийск\w+ проверочн\w+|форма сбора результатов"), Procedure.VPR),
    (re.compile(r"(?<!\w)егэ(?!\w)|кегэ"), Procedure.EGE),
    (re.compile(r"(?<!\w)огэ(?!\w)"), Procedure.OGE),
    (re.compile(r"(?<!\w)гвэ(?!\w)"), Procedure.GVE),
    (re.compile(r"(?<!\w)нико(?!\w)"), Procedure.NIKO),
    (re.compile(r"(?<!\w)всош(?!\w)|олимпиад"), Procedure.VSOSH),
    (re.compile(r"(?<!\w)рдр(?!\w)|региональн\w+ диагност"), Procedure.REGIONAL_DIAGNOSTIC),
    (re.compile(r"(?<!\w)мдр(?!\w)|муниципальн\w+ диагност"), Procedure.MUNICIPAL_DIAGNOSTIC),
    (
        re.compile(r"готовност\w+ (?:\w+ ){0,2}первокласс|(?:стартов|входн)\w+ диагност\w+ (?:\w+ ){0,3}первокласс"),
        Procedure.BASELINE,
    ),
    (re.compile(r"метапредмет"), Procedure.CROSS_CURRICULAR),
    (re.compile(r"(?<!\w)(?:пробн|репетицион)\w+ экзам"), Procedure.MOCK_EXAM),
)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """Facts read out of a file name or a title; None where it is silent."""

    subject: str | None = None
    raw_subject: str = ""
    grade_level: int | None = None
    year: int | None = None
    procedure: Procedure | None = None


def facts_of_name(name: str) -> NameFacts:
    """Facts of a file name with its folders: the file itself first, then the nearest folder that says more.

    «2022/11/География.xlsx», «Проведение работы по математике, 4 класс. ВПР 2021.xlsx»,
    «Форма сбора результатов Английский язык 8 класс ВПР 2026.xlsx», «2020_raw_export__4_Математика.xlsx».
    A school year «2024-2025» is named by the calendar year in which it ends.
    """
    parts = [part for part in re.split(r"[/\\]+", name) if part]
    if not parts:
        return NameFacts()
    parts[-1] = _ANONYMISED.sub("", _EXTENSION.sub("", parts[-1]))
    known = NameFacts()
    for part in reversed(parts):
        known = _completed(known, facts_of_text(part))
    return known


def _completed(known: NameFacts, more: NameFacts) -> NameFacts:
    return NameFacts(
        known.subject or more.subject,
        known.raw_subject or more.raw_subject,
        known.grade_level or more.grade_level,
        known.year or more.year,
        known.procedure or more.procedure,
    )


@lru_cache(maxsize=4096)  # the files of a campaign have the same titles
def facts_of_text(text: str) -> NameFacts:
    """Facts of one line of text: a title or a part of a file name."""
    plain = " ".join(text.replace("_", " ").split())
    subject, grade = _by_code(plain)
    named, words = subject_words(plain)
    subject = named or subject
    level = _grade(plain, has_subject=subject is not None) or grade
    return NameFacts(subject, words, level, _year(plain), _procedure(plain) or _start_of_year(plain, level))


def _by_code(plain: str) -> tuple[str | None, int | None]:
    if (match := _CODE_AND_GRADE.search(plain)) and (subject := subject_by_code(match.group(1))):
        return subject, int(match.group(2))
    if (match := _GRADE_AND_CODE.search(plain)) and (subject := subject_by_code(match.group(2))):
        return subject, int(match.group(1))
    return None, None


def _grade(plain: str, *, has_subject: bool) -> int | None:
    lowered = plain.casefold()
    for pattern in (_BY_SAMPLE, _CLASS, _CLASS_BEFORE):
        if match := pattern.search(lowered):
            return int(match.group(1))
    rest = _SCHOOL_NUMBER.sub(" ", _YEAR.sub(" ", _YEARS.sub(" ", _DATE.sub(" ", lowered))))
    numbers = _LONE_GRADE.findall(rest)
    is_folder = re.fullmatch(r"\s*\d{1,2}\s*", lowered) is not None
    return int(numbers[0]) if len(numbers) == 1 and (has_subject or is_folder) else None


def _year(plain: str) -> int | None:
    if match := _DATE.search(plain):
        return int(match.group(3) or match.group(4))
    if (match := _YEARS.search(plain)) and int(match.group(3)) == (int(match.group(1)) + 1) % 100:
        return int(match.group(1)) + 1
    found = _YEAR.search(plain)
    return int(found.group(1)) if found else None


def _start_of_year(plain: str, grade_level: int | None) -> Procedure | None:
    """A diagnosis at the start is that of first-graders in grade 1 only; in others it is a work of the school."""
    if not re.search(r"стартов\w+ диагност", plain.casefold()):
        return None
    return Procedure.BASELINE if grade_level in (None, 1) else Procedure.SCHOOL_DIAGNOSTIC


def _procedure(plain: str) -> Procedure | None:
    lowered = plain.casefold()
    return next((procedure for pattern, procedure in _PROCEDURES if pattern.search(lowered)), None)
