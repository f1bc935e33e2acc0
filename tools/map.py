"""Writes docs/map.md: every module of the product with the first line of its docstring. Run: python tools/map.py"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "map.md"
PACKAGES = ("src/intake", "src/qualimetry", "src/msoko")
SKIPPED = {"migrations", "__pycache__"}
HEAD = """# Map of modules

Written by `tools/map.py` from the docstrings; a test keeps it current. How the parts fit together:
[architecture.md](architecture.md).
"""


def render(root: Path = ROOT) -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for package in PACKAGES for line in _package(root, root / package))]) + "\n"


def _package(root: Path, folder: Path) -> Iterator[str]:
    """A heading and a table for each folder that has modules with something to say, from the top down."""
    for place in sorted([folder, *(path for path in folder.rglob("*") if path.is_dir())]):
        rows = [] if SKIPPED & set(place.parts) else list(_rows(place))
        if rows:
            yield from (f"## `{place.relative_to(root).as_posix()}`", "")
            yield from (*_purpose(place), "| Module | What it is |", "| --- | --- |", *rows, "")


def _rows(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.py")):
        summary = _summary(path)
        if summary and path.name != "__init__.py":
            yield f"| `{path.stem}` | {summary.replace('|', chr(92) + '|')} |"


def _purpose(folder: Path) -> list[str]:
    summary = _summary(folder / "__init__.py")
    return [summary, ""] if summary else []


def _summary(path: Path) -> str:
    """First paragraph of the docstring on one line, "" without one."""
    if not path.exists():
        return ""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    sys.stderr.write(f"{TARGET.relative_to(ROOT)}\n")
