"""What papers are drawn up from: a plan, a procedure, a schedule, an analysis, a discussion, a draft of the register.

A subject is chosen within what the person may see; its values are plain, so that the paper keeps what it was made of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msoko.cycle.analysis.api import current_document, reports_visible
from msoko.cycle.planning.api import (
    activities_of,
    analyses_visible,
    current_analysis,
    plan_paper,
    plans_visible,
)
from msoko.cycle.procedures.api import (
    campaign_title,
    campaigns_visible,
    checked,
    schedule_label,
    schedule_paper,
    schedules_visible,
)
from msoko.cycle.regulations.api import (
    COUNTED,
    OPEN,
    REMARK_COLUMNS,
    discussions_visible,
    documents_visible,
    numbered,
    remark_cells,
)
from msoko.foundation.access.api import Scope
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.documents.official_table import OfficialTable, cells_of
from msoko.foundation.orgs.models import Organization
from qualimetry.narrative.blocks import BulletList, Paragraph, ReportDocument
from qualimetry.narrative.russian import counted, date_words, period_words, quote

Facts = dict[str, Any]
Choice = tuple[int, str]
_MOST = 200
#: what of an analysis stands in an order: figures of the whole, never names of organizations in an order of results
_OF_REPORT = ("basis.participants", "conclusions.main", "conclusions.strength")
#: blocks of which only the sentences that name no organization are taken
_BY_SENTENCE = {"basis.participants"}
_OF_ANALYSIS = ("totals.text", "decisions.text", "documents.text", "proposals.list")


@dataclass(frozen=True, slots=True)
class Subject:
    """`choices`: (key, title) of what the organization has; `facts`: values of one, empty when it is not there."""

    title: str
    hint: str
    choices: Callable[[Scope, Organization], list[Choice]]
    facts: Callable[[Scope, Organization, int], Facts]


def table_facts(table: OfficialTable) -> Facts:
    """An official table as JSON."""
    rows = [[cell or "" for cell in cells_of(row)] for row in table.rows]
    return {"columns": [list(one) for one in table.columns], "rows": rows, "notes": list(table.notes)}


def _plans(scope: Scope, owner: Organization) -> list[Choice]:
    return [(plan.pk, plan.title) for plan in plans_visible(scope).filter(owner=owner)[:_MOST]]


def _plan(scope: Scope, owner: Organization, pk: int) -> Facts:
    plan = plans_visible(scope).filter(owner=owner, pk=pk).first()
    if plan is None:
        return {}
    return {"subject_title": plan.title, "table": table_facts(plan_paper(plan, list(activities_of(plan))))}


def _schedules(scope: Scope, owner: Organization) -> list[Choice]:
    rows = schedules_visible(scope).filter(organization=owner)[:_MOST]
    return [(one.pk, f"{schedule_label(one)} ({one.get_status_display().lower()})") for one in rows]


def _schedule(scope: Scope, owner: Organization, pk: int) -> Facts:
    found = schedules_visible(scope).filter(organization=owner, pk=pk).first()
    if found is None:
        return {}
    state = checked(found)
    paper = schedule_paper(state, state.entries)
    return {"subject_title": paper.title.partition(". ")[0], "table": table_facts(paper)}


def _campaigns(scope: Scope, owner: Organization) -> list[Choice]:
    return [(one.pk, campaign_title(one)) for one in campaigns_visible(scope).filter(owner=owner)[:_MOST]]


def _campaign(scope: Scope, owner: Organization, pk: int) -> Facts:
    found = campaigns_visible(scope).filter(owner=owner, pk=pk).first()
    if found is None:
        return {}
    names = [one.full_name or one.short_name for one in found.organizations.order_by("sort_key")]
    report = reports_visible(scope).filter(run__campaign=found, organization=owner).first()
    known = {one.short_name for one in found.organizations.all()} | _names_below(owner)
    lines = _sentences(current_document(report)[0], _OF_REPORT) if report else []
    findings = [line for line in lines if not any(name in line for name in known)]
    return {"subject_title": campaign_title(found), "period": _period(found.starts_on, found.ends_on),
            "organizations": names, "found": findings}  # fmt: skip


def _analyses(scope: Scope, owner: Organization) -> list[Choice]:
    rows = analyses_visible(scope).filter(plan__owner=owner)[:_MOST]
    return [(one.pk, f"{one.plan.title}, {one.year} год") for one in rows]


def _analysis(scope: Scope, owner: Organization, pk: int) -> Facts:
    found = analyses_visible(scope).filter(plan__owner=owner, pk=pk).first()
    if found is None:
        return {}
    return {"subject_title": found.plan.title, "found": _sentences(current_analysis(found)[0], _OF_ANALYSIS)}


def _drafts(scope: Scope, owner: Organization) -> list[Choice]:
    rows = documents_visible(scope).filter(owner=owner, status__in=OPEN).exclude(kind__in=("order", "directive"))
    return [(one.pk, f"{kind_title(one.kind)}: {one.title}") for one in rows.defer("text", "search_key")[:_MOST]]


def _draft(scope: Scope, owner: Organization, pk: int) -> Facts:
    found = documents_visible(scope).filter(owner=owner, pk=pk, status__in=OPEN).first()
    if found is None:
        return {}
    paper = getattr(found, "paper", None)
    content = paper.content["points"] if paper else []
    is_own = bool(paper) and not any(point["level"] > 1 for point in content)
    points = [
        {"number": number, "text": point["text"], "is_heading": not is_own and point["level"] == 1}
        for number, point in zip(numbered(content), content, strict=True)
    ]
    if not points:
        points = [{"number": "", "text": line, "is_heading": False} for line in found.text.splitlines() if line.strip()]
    kind = kind_title(found.kind)
    title = found.title if found.title.casefold().startswith(kind.casefold()) else f"{kind} {quote(found.title)}"
    return {"subject_title": title, "points": points[:400]}


def _discussions(scope: Scope, owner: Organization) -> list[Choice]:
    return [(one.pk, one.title) for one in discussions_visible(scope).filter(owner=owner)[:_MOST]]


def _discussion(scope: Scope, owner: Organization, pk: int) -> Facts:
    found = discussions_visible(scope).filter(owner=owner, pk=pk).first()
    if found is None:
        return {}
    remarks = list(found.remarks.filter(COUNTED).select_related("organization", "clause"))
    people = ", ".join(one.short_name for one in found.participants.order_by("sort_key"))
    signed = found.opinions.filter(signed_at__isnull=False).count()
    lines = [
        f"информацию о ходе обсуждения с {date_words(found.opens_on)} по {date_words(found.closes_on)}: "
        f"поступило {counted(len(remarks), 'замечание')}, экспертных заключений – {signed}.",
    ]
    decided = [found.conclusion.strip().rstrip(".") + "."] if found.conclusion.strip() else []
    if found.result:
        decided.insert(0, f"Итог обсуждения: {found.get_result_display().lower()}.")
    rows = [list(remark_cells(number, one)) for number, one in enumerate(remarks, 1)]
    facts: Facts = {
        "subject_title": found.title, "found": lines, "decided": decided,
        "members": f"Участники обсуждения: {people}." if people else "",
    }  # fmt: skip
    if rows:
        columns = [list(one) for one in REMARK_COLUMNS]
        facts["table"] = {"columns": columns, "rows": rows, "notes": []}
    return facts


def _period(first: dt.date | None, last: dt.date | None) -> str:
    return period_words(first, last or first) if first else ""


def _sentences(document: ReportDocument, keys: tuple[str, ...]) -> list[str]:
    """The texts of the blocks in the order of `keys`."""
    blocks = {block.key: block for block in document.blocks if isinstance(block, Paragraph | BulletList)}
    found: list[str] = []
    for key in keys:
        block = blocks.get(key)
        if isinstance(block, Paragraph):
            found += _whole_sentences(block.text) if key in _BY_SENTENCE else [" ".join(block.text.split())]
        elif isinstance(block, BulletList):
            found += [" ".join(entry.split()) for entry in block.entries]
    return found


def _whole_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;])\s+(?=[А-ЯЁ])", " ".join(text.split()))


def _names_below(owner: Organization) -> set[str]:
    rows = Organization.objects.filter(path__startswith=owner.path).exclude(pk=owner.pk)
    return set(rows.values_list("short_name", flat=True))


SUBJECTS: dict[str, Subject] = {
    "plan": Subject("План", "Таблица плана станет приложением в официальной форме.", _plans, _plan),
    "campaign": Subject("Процедура", "Сроки, участники и выводы справки берутся из системы.", _campaigns, _campaign),
    "schedule": Subject("График", "График станет приложением в официальной форме.", _schedules, _schedule),
    "analysis": Subject("Анализ выполнения плана", "Выводы анализа станут пунктами.", _analyses, _analysis),
    "document": Subject("Проект документа", "Текст проекта станет приложением.", _drafts, _draft),
    "discussion": Subject("Обсуждение", "Ход, итог и таблица замечаний берутся из системы.", _discussions,
                          _discussion),
}  # fmt: skip


def subject_choices(scope: Scope, owner: Organization, kind: str) -> list[Choice]:
    """What of the organization a paper of the kind may be drawn up from."""
    found = SUBJECTS.get(kind)
    return found.choices(scope, owner) if found else []


def subject_facts(scope: Scope, owner: Organization, kind: str, pk: int) -> Facts:
    """Values of the chosen subject with its kind and key; nothing of another organization."""
    found = SUBJECTS[kind].facts(scope, owner, pk) if kind in SUBJECTS and pk else {}
    return found | {"subject": kind, "subject_pk": pk} if found else {}
