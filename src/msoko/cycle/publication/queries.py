"""What the portal shows: plain values without anything of people. The only way from outside to a discussion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from msoko.cycle.publication.models import PublishedDiscussion
from msoko.cycle.regulations.api import Discussion, Remark, RemarkModeration, is_open, subject_words


@dataclass(frozen=True, slots=True)
class PortalRemark:
    """A remark that a moderator has shown, without its author, and the answer to it."""

    text: str
    day: dt.date
    decision: str = ""
    decision_title: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PortalClause:
    """A clause of the text with the remarks to it."""

    pk: int
    number: str
    text: str
    remarks: tuple[PortalRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A discussion on the list. `is_open`: remarks are taken today; `result` is there when it is summed up."""

    pk: int
    title: str
    subject: str
    owner: str
    opens_on: dt.date
    closes_on: dt.date
    is_open: bool
    result: str


@dataclass(frozen=True, slots=True)
class PortalPage:
    """A discussion as everybody reads it."""

    row: PortalRow
    summary: str
    contact: str
    link: str
    conclusion: str
    clauses: tuple[PortalClause, ...]
    general: tuple[PortalRemark, ...]
    count: int


def open_rows(today: dt.date) -> QuerySet[PublishedDiscussion]:
    """What is on the portal: released, not taken back, begun. Everything from outside passes through here."""
    rows = PublishedDiscussion.objects.select_related("discussion__owner", "discussion__document")
    return rows.filter(withdrawn_at__isnull=True, discussion__opens_on__lte=today)


def publication_of(discussion: Discussion) -> PublishedDiscussion | None:
    """The release of a discussion, also one that was taken back: for its organizer."""
    return PublishedDiscussion.objects.filter(discussion=discussion).first()


def portal_rows(today: dt.date) -> list[PortalRow]:
    """Discussions on the portal, those that take remarks first: one query."""
    found = [_row(one, today) for one in open_rows(today).order_by("-discussion__opens_on", "-pk")[:200]]
    return sorted(found, key=lambda row: not row.is_open)


def portal_page(published: int, today: dt.date) -> PortalPage | None:
    """A discussion on the portal; None when it is not there. Four queries."""
    found = open_rows(today).filter(pk=published).first()
    if found is None:
        return None
    shown = Remark.objects.filter(moderation=RemarkModeration.SHOWN)
    clauses = tuple(
        PortalClause(one.pk, one.number, one.text, tuple(_remark(remark) for remark in one.remarks.all()))
        for one in found.discussion.clauses.prefetch_related(Prefetch("remarks", shown.order_by("made_at", "pk")))
    )
    rows = shown.filter(discussion=found.discussion, clause=None).order_by("made_at", "pk")
    general = tuple(_remark(one) for one in rows)
    return PortalPage(
        row=_row(found, today), summary=found.summary, contact=found.contact, link=found.discussion.link,
        conclusion=found.discussion.conclusion, clauses=clauses, general=general,
        count=len(general) + sum(len(one.remarks) for one in clauses),
    )  # fmt: skip


def _row(one: PublishedDiscussion, today: dt.date) -> PortalRow:
    discussion = one.discussion
    return PortalRow(
        pk=one.pk, title=discussion.title, subject=subject_words(discussion),
        owner=discussion.owner.full_name or discussion.owner.short_name, opens_on=discussion.opens_on,
        closes_on=discussion.closes_on, is_open=is_open(discussion, today),
        result=discussion.get_result_display() if discussion.result else "",
    )  # fmt: skip


def _remark(one: Remark) -> PortalRemark:
    return PortalRemark(
        text=one.open_text, day=timezone.localdate(one.made_at), decision=one.decision,
        decision_title=one.get_decision_display() if one.decision else "", answer=one.answer,
    )  # fmt: skip
