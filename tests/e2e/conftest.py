"""A real Chromium on a running server: `make test-e2e`. Any error of the page's console fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from msoko.foundation.access.api import User
from tests.integration.web.pages import client_of

CHROMIUM = os.environ.get("MSOKO_CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session. Playwright keeps an event loop in this thread; our tests talk to the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_as(browser: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Page]]:
    """`open_as(user, path, width=…)` → a page where `user` is signed in; its errors fail the test at the end."""
    settings.ALLOWED_HOSTS = ["*"]
    errors: list[str] = []
    contexts = []

    def open_page(user: User | None, path: str, width: int = 1440) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="ru-RU")
        contexts.append(context)
        if user is not None:
            cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
