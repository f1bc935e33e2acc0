"""Laws of pages: nothing inline (the content security policy would drop it silently), nothing that needs eval."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "msoko" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
ICONS = Path(__file__).resolve().parents[2] / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx code": re.compile(r"hx-on\b|hx-vals\s*=\s*[\"']js:|hx-headers\s*=\s*[\"']js:|\"js:|hx-trigger=\"[^\"]*\["),
    "text that is not escaped": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "an address of another host": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE),
}
_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)


def _name(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_templates_hold_nothing_inline(template: Path) -> None:
    text = template.read_text()
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    for script in _SCRIPT.finditer(text):
        is_data = 'type="application/json"' in script["attributes"]
        if script["body"].strip() and not is_data:
            found.append("an inline script")
    assert found == []


def test_python_writes_no_inline_style_either() -> None:
    pattern = re.compile(r"<[a-z]+[^>]*\sstyle=")
    assert [_name(path) for path in WEB.rglob("*.py") if pattern.search(path.read_text())] == []


def test_scripts_evaluate_nothing() -> None:
    pattern = re.compile(r"\beval\(|new Function\b|setAttribute\(.style|\.innerHTML\s*=|document\.write")
    own = sorted((WEB / "ui" / "static" / "ui").glob("*.js"))
    assert own
    assert [path.name for path in own if pattern.search(path.read_text())] == []


def test_every_icon_exists() -> None:
    if not ICONS.is_dir():
        pytest.skip("front-end packages are not installed: make setup")
    listed = (WEB.parents[2] / "tools" / "icons.txt").read_text().split()
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text())}
    assert sorted(name for name in used | set(listed) if not (ICONS / f"{name}.svg").exists()) == []


def test_templates_speak_russian_only() -> None:
    word = re.compile(r">\s*[A-Za-z]{4,}[A-Za-z ]*\s*<")
    without_tags = {
        _name(path): re.sub(r"{[{%#].*?[%}#]}", "", path.read_text(), flags=re.DOTALL) for path in TEMPLATES
    }
    allowed = re.compile(r">\s*(Excel|Word|Ctrl K)\b")
    found = {name: word.findall(allowed.sub(">", text)) for name, text in without_tags.items()}
    assert {name: words for name, words in found.items() if words} == {}
