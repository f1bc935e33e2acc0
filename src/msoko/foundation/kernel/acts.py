"""Every write is an act: who did it, when, from where. An act is an argument, never looked up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Who acts: an account, or the system itself."""

    @property
    def actor_id(self) -> str: ...

    @property
    def actor_label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The product acting by itself: a worker, a scheduled task, the building of the demo."""

    actor_id: str = "system"
    actor_label: str = "Система"
    is_system: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """`at` is an aware datetime; `address` is the remote address of the request, empty for the system."""

    actor: Actor
    at: dt.datetime
    address: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an act needs an aware datetime")
