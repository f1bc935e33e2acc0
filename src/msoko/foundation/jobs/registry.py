"""Tasks by name. A step declares its tasks when its app is ready; their modules are imported by the worker alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msoko.foundation.jobs.worker import JobContext

Task = Callable[["JobContext", dict[str, Any]], dict[str, Any]]
_PATHS: dict[str, str] = {}


def declare(kind: str, path: str) -> None:
    """Declare that jobs of a kind («collection.read_files») are done by the function at «module:name»."""
    _PATHS[kind] = path


def task_named(kind: str) -> Task:
    """The task of a job kind.

    Raises:
        LookupError: when no step has declared it.
    """
    if kind not in _PATHS:
        raise LookupError(f"no task {kind}")
    module, _, name = _PATHS[kind].partition(":")
    found: Task = getattr(import_module(module), name)
    return found
