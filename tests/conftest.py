"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of sample data beside the checkout; required in CI, else absence skips the test with a word."""
    folder = Path(os.environ.get("MSOKO_SAMPLES", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        message = f"sample data not found: {folder} (set MSOKO_SAMPLES)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tests keep keys and files apart from those of the developer; jobs run at once; passwords hash quickly."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("home")
    settings.HOME = folder
    settings.STORAGE_ROOT = folder / "files"
    settings.PSEUDONYM_KEY_FILE = folder / "keys" / "pseudonym.key"
    settings.JOBS_INLINE = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return folder
