"""Summary reports as counts by group: shares in percent become numbers of participants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.contracts import GroupLevel, OrganizationClaim, Summary, SummaryKind, SummaryRow
from msoko.foundation.processing.values import Organization

FindOrganization = Callable[[OrganizationClaim, str], Organization | None]
_LEVEL, _SHARE = "level:", "level_percent:"
MARKS = ("2", "3", "4", "5")
_COUNTS = ("absent", "below_minimum")
_WITH_COUNTS = (SummaryKind.GENERIC, SummaryKind.JOURNAL)


@dataclass(slots=True)
class GroupFigures:
    """What summaries say of one group. marks: numbers of marks 2–5; scores: numbers by raw score 0, 1, …;
    items: facility by label (fraction); figures: other printed figures by their keys."""

    level: GroupLevel
    name: str
    organization: Organization | None = None
    participants: int | None = None
    marks: list[int] | None = None
    scores: list[int] | None = None
    items: dict[str, float] = field(default_factory=dict)
    #: numbers of participants by the words of levels
    levels: dict[str, int] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    #: lower, same, higher than the mark of the journal: numbers of participants
    journal: tuple[int, int, int] | None = None

    @property
    def size(self) -> int:
        """Participants as printed, else as the counts say."""
        return self.participants or sum(self.marks or self.scores or self.journal or self.levels.values())


def apportion(shares: Sequence[float], n: int) -> list[int]:
    """Whole numbers with sum n nearest to the shares: largest remainders (Hamilton). Shares need not sum to one."""
    total = sum(shares)
    if not total or not n:
        return [0] * len(shares)
    exact = [share / total * n for share in shares]
    counts = [int(value + 1e-9) for value in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: (counts[place] - exact[place], place))
    for place in by_remainder[: n - sum(counts)]:
        counts[place] += 1
    return counts


def figures_by_group(summaries: Iterable[Summary], find: FindOrganization) -> list[GroupFigures]:
    """Groups of the summaries of one campaign in order of first appearance, figures of several reports together."""
    groups: dict[tuple[GroupLevel, str | int], GroupFigures] = {}
    for summary in summaries:
        for row in with_whole_organizations(summary):
            if row.subgroup:
                continue
            organization = _organization(row, summary, find)
            place = (row.level, organization.key if organization is not None else row.name)
            group = groups.setdefault(place, GroupFigures(row.level, row.name, organization))
            _add(group, row, summary.kind)
    return list(groups.values())


def with_whole_organizations(summary: Summary) -> list[SummaryRow]:
    """Rows of the summary; organizations that have rows of classes only get a row of their classes together."""
    classes: dict[tuple[str, str], list[SummaryRow]] = {}
    for row in summary.rows:
        if row.subgroup and row.level == GroupLevel.ORGANIZATION:
            classes.setdefault((row.code, row.name), []).append(row)
    for row in summary.rows:
        if not row.subgroup:
            classes.pop((row.code, row.name), None)
    together = (_together(parts, summary.kind) for parts in classes.values())
    return [*summary.rows, *(row for row in together if row is not None)]


def _together(parts: Sequence[SummaryRow], kind: SummaryKind) -> SummaryRow | None:
    """Classes as one row: counts add up, everything else is a mean weighted by participants."""
    if any(part.participants is None for part in parts) or kind == SummaryKind.ITEMS_BY_MARK:
        return None
    n = sum(part.participants or 0 for part in parts)
    counted = {*MARKS, *_COUNTS} if kind == SummaryKind.GENERIC else {"lower", "same", "higher"}
    values = {}
    for key in sorted(set.intersection(*(set(part.values) for part in parts))):
        adds_up = kind in _WITH_COUNTS and (key in counted or key.startswith(_LEVEL))
        weights = [1 if adds_up else (part.participants or 0) / max(n, 1) for part in parts]
        values[key] = sum(part.values[key] * weight for part, weight in zip(parts, weights, strict=True))
    return replace(parts[0], participants=n, values=values, subgroup="")


def score_counts(values: Mapping[str, float], n: int) -> list[int]:
    """Numbers of participants by raw score from shares in percent."""
    top = max((int(key) for key in values if key.isdigit()), default=0)
    return apportion([values.get(str(score), 0.0) for score in range(top + 1)], n)


def _organization(row: SummaryRow, summary: Summary, find: FindOrganization) -> Organization | None:
    if row.level != GroupLevel.ORGANIZATION or not (row.code or row.name):
        return None
    return find(OrganizationClaim(row.code, row.name, row.municipality), summary.file)


def _add(group: GroupFigures, row: SummaryRow, kind: SummaryKind) -> None:
    values = row.values
    if row.participants is not None and (kind != SummaryKind.JOURNAL or group.participants is None):
        group.participants = row.participants
    n = group.participants or 0
    if kind == SummaryKind.SCORES and n:
        group.scores = score_counts(values, n)
    elif kind == SummaryKind.MARKS and n and any(mark in values for mark in MARKS):
        group.marks = apportion([values.get(mark, 0.0) for mark in MARKS], n)
    elif kind == SummaryKind.JOURNAL:
        group.journal = _journal_counts(values, n)
    elif kind in (SummaryKind.ITEMS, SummaryKind.OUTCOMES):
        group.items.update({label: value / 100 for label, value in values.items()})
    elif kind == SummaryKind.GENERIC:
        _add_generic(group, values, n)


def _add_generic(group: GroupFigures, values: Mapping[str, float], n: int) -> None:
    if any(mark in values for mark in MARKS):
        group.marks = [round(values.get(mark, 0.0)) for mark in MARKS]
    elif n and any(f"{mark}_percent" in values for mark in MARKS):
        group.marks = apportion([values.get(f"{mark}_percent", 0.0) for mark in MARKS], n)
    counted = {key.removeprefix(_LEVEL): round(value) for key, value in values.items() if key.startswith(_LEVEL)}
    shares = {key.removeprefix(_SHARE): value for key, value in values.items() if key.startswith(_SHARE)}
    group.levels |= counted or dict(zip(shares, apportion(list(shares.values()), n), strict=True))
    group.figures.update({key: value for key, value in values.items() if not key.startswith((_LEVEL, _SHARE))})


def _journal_counts(values: Mapping[str, float], n: int) -> tuple[int, int, int] | None:
    names = ("lower", "same", "higher")
    if all(name in values for name in names):
        counts = [round(values[name]) for name in names]
    elif n and all(f"{name}_percent" in values for name in names):
        counts = apportion([values[f"{name}_percent"] for name in names], n)
    else:
        return None
    return counts[0], counts[1], counts[2]
