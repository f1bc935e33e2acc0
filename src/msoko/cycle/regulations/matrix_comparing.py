"""A draft of a matrix beside the current one: what stays, changes, appears, goes, which assignments would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.matrices import FunctionText, match_functions, same_words
from msoko.cycle.regulations.matrix_content import texts_of
from msoko.cycle.regulations.models import FunctionGroup, MatrixDraft, MatrixFunction, RequiredDocument
from msoko.foundation.catalog.functions import FunctionDefinition, GroupDefinition, MatrixDefinition, power_title

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a function that is otherwise in the new matrix."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ComparedFunction:
    """A function of the draft; `old`: the current one that it continues or, `is_certain` False, might continue."""

    row: Json
    group: str
    old: MatrixFunction | None
    likeness: float
    is_certain: bool
    differences: tuple[Difference, ...]
    candidates: tuple[tuple[MatrixFunction, float], ...]


@dataclass(frozen=True, slots=True)
class GoneFunction:
    """A current function that the draft does not have. `is_kept`: a person leaves it in the new matrix."""

    function: MatrixFunction
    people: tuple[str, ...]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A current requirement with documents bound or a term; `title`: the new requirement that it continues, if any."""

    required: RequiredDocument
    title: str
    likeness: float
    is_certain: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixDifferences:
    """Everything that acceptance would do to the current matrix."""

    functions: tuple[ComparedFunction, ...]
    gone: tuple[GoneFunction, ...]
    documents: tuple[ComparedDocument, ...]

    @property
    def same(self) -> list[ComparedFunction]:
        return [one for one in self.functions if one.old and one.is_certain and not one.differences]

    @property
    def changed(self) -> list[ComparedFunction]:
        return [one for one in self.functions if one.old and one.is_certain and one.differences]

    @property
    def pending(self) -> list[ComparedFunction]:
        """Pairs that wait for a person."""
        return [one for one in self.functions if one.old and not one.is_certain]

    @property
    def added(self) -> list[ComparedFunction]:
        return [one for one in self.functions if one.old is None]

    @property
    def pending_documents(self) -> list[ComparedDocument]:
        return [one for one in self.documents if one.title and not one.is_certain]

    @property
    def lost_people(self) -> list[GoneFunction]:
        """Functions whose people nobody would find again."""
        return [one for one in self.gone if one.people and not one.is_kept]

    @property
    def lost_documents(self) -> list[ComparedDocument]:
        return [one for one in self.documents if not one.title]

    @property
    def question_count(self) -> int:
        return len(self.pending) + len(self.pending_documents)

    @property
    def loss_count(self) -> int:
        return len(self.lost_people) + len(self.lost_documents)


@dataclass(frozen=True, slots=True)
class SamplePair:
    """A function beside the one of the sample that it is, or that it might be."""

    function: MatrixFunction
    group: FunctionGroup
    sample: FunctionDefinition
    likeness: float
    is_certain: bool

    @property
    def is_word_for_word(self) -> bool:
        return same_words(self.function.text) == same_words(self.sample.text)


@dataclass(frozen=True, slots=True)
class SampleComparison:
    """A matrix beside a sample; functions come with their groups."""

    pairs: tuple[SamplePair, ...]
    missing: tuple[tuple[FunctionDefinition, GroupDefinition], ...]
    extra: tuple[tuple[MatrixFunction, FunctionGroup], ...]

    @property
    def pending(self) -> list[SamplePair]:
        return [one for one in self.pairs if not one.is_certain]

    @property
    def certain(self) -> list[SamplePair]:
        return [one for one in self.pairs if one.is_certain]


def compare_with_sample(groups: Sequence[FunctionGroup], sample: MatrixDefinition) -> SampleComparison:
    """What of the sample is there, whatever its words; `groups` loaded by `groups_of`."""
    own = [(one, group) for group in groups for one in group.functions.all()]
    theirs = [(one, group) for group in sample.groups for one in group.functions]
    unlike = frozenset(
        (number, place)
        for place, (one, _) in enumerate(own) if one.unlike
        for number, (other, _) in enumerate(theirs) if other.code in one.unlike
    )  # fmt: skip
    match = match_functions(
        [FunctionText(one.text, group.number, one.code) for one, group in theirs],
        [FunctionText(one.text, group.number or group.title, one.code) for one, group in own],
        unlike=unlike,
    )
    return SampleComparison(
        tuple(SamplePair(*own[p.new], theirs[p.old][0], p.likeness, p.is_certain) for p in match.pairs),
        tuple(theirs[place] for place in match.removed),
        tuple(own[place] for place in match.added),
    )


def differences_of(draft: MatrixDraft, groups: Sequence[FunctionGroup]) -> MatrixDifferences:
    """`groups` of the current matrix, loaded by `groups_of`. Rows that people took out of the draft are not in it."""
    content = chosen_content(draft)
    known = [(one, group) for group in groups for one in group.functions.all()]
    old = [FunctionText(one.text, group.number or group.title, one.code) for one, group in known]
    places = {one.pk: place for place, (one, _) in enumerate(known)}
    pairs: Mapping[str, int] = draft.answers.get("pairs", {})
    decided = {
        place: places.get(pairs[one["key"]])
        for place, one in enumerate(content["functions"])
        if pairs.get(one["key"]) in {0, *places}  # a function of a former edition decides nothing
    }
    match = match_functions(old, texts_of(content), decided)
    by_new = {pair.new: pair for pair in match.pairs}
    titles = {group["key"]: f"{group['number']} {group['title']}".strip() for group in content["groups"]}
    functions = []
    for place, row in enumerate(content["functions"]):
        pair = by_new.get(place)
        before = known[pair.old] if pair else None
        functions.append(
            ComparedFunction(
                row, titles[row["group"]], before[0] if before else None, pair.likeness if pair else 0.0,
                bool(pair and pair.is_certain),
                _differences(before[0], before[1], row, titles[row["group"]]) if before else (),
                tuple((known[one][0], likeness) for one, likeness in match.candidates.get(place, ())),
            )
        )  # fmt: skip
    kept = set(draft.answers.get("kept", ()))
    gone = tuple(
        GoneFunction(one, tuple(person.person.full_name for person in one.people.all()), one.pk in kept)
        for one in (known[place][0] for place in match.removed)
    )
    return MatrixDifferences(tuple(functions), gone, _documents(draft, content, groups, kept))


def chosen_content(draft: MatrixDraft) -> Json:
    """The draft without the rows that a person took out."""
    skipped = set(draft.answers.get("skipped", ()))
    groups = [one for one in draft.content["groups"] if one["key"] not in skipped]
    keys = {one["key"] for one in groups}
    rows = [one for one in draft.content["functions"] if one["key"] not in skipped and one["group"] in keys]
    return {"groups": groups, "functions": rows}


def _differences(old: MatrixFunction, group: FunctionGroup, row: Json, title: str) -> tuple[Difference, ...]:
    pairs: tuple[tuple[str, str, str], ...] = (
        ("Функция", old.text, row["text"]),
        ("Группа", f"{group.number} {group.title}".strip(), title),
        ("Должности, органы", "; ".join(old.posts), "; ".join(row["posts"])),
        ("Документы", "; ".join(one.title for one in old.required.all()),
         "; ".join(one["title"] for one in row["documents"])),
        ("Вид полномочия", power_title(old.power), power_title(row["power"])),
    )  # fmt: skip
    return tuple(
        Difference(name, before, after)
        for name, before, after in pairs
        if _told(before) != _told(after) and not (name == "Вид полномочия" and before)
    )


def _told(text: str) -> list[str]:
    """Items of a field in an order of their own: posts and documents are not otherwise because they stand otherwise."""
    return sorted(map(same_words, text.split("; ")))


def _documents(
    draft: MatrixDraft, content: Json, groups: Sequence[FunctionGroup], kept: set[int]
) -> tuple[ComparedDocument, ...]:
    old = [one for one in _requirements(groups) if one.documents.all() or one.term_years]
    titles = {same_words(one["title"]): one for row in [*content["groups"], *content["functions"]]
              for one in row["documents"]}  # fmt: skip
    rows = list(titles.values())
    staying = {one.pk for group in groups for f in group.functions.all() if f.pk in kept for one in f.required.all()}
    answers: Mapping[str, str] = draft.answers.get("documents", {})
    decided = {
        place: next((n for n, row in enumerate(rows) if row["title"] == answers[str(one.pk)]), None)
        for place, one in enumerate(old) if str(one.pk) in answers
    }  # fmt: skip
    match = match_functions(
        [FunctionText(row["title"], row["kind"], row["code"]) for row in rows],
        [FunctionText(one.title, one.kind, one.code) for one in old],
        decided,
    )
    by_old = {pair.new: pair for pair in match.pairs}
    found = []
    for place, one in enumerate(old):
        pair = by_old.get(place)
        near = tuple(rows[number]["title"] for number, _ in match.candidates.get(place, ()))
        title = rows[pair.old]["title"] if pair else one.title if one.pk in staying else ""
        found.append(
            ComparedDocument(
                one, title, pair.likeness if pair else 1.0, pair is None or pair.is_certain, near
            )
        )  # fmt: skip
    return tuple(found)


def _requirements(groups: Iterable[FunctionGroup]) -> list[RequiredDocument]:
    found: dict[int, RequiredDocument] = {}
    for group in groups:
        for one in [*group.required.all(), *(r for f in group.functions.all() for r in f.required.all())]:
            found.setdefault(one.pk, one)
    return list(found.values())
