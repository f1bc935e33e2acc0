"""Laws of addresses: every view of the office asks who comes in and takes only named methods; names are step:page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from msoko.web.ui.menu import MENU

#: open by nature: nobody is signed in yet, or a secret address is the key
OPEN = {"office:demo_sign_in", "office:first_run", "office:first_run_sample", "office:planning:feed_read"}


def _office() -> Iterator[tuple[str, URLPattern]]:
    office = next(found for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "office")
    assert isinstance(office, URLResolver)
    yield from _walk(office, "office")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}:{entry.namespace}")
        else:
            yield f"{prefix}:{entry.name}", entry


VIEWS = dict(_office())


@pytest.mark.parametrize("name", sorted(set(VIEWS) - OPEN))
def test_views_are_for_signed_in_people(name: str) -> None:
    assert getattr(VIEWS[name].callback, "is_signed_in", False)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_views_name_their_methods(name: str) -> None:
    source = inspect.getsource(inspect.unwrap(VIEWS[name].callback))
    assert re.search(r"@require_(GET|POST|http_methods|safe)", source)


def test_names_are_step_and_page() -> None:
    pattern = re.compile(r"office:[a-z_]+(:[a-z_]+)?")
    assert [name for name in VIEWS if not pattern.fullmatch(name)] == []


def test_every_entry_of_the_menu_leads_somewhere() -> None:
    assert all(reverse(entry.page) for _, entries in MENU for entry in entries)
