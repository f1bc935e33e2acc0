"""What is asked of every page: accessible, never wider than the screen, reachable by Tab."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

#: 720 is 1440 at 200 %, 320 is 1280 at 400 %
WIDTHS = (1440, 720, 390, 320)
#: what is not read afterwards is not put together: a third of the time of a long page
_LEAN = {"resultTypes": ["violations"], "selectors": False, "preload": False}


#: fields, selects, check boxes and radio buttons whose border and ground both stand out less than 3:1 (WCAG 1.4.11)
FAINT_FIELDS = """() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, place) => sum + c * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let place = element; place; place = place.parentElement) {
      const color = channels(getComputedStyle(place).backgroundColor);
      if ((color[3] ?? 1) === 1) return color;
    }
    return [255, 255, 255];
  };
  const fields = "input:not([type=hidden], [type=file], [type=submit]), select, textarea";
  return [...document.querySelectorAll(fields)].filter((field) => {
    const style = getComputedStyle(field);
    if (field.disabled || !field.offsetWidth || style.appearance === "auto") return false;
    if (field.closest("dialog:not([open])") || style.borderTopWidth === "0px") return false;
    const around = ground(field.parentElement);
    const own = channels(style.backgroundColor);
    const filled = (own[3] ?? 1) === 1 ? contrast(own, around) : 1;
    return Math.max(contrast(channels(style.borderTopColor), around), filled) < 3;
  }).map((field) => field.outerHTML.slice(0, 120));
}"""


def serious(page: Page) -> list[str]:
    """Violations that axe calls serious or critical (rule and the first place of each), and faint borders of fields,
    which it does not judge."""
    found = Axe().run(page, options=_LEAN).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]
    return told + [f"faint border: {field}" for field in page.evaluate(FAINT_FIELDS)]


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
