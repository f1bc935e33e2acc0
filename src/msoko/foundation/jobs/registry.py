"""Tasks by name. A step registers its tasks when its app is ready; the worker only consumes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msoko.foundation.jobs.worker import JobContext

Task = Callable[["JobContext", dict[str, Any]], dict[str, Any]]
_TASKS: dict[str, Task] = {}


def task(kind: str) -> Callable[[Task], Task]:
    """Register a function under a job kind («collection.read_files»)."""

    def register(function: Task) -> Task:
        if kind in _TASKS:
            raise ValueError(f"task {kind} is registered twice")
        _TASKS[kind] = function
        return function

    return register


def task_named(kind: str) -> Task:
    """The task of a job kind.

    Raises:
        LookupError: when no step has registered it.
    """
    try:
        return _TASKS[kind]
    except KeyError:
        raise LookupError(f"no task {kind}") from None
