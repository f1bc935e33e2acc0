"""Every test has a storage of its own: counts of files mean something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGE_ROOT = tmp_path / "files"
    return tmp_path / "files"
