"""What every section looks at: the result, whose report it is, the rules; and how a section speaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import BulletList, Heading, Paragraph
from qualimetry.narrative.context import ReportContext
from qualimetry.narrative.patterns import Figures
from qualimetry.narrative.rulebook import Rulebook, Sentence, load_rulebook
from qualimetry.narrative.russian import sentence
from qualimetry.narrative.thresholds import threshold_figures
from qualimetry.narrative.topics import absorbed
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import CampaignResult, Estimate, Finding, GroupResult


@dataclass(frozen=True, slots=True)
class Scene:
    """A report in the making. `organization` is None in the report of the municipality."""

    result: CampaignResult
    context: ReportContext
    organization: int | None = None
    rulebook: Rulebook = field(default_factory=load_rulebook)

    @property
    def is_school(self) -> bool:
        return self.organization is not None

    @property
    def kind(self) -> ResultKind:
        return self.result.blueprint.result_kind

    @property
    def subject(self) -> GroupResult:
        """The group the report is about. Raises LookupError for an organization without a result."""
        if self.organization is None:
            return self.result.whole
        for group in self.result.organizations:
            if group.group.organization == self.organization:
                return group
        raise LookupError(f"organization {self.organization} is not in the result")

    @property
    def scope(self) -> str:
        return "school" if self.is_school else "municipality"

    def say(self, rule: str, n: int | None = None, **figures: float | int | str | None) -> Sentence | None:
        """A sentence by the rule, which may decide by `scope` («municipality» or «school») and the thresholds."""
        return self.rulebook.say(rule, {"scope": self.scope, **figures}, n=n, thresholds=self._thresholds())

    @property
    def few(self) -> int:
        """Below this many participants a report draws no conclusions; 0 where the policy of the run is unknown."""
        return self.result.thresholds.small_group or 0

    def _thresholds(self) -> Figures:
        return threshold_figures(self.result.thresholds)

    def organizations(self) -> tuple[GroupResult, ...]:
        """Organizations of the municipality in the order of their names: never a ranking."""
        return tuple(sorted(self.result.organizations, key=lambda group: natural_key(self.name(group))))

    def classes(self) -> tuple[GroupResult, ...]:
        """Classes this report may show, by organization and letter."""
        rows = [c for c in self.result.classes if self.organization in (None, c.group.organization)]
        return tuple(sorted(rows, key=lambda c: (natural_key(self.name(c)), c.group.class_group or "")))

    def comparison_groups(self) -> tuple[GroupResult, ...]:
        """What the subject is compared with: references, and the municipality in the report of a school."""
        has_whole = self.is_school and not self.context.has_closed_totals
        return (*self.result.references, *((self.result.whole,) if has_whole else ()))

    def findings(self, rule: str | None = None) -> tuple[Finding, ...]:
        """Findings of the rule (of all rules) that belong to this report."""
        if self.organization is None:
            mine = self.result.findings
        else:
            mine = tuple(f for f in self.result.findings if f.subject.organization == self.organization)
        return _distinct(f for f in mine if (rule is None or f.rule == rule) and self._is_named(f))

    def names_elements(self) -> bool:
        """Whether content elements are worth naming: known by codes alone they are not, where skills are given."""
        elements = self.result.whole.elements
        has_skills = any(element.kind == "skill" for element in elements)
        return not has_skills or any(e.kind == "content_element" and e.name != e.code for e in elements)

    def _is_named(self, finding: Finding) -> bool:
        return finding.figures.get("kind") != "content_element" or self.names_elements()

    def name(self, group: GroupResult) -> str:
        """Short name of the group as tables and charts print it."""
        if group.group.organization is not None:
            return self.context.short_name(group.group.organization)
        label = group.group.label
        return self.context.reference_names.get(label, label) or self.context.whole_name

    def class_name(self, group: GroupResult) -> str:
        """«5А», «5» for the only class."""
        return class_label(self.result, self.context, group.group.class_group)


def _distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions: elements tested by the same items have the same figures and are one gap, and a gap in a
    content element stands for the gaps in its skills."""
    seen: dict[object, Finding] = {}
    for number, finding in enumerate(findings):
        labels = finding.figures.get("labels")
        seen.setdefault(number if labels is None else (finding.rule, finding.subject, labels), finding)
    groups: dict[object, list[tuple[str, list[str]]]] = {}
    for finding in seen.values():
        groups.setdefault((finding.rule, finding.subject), []).append(_tested(finding))
    return tuple(f for f in seen.values() if not absorbed(*_tested(f), groups[f.rule, f.subject]))


def _tested(finding: Finding) -> tuple[str, list[str]]:
    figures = finding.figures
    return str(figures.get("kind")), str(figures.get("labels") or "").split(", ")


def whole_class(result: CampaignResult, context: ReportContext, letter: str | None) -> str | None:
    """«5А класс» for a sentence; None when no class is meant."""
    return None if letter is None else f"{class_label(result, context, letter)} класс"


def class_label(result: CampaignResult, context: ReportContext, letter: str | None) -> str:
    level = context.grade_level or result.blueprint.grade_level
    divider = "-" if level and letter and letter[0].isdigit() else ""
    return f"{level or ''}{divider}{letter or ''}" or "единственный"


def figures_of(prefix: str, estimate: Estimate | None) -> Figures:
    """An estimate as figures of a sentence: `prefix`, `prefix_low`, `prefix_high`, `prefix_n`."""
    known = estimate or Estimate(None)
    return {
        prefix: known.value,
        f"{prefix}_low": known.low,
        f"{prefix}_high": known.high,
        f"{prefix}_n": known.n,
    }


def paragraph(key: str, *sentences: Sentence | None) -> tuple[Paragraph, ...]:
    """One paragraph of the sentences that had something to say; nothing when none had."""
    said = [part for part in sentences if part is not None]
    if not said:
        return ()
    return (Paragraph(key, " ".join(_sentence(s.text) for s in said), tuple(s.grounds for s in said)),)


def bullets(key: str, sentences: Iterable[Sentence | None], *, is_numbered: bool = False) -> tuple[BulletList, ...]:
    """A list with the grounds of each entry in the order of entries; nothing when it would be empty."""
    said = [part for part in sentences if part is not None]
    if not said:
        return ()
    entries = tuple(_sentence(s.text) for s in said)
    return (BulletList(key, entries, is_numbered=is_numbered, grounds=tuple(s.grounds for s in said)),)


def _sentence(text: str) -> str:
    """A full sentence; a Latin name of an organization that opens it («sch990155») stays as it is."""
    said = sentence(text)
    return text[:1] + said[1:] if text[:1].isascii() else said


def subheading(key: str, text: str) -> Heading:
    return Heading(key, text, level=2)
