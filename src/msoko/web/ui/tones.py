"""Tones of statuses: a colour never stands without an icon and a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Look:
    icon: str


_LOOKS = {
    Tone.GOOD: Look(icon="circle-check"),
    Tone.WARN: Look(icon="alert-triangle"),
    Tone.BAD: Look(icon="circle-x"),
    Tone.INFO: Look(icon="info-circle"),
    Tone.WAIT: Look(icon="circle-dashed"),
}


def status_look(tone: Tone) -> Look:
    """The icon that goes with a tone."""
    return _LOOKS[tone]
