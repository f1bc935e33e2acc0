"""Titles of examinations: «04 - Химия 2026.06.01», «Английский язык п:2022.06.14; у:2022.06.16», file names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.contracts import Procedure
from intake.fields.subjects import subject_named

_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d)[._-](?P<month>\d{1,2})[._-](?P<day>\d{1,2})(?!\d)")
_DATE_RU = re.compile(r"(?<!\d)(?P<day>\d{1,2})[._-](?P<month>\d{1,2})[._-](?P<year>20\d\d)(?!\d)")
_CODE = re.compile(r"^\W*(?P<code>\d{1,2})\s*[-\u2010-\u2015\u2212.:]\s*(?=[^\W\d])")
_FILE_CODE = re.compile(r"(?:^|[^\d.])(?P<code>\d{2})[_ -]+(?=20\d\d[._-]\d)")
_PART = re.compile(r"(?<![^\W\d_])[пу]\s*\.?\s*:", re.IGNORECASE)
#: ГВЭ is given its own subject codes from 51 on.
_GVE_CODES = range(51, 70)

#: Names by code, for tables that carry only the code in the file name. The federal lists differ between years
#: (09 and 12): a name in the table always wins over the code.
SUBJECT_BY_CODE = {
    "01": "Русский язык", "02": "Математика", "03": "Физика", "04": "Химия", "05": "Информатика", "06": "Биология",
    "07": "История", "08": "География", "09": "Английский язык", "10": "Немецкий язык", "11": "Французский язык",
    "12": "Обществознание", "13": "Испанский язык", "14": "Китайский язык", "18": "Литература",
    "22": "Математика базовая", "25": "Информатика", "29": "Английский язык", "30": "Немецкий язык",
    "31": "Французский язык", "33": "Испанский язык", "34": "Китайский язык",
    "51": "Русский язык", "52": "Математика",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExamTitle:
    """What a title says: code as printed («04», «п:09; у:29»), subject as printed, day (of the written part)."""

    code: str
    subject: str
    held_on: dt.date | None

    @property
    def raw_subject(self) -> str:
        return f"{self.code} - {self.subject}" if self.code else self.subject


def parse_exam_title(text: object) -> ExamTitle | None:
    """A title row of a protocol, or an exam cell «Математика(2026.06.02)»; None when the text is no title.

    A title is short and has a subject (or a code and words) and a date YYYY.MM.DD (DD.MM.YYYY is understood too).
    """
    line = " ".join(str(text or "").replace("\xa0", " ").split()).strip(' "«»')
    if not 6 <= len(line) <= 120:
        return None
    held_on = first_date(line)
    if held_on is None:
        return None
    code, rest = _split_code(_DATE_RU.sub(" ", _DATE.sub(" ", line)))
    subject = _subject_words(rest)
    is_subject = subject_named(subject) is not None or "язык" in subject.casefold()
    if not (is_subject or (code and re.search(r"[^\W\d_]{3}", subject))):
        return None
    return ExamTitle(code=code, subject=subject, held_on=held_on)


def first_date(text: str) -> dt.date | None:
    """The first date of the form 2026.06.02 or 02.06.2026 in the text."""
    found = (_day(match) for match in (*_DATE.finditer(text), *_DATE_RU.finditer(text)))
    return next((day for day in found if day is not None), None)


def exam_of_lines(lines: Sequence[str]) -> ExamTitle | None:
    """An examination named over several lines («Предмет: Химия», «Дата: 01.06.2026»); None without a subject."""
    subject = next((line for line in lines if subject_named(line)), None)
    if subject is None:
        return None
    held_on = next((day for line in lines if (day := first_date(line))), None)
    words = re.sub(r"^\s*(?:предмет|экзамен)\w*\s*[:–-]\s*", "", subject, flags=re.IGNORECASE)
    code, rest = _split_code(words)
    return ExamTitle(code=code, subject=" ".join(rest.split()), held_on=held_on)


def parse_exam_file_name(name: str) -> ExamTitle | None:
    """Code and day from a file name like «02_2026.06.02….csv»; the subject is what the code list says."""
    base = re.split(r"[\\/]", name)[-1]
    code, day = _FILE_CODE.search(base), _DATE.search(base)
    if code is None or day is None or (held_on := _day(day)) is None:
        return None
    return ExamTitle(code=code["code"], subject=SUBJECT_BY_CODE.get(code["code"], ""), held_on=held_on)


def procedure_in_words(text: str) -> Procedure | None:
    """ЕГЭ, ОГЭ or ГВЭ named in words of a heading or a file name."""
    folded = text.casefold().replace("ё", "е")
    if re.search(r"\bгвэ|\bgve\b|государственн\w+ выпускн\w+ экзам", folded):
        return Procedure.GVE
    if re.search(r"\bк?егэ\b|\bege\b|един\w+ государственн\w+ экзам", folded):
        return Procedure.EGE
    if re.search(r"\bогэ\b|\boge\b|гиа.?9|основн\w+ государственн\w+ экзам", folded.replace("_", " ")):
        return Procedure.OGE
    return None


def is_gve_code(code: str) -> bool:
    """ГВЭ has codes of its own: 51 Russian, 52 mathematics and the subjects of choice after them."""
    return code.isdigit() and int(code) in _GVE_CODES


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _split_code(line: str) -> tuple[str, str]:
    match = _CODE.match(line)
    if match is None:
        return "", line
    return match["code"].zfill(2), line[match.end() :]


def _subject_words(rest: str) -> str:
    without_parts = _PART.sub(" ", rest)
    without_empty = re.sub(r"\(\s*\)", " ", without_parts)
    return " ".join(without_empty.split()).strip(" -–—;,.:()") + (")" if _closes(without_empty) else "")


def _closes(text: str) -> bool:
    return text.count("(") > 0 and " ".join(text.split()).rstrip(" -–—;,.:").endswith(")")
