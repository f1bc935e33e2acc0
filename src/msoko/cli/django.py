"""Setting Django up for commands that need the database."""

from __future__ import annotations

import os


def setup() -> None:
    """Make models usable; heavy, so only the commands that need the database call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.config.settings")
    import django  # noqa: PLC0415 -- slow import

    django.setup()
