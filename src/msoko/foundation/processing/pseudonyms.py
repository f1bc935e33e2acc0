"""Keyed hashes in place of participant codes."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable

KEY_BYTES = 16


def participant_key(secret: bytes, campaign: str, organization: int | str, code: str) -> bytes:
    """16 bytes that stand for a participant: HMAC-SHA-256 (RFC 2104) of campaign, organization and code, truncated.

    The same code in another campaign or organization gives another key: codes are no keys of persons.
    """
    message = "\x1f".join((campaign, str(organization), code))
    return hmac.digest(secret, message.encode(), "sha256")[:KEY_BYTES]


def participant_keys(secret: bytes, campaign: str, pairs: Iterable[tuple[int, str]]) -> bytes:
    """Keys of many (organization, code) pairs, joined in their order."""
    prefix = f"{campaign}\x1f"
    digest = hmac.digest
    return b"".join(
        digest(secret, f"{prefix}{organization}\x1f{code}".encode(), "sha256")[:KEY_BYTES]
        for organization, code in pairs
    )


def random_secret() -> bytes:
    """A secret for one run that leaves no way back to the codes."""
    return secrets.token_bytes(32)
