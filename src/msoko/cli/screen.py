"""What a command shows: progress on standard error, JSON alone on standard output."""

from __future__ import annotations

import json
import sys
from typing import Any


class Progress:
    """Progress of stages: a line that renews itself on a terminal, a line a stage elsewhere."""

    def __init__(self) -> None:
        self._stage = ""
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, of: int) -> None:
        if self._is_terminal:
            sys.stderr.write(("\n" if self._stage not in ("", stage) else "") + f"\r{stage}: {done} из {of}")
        elif stage != self._stage:
            sys.stderr.write(f"{stage}…\n")
        self._stage = stage
        sys.stderr.flush()

    def close(self) -> None:
        if self._is_terminal and self._stage:
            sys.stderr.write("\n")


def to_json(document: Any) -> str:
    """The document as text; NaN is a defect, never output."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def figure(value: float | None, form: str) -> str:
    """A number as people read it: `form` is that of `format`; a dash where there is none."""
    return "–" if value is None else format(value, form).replace(".", ",").replace("-", "−")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    sys.stderr.write(text + "\n")
