"""Works sorted into campaigns, and in a campaign into groups of the same composition of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from intake.contracts import CampaignClaim, Problem, Severity, Specification, SpecificationItem, Work
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.values import CampaignKey

CAMPAIGN_IS_KNOWN = Passport(
    "campaign_is_known",
    Severity.WARNING,
    "Не удалось определить: {missing}. Результаты рассчитаны без этих сведений.",
    "Укажите их в названии файла (например, «ВПР 2026 Русский язык 4 класс») или при загрузке.",
)
ITEMS_MATCH_BETWEEN_FILES = Passport(
    "items_match_between_files",
    Severity.WARNING,
    "Состав заданий отличается от других файлов этой работы (лишние: {extra}; недостающие: {missing}): "
    "результаты рассчитаны отдельно.",
    "Проверьте, что файлы относятся к одной работе и ни один столбец заданий не удалён.",
)
ITEMS_MATCH_SPECIFICATION = Passport(
    "items_match_specification",
    Severity.WARNING,
    "Задания файла не совпадают со спецификацией «{specification}» (нет в ней: {extra}; нет в файле: {missing}).",
    "Проверьте, что спецификация относится к этой работе.",
)
_MISSING_WORDS = {"procedure": "процедуру", "subject": "предмет", "grade_level": "класс", "year": "год"}


@dataclass(slots=True)
class Composition:
    """Works of one campaign with the same items. `columns[w][k]`: item column of work w for label k, −1 for none."""

    labels: tuple[str, ...]
    works: list[Work]
    columns: list[list[int]]
    specification: Specification | None = None
    items: dict[str, SpecificationItem] = field(default_factory=dict)


def campaign_key(claim: CampaignClaim) -> CampaignKey:
    """Key of a claim; a procedure held in one grade level only gives the level (ОГЭ: 9)."""
    definition = procedure(claim.procedure) if claim.procedure else None
    grade_level = claim.grade_level
    if grade_level is None and definition is not None:
        grade_level = definition.only_grade_level
    return CampaignKey(str(claim.procedure or ""), claim.subject or "", grade_level, claim.year)


def campaign_of_file(claim: CampaignClaim, works: Sequence[Work]) -> CampaignClaim:
    """The claim of a summary with what it is silent about taken from the only campaign of the same file.

    A sheet «Итоги» beside the sheet of participants seldom repeats the name of the work.
    """
    others = {campaign_key(work.campaign) for work in works if len(work.participants)}
    if len(others) != 1:
        return claim
    one = next(work.campaign for work in works if len(work.participants))
    said = ("procedure", "subject", "grade_level", "year")
    if any(getattr(claim, name) not in (None, "", getattr(one, name)) for name in said):
        return claim
    return replace(claim, **{name: getattr(one, name) for name in said})


def group_works(works: Iterable[Work]) -> dict[CampaignKey, list[Work]]:
    """Works by campaign in order of first appearance."""
    groups: dict[CampaignKey, list[Work]] = {}
    for work in works:
        groups.setdefault(campaign_key(work.campaign), []).append(work)
    return groups


def campaign_is_known(key: CampaignKey, works: Sequence[Work]) -> list[Problem]:
    """Every file says procedure, subject, grade level and year."""
    missing = [words for name, words in _MISSING_WORDS.items() if not getattr(key, name)]
    if not missing:
        return []
    return [CAMPAIGN_IS_KNOWN.problem(work.file, work.sheet, missing=", ".join(missing)) for work in works]


def compose(
    key: CampaignKey, works: Sequence[Work], specifications: Sequence[Specification]
) -> tuple[list[Composition], list[Problem]]:
    """Groups of works with the same items, the largest first. Works without items join the largest group."""
    problems: list[Problem] = []
    groups: dict[frozenset[str], list[tuple[Work, list[str], Specification | None]]] = {}
    for work in works:
        specification, labels, remarks = _labels_of(key, work, specifications)
        problems += remarks
        groups.setdefault(frozenset(labels), []).append((work, labels, specification))
    itemless = groups.pop(frozenset(), [])
    compositions = sorted(
        (_composition(members) for members in groups.values()),
        key=lambda one: -sum(len(work.participants) for work in one.works),
    ) or [Composition((), [], [])]
    for work, _, _ in itemless:
        compositions[0].works.append(work)
        compositions[0].columns.append([-1] * len(compositions[0].labels))
    return compositions, problems + items_match_between_files(compositions)


def items_match_between_files(compositions: Sequence[Composition]) -> list[Problem]:
    """All files of a campaign have the same items."""
    usual = compositions[0].labels
    return [
        ITEMS_MATCH_BETWEEN_FILES.problem(
            work.file, work.sheet, extra=_listed(set(other.labels) - set(usual)),
            missing=_listed(set(usual) - set(other.labels)),
        )
        for other in compositions[1:]
        for work in other.works
    ]  # fmt: skip


def specification_fits(key: CampaignKey, claim: CampaignClaim) -> bool:
    """Nothing the specification says of its campaign contradicts this one."""
    told = (claim.procedure, claim.subject, claim.grade_level, claim.year)
    own = (key.procedure, key.subject, key.grade_level, key.year)
    return all(not said or not known or said == known for said, known in zip(told, own, strict=True))


def specification_labels(labels: Sequence[str], specification: Specification) -> list[str] | None:
    """Labels of the specification for the items of a file; None when the two have too little in common.

    Equal sets go by label. A file that numbers its columns 1…K («балл за 7») goes by position when the specification
    has K items. Otherwise the common labels, when at least half of each side is common.
    """
    ordered = sorted(specification.items, key=lambda item: item.position)
    named = [item.label for item in ordered]
    if set(labels) == set(named):
        return list(labels)
    if len(labels) == len(named) and list(labels) == [str(place) for place in range(1, len(labels) + 1)]:
        return named
    common = set(labels) & set(named)
    return list(labels) if 2 * len(common) >= max(len(labels), len(named)) else None


def _labels_of(
    key: CampaignKey, work: Work, specifications: Sequence[Specification]
) -> tuple[Specification | None, list[str], list[Problem]]:
    own = [item.label for item in work.items]
    problems: list[Problem] = []
    for specification in _candidates(key, specifications) if own else ():
        labels = specification_labels(own, specification)
        named = {item.label for item in specification.items}
        remark = ITEMS_MATCH_SPECIFICATION.problem(
            work.file, work.sheet, specification=specification.file,
            extra=_listed(set(labels or own) - named), missing=_listed(named - set(labels or own)),
        )  # fmt: skip
        if labels is not None:
            return specification, labels, [] if set(labels) == named else [remark]
        if specification.campaign.subject and specification.campaign.subject == key.subject:
            problems.append(remark)
    return None, own, problems


def _candidates(key: CampaignKey, specifications: Sequence[Specification]) -> list[Specification]:
    """Specifications that may be meant, the most telling first, the later of equals first."""

    def told(one: Specification) -> int:
        claim = one.campaign
        return sum(bool(part) for part in (claim.procedure, claim.subject, claim.grade_level, claim.year))

    fitting = [one for one in reversed(specifications) if specification_fits(key, one.campaign)]
    return sorted(fitting, key=told, reverse=True)


def _composition(members: Sequence[tuple[Work, list[str], Specification | None]]) -> Composition:
    specification = next((one for _, _, one in members if one is not None), None)
    items = {item.label: item for item in specification.items} if specification is not None else {}
    first = members[0][1]
    labels = tuple(
        sorted(first, key=lambda label: (items[label].position if label in items else 10_000, first.index(label)))
    )
    labels = tuple(dict.fromkeys(labels))
    columns = [[own.index(label) for label in labels] for _, own, _ in members]
    return Composition(labels, [work for work, _, _ in members], columns, specification, items)


def _listed(labels: Iterable[str]) -> str:
    shown = sorted(labels)
    return ", ".join(shown[:12]) + (" и др." if len(shown) > 12 else "") if shown else "нет"
