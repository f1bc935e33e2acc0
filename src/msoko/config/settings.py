"""Settings. The only reader of the environment."""

from __future__ import annotations

SECRET_KEY = "not-secret"
INSTALLED_APPS: list[str] = []
USE_TZ = True
