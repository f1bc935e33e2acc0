"""What waits for a person: each step of the ring adds its source to `SOURCES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msoko.web.ui.middleware import WorkplaceRequest


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why, and the button that does it. `tone` is that of a status."""

    title: str
    basis: str
    url: str
    action: str
    tone: str = "info"
    state: str = ""


Source = Callable[[WorkplaceRequest], list[Task]]

SOURCES: tuple[Source, ...] = ()


def tasks_of(request: WorkplaceRequest) -> list[Task]:
    """Tasks of all steps, in the order of the ring."""
    return [task for source in SOURCES for task in source(request)]
