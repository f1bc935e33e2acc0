"""A pupil by the school's own number: a keyed hash, and its short form for the screen."""

from __future__ import annotations

from msoko.cycle.collection.keys import pseudonym_secret
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.pseudonyms import participant_key


def pupil_key(organization: Organization, number: str) -> bytes:
    """Keyed hash of a school's own number; «pupil» keeps it apart from participants of campaigns."""
    return participant_key(pseudonym_secret(), "pupil", organization.pk, number.strip().casefold())


def short_key(key: bytes) -> str:
    """«A3F-9C2»: enough to tell rows of a list apart, no way back to the number or code."""
    text = key.hex()[:6].upper()
    return f"{text[:3]}-{text[3:]}"
