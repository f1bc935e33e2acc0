"""HOW files are read: layouts of result files → rows. Pure: knows neither Django nor `qualimetry`.

The readers come up with the first call: `intake.terms` alone must not wait for tables and arrays.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intake.many import read_files
    from intake.reading import read_file, read_pasted

__all__ = ["read_file", "read_files", "read_pasted"]

_HOMES = {"read_file": "intake.reading", "read_files": "intake.many", "read_pasted": "intake.reading"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'intake' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
