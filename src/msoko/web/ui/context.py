"""What the frame of a page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values of the frame: whether this is the demonstration."""
    return {"is_demo": settings.IS_DEMO}
