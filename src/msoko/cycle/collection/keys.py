"""The secret of pseudonyms of this installation."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from msoko.foundation.kernel.secrets import key_from_file


@cache
def pseudonym_secret() -> bytes:
    """Key of the keyed hashes of participants; made on first use and kept outside the database."""
    return key_from_file(settings.PSEUDONYM_KEY_FILE).encode()
