"""Every event that code records has a Russian title."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from msoko.foundation.audit.api import event_titles

SOURCE = Path(__file__).resolve().parents[2] / "src" / "msoko"
EVENT = re.compile(
    r"(access|orgs|roster|audit|jobs|regulations|planning|procedures|collection|analysis|publication)\.[a-z_]+\.[a-z_]+"
)


def _recorded() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        if path.name == "presenters.py" or "migrations" in path.parts:
            continue
        text = path.read_text()
        if not re.search(r"\brecord\b", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and EVENT.fullmatch(node.value):
                yield node.value


def test_every_recorded_event_has_a_title() -> None:
    recorded = set(_recorded())
    assert len(recorded) > 20
    assert sorted(recorded - set(event_titles())) == []


def test_titles_are_russian() -> None:
    assert [title for title in event_titles().values() if not re.match(r"[А-ЯЁ]", title)] == []
