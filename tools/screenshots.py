"""Takes the pictures of README from a running demonstration: python tools/screenshots.py http://127.0.0.1:8000"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
#: a work with a gap of the whole municipality and with figures of region and country
CAMPAIGN = "ВПР 2026, Математика, 5 класс"
ROLE = "Муниципальный специалист"
CHROMIUM = os.environ.get("MSOKO_CHROMIUM", "/usr/bin/chromium")


def take(address: str) -> None:
    """Sign in by a card and take every picture; the report is made when there is none yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{address}/accounts/login/")
        page.click(f"button.card-link:has-text('{ROLE}')")
        page.goto(f"{address}/analysis/?q=2026")
        page.click(f"a:has-text('{CAMPAIGN}')")
        _picture(page, "results")
        page.click("nav.tabs a:has-text('Справка')")
        page.locator("section:has-text('Справка муниципалитета') >> :is(a, button).btn-primary").first.click()
        page.locator(".paper-block:has-text('получили') >> button:has-text('Основания')").first.click()
        _picture(page, "report")
        browser.close()


def _picture(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    sys.stderr.write(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size} bytes\n")


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
