"""Reading of definition files from the package, each once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tables(folder: str) -> dict[str, dict[str, Any]]:
    """All TOML files of a folder of `definitions` by name without the ending, in order of names."""
    entries = sorted(files("definitions").joinpath(folder).iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".toml")
    }
