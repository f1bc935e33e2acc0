"""What a read plan means with the answers of people: every row as it would be stored, and what is to be asked.

Nothing is stored here: the preview page and the acceptance go by the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.terms import Term
from msoko.cycle.planning.enums import UnitKind, UnitRole
from msoko.cycle.planning.models import Plan, PlanImport
from msoko.cycle.planning.scheduling import Understanding
from msoko.cycle.planning.units import Addressee, Directory, directory_of, normal

Json = dict[str, Any]
#: Warnings of the reader that the preview words itself, by what it has understood.
_OWN_WORDS = frozenset({"term_review", "abbreviation_unknown", "responsible_unknown"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A responsible unit of a row: as printed, what it means, whom."""

    raw: str
    meaning: str
    addressee: Addressee
    role: UnitRole
    qualifier: str = ""
    #: since when the organization is no more
    closed_on: dt.date | None = None

    @property
    def question(self) -> str:
        """What to ask about a unit that charges nobody, empty when it is clear."""
        if self.addressee.is_known:
            return ""
        if self.closed_on is not None:
            return f"«{self.raw}» – организация закрыта с {self.closed_on:%d.%m.%Y}. Кому поручить?"
        return f"Кто такие «{self.raw}»?"

    @property
    def key(self) -> str:
        return normal(self.raw)


@dataclass(frozen=True, slots=True)
class ResultRow:
    text: str
    kind: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the document beside what was understood. `questions` are Russian sentences; empty means clear."""

    index: int
    source: Json
    section_path: tuple[tuple[str, str], ...]
    number: str
    title: str
    label: str
    terms_text: str
    terms: tuple[Term, ...]
    units: tuple[UnitRow, ...]
    results: tuple[ResultRow, ...]
    direction: str
    direction_source: str
    cycle_part: str
    cycle_part_source: str
    questions: tuple[str, ...]
    warnings: tuple[Json, ...]
    is_skipped: bool
    is_confirmed: bool

    @property
    def has_questions(self) -> bool:
        return bool(self.questions) and not self.is_skipped and not self.is_confirmed


@dataclass(frozen=True, slots=True)
class Preview:
    """All rows, the abbreviations and the units that nobody knows yet (each asked once for the whole file)."""

    rows: tuple[PreviewRow, ...]
    abbreviations: tuple[str, ...]
    #: unit as printed → the question
    unknown_units: Mapping[str, str]
    directory: Directory

    @property
    def question_count(self) -> int:
        return sum(row.has_questions for row in self.rows)


def preview_of(session: PlanImport) -> Preview:
    """The preview of a read import. A constant number of queries."""
    directory = directory_of(session.owner)
    reader = _RowReader(session, directory)
    activities: list[Json] = session.reading.get("activities", [])
    rows = tuple(reader.row(index, activity) for index, activity in enumerate(activities))
    explained = session.answers.get("abbreviations", {})
    asked = dict.fromkeys(one["abbreviation"] for one in session.reading.get("questions", []))
    return Preview(
        rows,
        tuple(one for one in asked if one not in explained and not _is_decided(one, reader)),
        {unit.raw: unit.question for row in rows for unit in row.units if unit.question},
        directory,
    )


def _is_decided(abbreviation: str, reader: _RowReader) -> bool:
    return reader.addressee(abbreviation, "").is_known


def plan_of(session: PlanImport) -> Plan:
    """The plan as it would be: for its years and calendars, not stored."""
    return Plan(
        owner=session.owner, kind=session.kind, title=session.title, year_kind=session.year_kind,
        start_year=session.start_year, years=session.years,
    )  # fmt: skip


class _RowReader:
    """Rows of one import, with its answers and lookups at hand."""

    def __init__(self, session: PlanImport, directory: Directory) -> None:
        self._answers: Mapping[str, Any] = session.answers
        self._directory = directory
        self._understanding = Understanding(plan_of(session))

    def row(self, index: int, activity: Json) -> PreviewRow:
        own: Json = self._answers.get("rows", {}).get(str(index), {})
        number, title, phrase = (
            str(own.get(mine, activity[theirs]))
            for mine, theirs in (("number", "number"), ("title", "title"), ("terms_text", "terms_raw"))
        )
        phrase = phrase if phrase.strip(" -–—") else ""
        terms = tuple(self._understanding.terms(phrase))
        units = self._units(own, activity)
        direction, part = own.get("direction"), own.get("cycle_part")
        return PreviewRow(
            index=index,
            source=activity,
            section_path=tuple((one["number"], one["title"]) for one in activity["section_path"]),
            number=number,
            title=title,
            label=activity["label"] or "",
            terms_text=phrase,
            terms=terms,
            units=units,
            results=_results(own, activity),
            direction=direction if direction is not None else activity["direction"] or "",
            direction_source="person" if direction is not None else activity["direction_source"] or "",
            cycle_part=part if part is not None else activity["cycle_part"] or "",
            cycle_part_source="person" if part is not None else activity["cycle_part_source"] or "",
            questions=_questions(title, terms, units),
            warnings=tuple(one for one in activity["warnings"] if one["code"] not in _OWN_WORDS),
            is_skipped=bool(own.get("skip")),
            is_confirmed=bool(own.get("confirm")),
        )

    def _units(self, own: Json, activity: Json) -> tuple[UnitRow, ...]:
        if "responsible" in own:
            named: list[Json] = [{"raw": text.strip()} for text in str(own["responsible"]).split(";") if text.strip()]
        else:
            named = activity["responsible"]
        lead = next((place for place, one in enumerate(named) if one.get("is_lead")), 0)
        return tuple(self._unit(one, is_lead=place == lead) for place, one in enumerate(named))

    def _unit(self, one: Json, *, is_lead: bool) -> UnitRow:
        raw = one["raw"]
        explained: Json = self._answers.get("abbreviations", {})
        words = [explained[name] for name in one.get("abbreviations", []) if explained.get(name)]
        meaning = one.get("resolved") or " ".join(words) or explained.get(raw, "")
        role = UnitRole.LEAD if is_lead else UnitRole.CO
        addressee = self.addressee(raw, meaning)
        closed_on = None if addressee.is_known else self._directory.closed_since(raw, meaning)
        return UnitRow(raw, meaning, addressee, role, one.get("qualifier") or "", closed_on)

    def addressee(self, raw: str, meaning: str) -> Addressee:
        decided = self._answers.get("units", {}).get(normal(raw))
        return _addressee(decided) if decided else self._directory.resolve(raw, meaning)


def _addressee(decided: Json) -> Addressee:
    return Addressee(
        UnitKind(decided["kind"]), decided.get("organization"), decided.get("department"), decided.get("body"),
        group=decided.get("group", ""),
    )  # fmt: skip


def _results(own: Json, activity: Json) -> tuple[ResultRow, ...]:
    if "results" in own:
        return tuple(ResultRow(text.strip()) for text in str(own["results"]).split(";") if text.strip())
    return tuple(
        ResultRow(one["text"], one["kind"] or "", one["destination"] or "") for one in activity["deliverables"]
    )


def _questions(title: str, terms: tuple[Term, ...], units: tuple[UnitRow, ...]) -> tuple[str, ...]:
    found = [] if title.strip() else ["Нет названия мероприятия."]
    if terms and (terms[0].review or not terms[0].phrase.strip()):
        found += list(terms[0].questions) or ["Какой срок поставить?"]
    if not units:
        found.append("Ответственные не указаны.")
    found += [unit.question for unit in units if unit.question]
    return tuple(dict.fromkeys(found))
