"""Secrets of an installation: files beside the data, never in the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def key_from_file(path: Path) -> str:
    """The secret kept in `path`; made on first use, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process made it meanwhile
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
