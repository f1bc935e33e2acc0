"""A task of the home page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why, and the button that does it. `tone` is that of a status."""

    title: str
    basis: str
    url: str
    action: str
    tone: str = "info"
    state: str = ""
