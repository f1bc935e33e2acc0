"""Sorted rows → sections and activities with everything that was understood about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.contracts import Severity
from intake.fields.text import clean_text
from intake.plans.abbreviations import Abbreviations
from intake.plans.composing import term_of
from intake.plans.contracts import Activity, PlanReading, Remark, Responsible, RowPlace
from intake.plans.cycle_claims import claim_cycle
from intake.plans.deliverables import deliverables_of
from intake.plans.headers import Header
from intake.plans.joining import mended, without_line_hyphens
from intake.plans.numbering import NumberWatch
from intake.plans.numbers import Number, number_of
from intake.plans.questions import questions_of, unit_remarks
from intake.plans.remarks import plan_remarks, row_remarks, term_remarks
from intake.plans.responsible import resolved_unit, split_joined, split_units, units_standing_alone
from intake.plans.rows import PlanRow, RowKind
from intake.plans.sections import SectionTree
from intake.plans.stages import with_stages
from intake.plans.summaries import mark_summaries
from intake.plans.terms import TermReader, phrase_for_reading, remembering, says_the_same, with_year
from intake.plans.vocabulary import Vocabulary, folded_text

#: works of one cell, counted: no number of them is the number of the row
_SEVERAL = re.compile(r"\n\s*2[.)](?!\d)")
#: «а)», «б.» in a cell of numbers
_LONGEST_LETTER = 2


@dataclass(slots=True)
class PlanBuilder:
    """Builds one reading from rows in order."""

    reading: PlanReading
    vocabulary: Vocabulary
    terms: TermReader
    abbreviations: Abbreviations
    words: frozenset[str]
    _tree: SectionTree = field(init=False)
    _watch: NumberWatch = field(init=False, default_factory=NumberWatch)
    _rows: list[PlanRow] = field(init=False, default_factory=list)

    def build(self, rows: Sequence[PlanRow], headers: Mapping[int, Header]) -> None:
        """Fill the reading with sections, activities, questions and remarks."""
        self._tree = SectionTree(self.vocabulary)
        self.terms = remembering(self.terms)
        sheet = rows[0].grid.sheet if rows else ""
        for row in rows:
            if row.grid.sheet != sheet:
                sheet = row.grid.sheet
                self._tree.reset()
            if row.kind is RowKind.SECTION:
                self._tree.open(clean_text(row.heading), _place(row), row.level)
            elif row.kind is RowKind.ACTIVITY:
                self._add(row, headers[id(row.grid)])
            else:
                self._remark(row)
        self.reading.sections = self._tree.sections
        self._resolve_units()
        mark_summaries(self.reading)
        claim_cycle(self.reading, self.vocabulary)
        self.reading.questions = questions_of(self.reading, self.abbreviations)
        self.reading.remarks += plan_remarks(self.reading)

    def _add(self, row: PlanRow, header: Header) -> None:
        number, title = _number_and_title(row)
        if row.grid.sheet:
            number = self._watch.with_lost_zero(number, self._tree.path)
        title = mended(clean_text(without_line_hyphens(title, self.words)))
        place = _place(row)
        previous = self.reading.activities[-1] if self.reading.activities else None
        if any(pattern.search(folded_text(title)) for pattern in self.vocabulary.rows.repealed):
            message = f"Строка «{number.raw} {clean_text(title)[:60]}» исключена из документа и не прочитана."
            self.reading.remarks.append(Remark("row_repealed", message, "", Severity.INFO, place))
            return
        raw, source = self._term(row, header)
        terms = self.terms(with_year(phrase_for_reading(raw), self._tree.year))
        if terms.get("same_as_previous") and previous is not None:
            terms, source = previous.terms, "previous"
        deliverables_raw = row.text("result") or "\n".join(row.merged.get("result", ()))
        deliverables, lacked_comma = deliverables_of(mended(deliverables_raw), self.vocabulary)
        if previous is not None and says_the_same(deliverables_raw):
            deliverables = list(previous.deliverables)
        label = number.rest if header.place("number") is not None else ""
        activity = Activity(
            index=len(self.reading.activities),
            section_path=self._tree.path,
            number=number.raw,
            title=title,
            terms_raw=" ".join(raw.split("\n")),
            terms=with_stages(terms, title),
            place=place,
            label=label,
            terms_source=source,
            responsible_raw=" ".join(_people(row).split("\n")),
            deliverables=tuple(deliverables),
            deliverables_raw=" ".join(deliverables_raw.split("\n")),
            extra=tuple((name, " ".join(text.split("\n"))) for name, text in row.extra),
            group=self._group(row, previous),
        )
        remarks = [
            *self._watch.remarks(number, self._tree.path, place),
            *row_remarks(activity, row, header, lacked_comma=lacked_comma),
            *term_remarks(activity),
        ]
        self.reading.activities.append(replace(activity, remarks=tuple(remarks)))
        self._rows.append(row)

    def _term(self, row: PlanRow, header: Header) -> tuple[str, str]:
        raw, source = term_of(row, header, self.vocabulary)
        if raw:
            return raw, source
        term, title, number = (header.place(role) for role in ("term", "title", "number"))
        previous = self.reading.activities[-1] if self.reading.activities else None
        same_section = previous is not None and previous.section_path == self._tree.path
        if term is not None and title is not None and term < title and number is None and previous and same_section:
            return previous.terms_raw, "merged"
        return (self._tree.term, "heading") if self._tree.term else ("", "")

    def _group(self, row: PlanRow, previous: Activity | None) -> str:
        """Text of the grouping column; a blank below it belongs to the same group."""
        if "group" not in row.texts:
            return ""
        own = clean_text(_role(row, "group"))
        same_section = previous is not None and previous.section_path == self._tree.path
        return own or (previous.group if previous is not None and same_section else "")

    def _resolve_units(self) -> None:
        """Units of all activities: those without a comma are told by how they stand elsewhere."""
        units = self.vocabulary.units
        activities = self.reading.activities
        split = [
            (split_units(_role(row, "responsible"), units), split_units(_role(row, "executor"), units))
            for row in self._rows
        ]
        for place in range(1, len(split)):
            if says_the_same(_people(self._rows[place])):
                split[place] = split[place - 1]
        standing = units_standing_alone([part for pair in split for part in pair])
        for place, (lead, executors) in enumerate(split):
            lead, lacked = split_joined(lead, standing, units)
            executors, lacked_too = split_joined(executors, standing, units)
            remarks = unit_remarks(activities[place], [*lead, *executors], [*lacked, *lacked_too])
            responsible = self._responsible(lead, executors)
            activities[place] = replace(
                activities[place], responsible=responsible, remarks=(*activities[place].remarks, *remarks)
            )

    def _responsible(self, lead: list[str], executors: list[str]) -> tuple[Responsible, ...]:
        seen: dict[str, Responsible] = {}
        for raw, is_executor in [*((one, False) for one in lead), *((one, bool(lead)) for one in executors)]:
            if folded_text(raw) not in seen:
                seen[folded_text(raw)] = resolved_unit(
                    raw, self.abbreviations, self.vocabulary.units, is_lead=not seen, is_executor=is_executor
                )
        return tuple(seen.values())

    def _remark(self, row: PlanRow) -> None:
        is_note = row.kind is RowKind.FOOTNOTE
        message = f"{'Примечание' if is_note else 'Пометка об изменении'}: «{clean_text(row.heading)[:160]}»."
        code = "footnote" if is_note else "amendment"
        self.reading.remarks.append(Remark(code, message, "", Severity.INFO, _place(row)))


def _number_and_title(row: PlanRow) -> tuple[Number, str]:
    """Number with its label, and the title; one column that holds both is split."""
    if "number_title" in row.texts and "title" not in row.texts:
        number = number_of(row.text("number_title"))
        return Number(number.raw, number.parts, "", number.is_roman), number.rest
    title = row.text("title") or " ".join(row.merged.get("title", ()))
    if "number" not in row.texts:
        number = number_of(title)
        if number.parts and number.rest and not _SEVERAL.search(title):
            return Number(number.raw, number.parts, "", number.is_roman), number.rest
        return Number("", (), ""), title
    return _number(row.text("number")), title


def _number(text: str) -> Number:
    """Number of the cell; «1–3» and «а)» are numbers too, though nothing can be counted by them."""
    number = number_of(text)
    text = clean_text(text)
    if not number.parts and text and (len(text) <= _LONGEST_LETTER or not any(map(str.isalpha, text))):
        return Number(text, (), "")
    return number


def _people(row: PlanRow) -> str:
    return "\n".join(text for text in (_role(row, "responsible"), _role(row, "executor")) if text)


def _role(row: PlanRow, role: str) -> str:
    return row.text(role) or "\n".join(row.merged.get(role, ()))


def _place(row: PlanRow) -> RowPlace:
    return RowPlace(row.row.number, max(row.last, row.row.number), row.grid.number, row.grid.sheet, row.row.page)
