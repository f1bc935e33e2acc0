"""What is asked of every page: accessible, never wider than the screen, reachable by Tab."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

#: 720 is 1440 at 200 %, 320 is 1280 at 400 %
WIDTHS = (1440, 720, 390, 320)
#: what is not read afterwards is not put together: a third of the time of a long page
_LEAN = {"resultTypes": ["violations"], "selectors": False, "preload": False}


def serious(page: Page) -> list[str]:
    """Violations that axe calls serious or critical: rule and the first place of each."""
    found = Axe().run(page, options=_LEAN).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


def wider_than(page: Page, widths: Iterable[int] = WIDTHS) -> list[int]:
    """Widths of the screen at which the page would scroll sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            found.append(width)
    return found


def faults(page: Page, address: str) -> list[str]:
    """Opens the address; what a reader would stumble over there. Charts are drawn and folded parts opened
    before the page is judged."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 844})
    answer = page.goto(address)
    expect(page.locator("[data-chart-view][aria-busy]")).to_have_count(0)
    page.evaluate("document.querySelectorAll('main details:not(.menu)').forEach(one => { one.open = true })")
    found = [] if answer is not None and answer.status == 200 else ["does not open"]
    found += serious(page) + [f"wider than {width} px" for width in wider_than(page)]
    return [f"{address}: {fault}" for fault in found]


def tab_to(page: Page, target: Locator, limit: int = 80) -> int:
    """Presses Tab until `target` has the focus; how many times.

    Raises:
        AssertionError: after `limit` presses.
    """
    for count in range(1, limit + 1):
        page.keyboard.press("Tab")
        if has_focus(target):
            return count
    raise AssertionError(f"{limit} presses of Tab do not lead to {target}")


def has_focus(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))
