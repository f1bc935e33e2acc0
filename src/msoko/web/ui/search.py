"""Search over everything: each source answers with entries that the person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from msoko.cycle.analysis.api import campaigns_with_results
from msoko.cycle.procedures.api import campaign_title, campaigns_visible
from msoko.cycle.regulations.api import documents_visible, words_filter
from msoko.foundation.access.api import visible_organizations
from msoko.foundation.kernel.searching import search_filter
from msoko.foundation.kernel.text import search_key
from msoko.web.ui.menu import menu_for
from msoko.web.ui.middleware import WorkplaceRequest

SHORTEST = 2
LIMIT = 6


@dataclass(frozen=True, slots=True)
class Found:
    title: str
    note: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    title: str
    entries: list[Found]


Source = Callable[[WorkplaceRequest, str], list[Found]]


def _organizations(request: WorkplaceRequest, asked: str) -> list[Found]:
    rows = visible_organizations(request.scope).filter(search_filter(asked))
    return [
        Found(row.short_name, row.get_kind_display(), reverse("office:organizations:detail", args=[row.pk]), "building")
        for row in rows[:LIMIT]
    ]


def _documents(request: WorkplaceRequest, asked: str) -> list[Found]:
    rows = documents_visible(request.scope).filter(words_filter(asked)).defer("text", "search_key")
    return [
        Found(row.title, row.get_status_display(), reverse("office:regulations:document", args=[row.pk]), "file-text")
        for row in rows[:LIMIT]
    ]


def _pages(request: WorkplaceRequest, asked: str) -> list[Found]:
    wanted = search_key(asked)
    links = (link for group in menu_for(request, request.scope, {}) for link in group.entries)
    return [Found(link.title, "раздел", link.url, link.icon) for link in links if wanted in search_key(link.title)]


def _campaigns(request: WorkplaceRequest, asked: str) -> list[Found]:
    words = search_key(asked).split()
    titled = ((campaign, campaign_title(campaign)) for campaign in campaigns_visible(request.scope))
    found = [(one, title) for one, title in titled if all(word in search_key(title) for word in words)]
    return [
        Found(title, one.owner.short_name, reverse("office:procedures:campaign", args=[one.pk]), "clipboard-list")
        for one, title in found[:LIMIT]
    ]


def _results(request: WorkplaceRequest, asked: str) -> list[Found]:
    words = search_key(asked).split()
    titled = ((campaign, campaign_title(campaign)) for campaign in campaigns_with_results(request.scope))
    found = [(one, title) for one, title in titled if all(word in search_key(title) for word in words)]
    return [
        Found(title, one.owner.short_name, reverse("office:analysis:detail", args=[one.pk]), "chart-bar")
        for one, title in found[:LIMIT]
    ]


#: A step adds its source here: (heading, function).
SOURCES: tuple[tuple[str, Source], ...] = (
    ("Организации", _organizations),
    ("Документы", _documents),
    ("Процедуры", _campaigns),
    ("Результаты", _results),
    ("Разделы", _pages),
)


def search_everything(request: WorkplaceRequest, asked: str) -> list[FoundGroup]:
    """Groups of found entries; empty for a query of one letter."""
    if len(search_key(asked)) < SHORTEST:
        return []
    groups = (FoundGroup(title, source(request, asked)) for title, source in SOURCES)
    return [group for group in groups if group.entries]
