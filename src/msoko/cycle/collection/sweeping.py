"""Stored files that no row names: left by a killed process between the writing of a file and the commit."""

from __future__ import annotations

from collections.abc import Iterable

from msoko.cycle.collection.models import Batch, ImportFile, ImportSession
from msoko.foundation.kernel.storage import default_storage

#: An act writes its files long before a day has passed.
SAFE_AGE = 24 * 3600.0
_PREFIXES = ("batches", "originals", "uploads", "incoming")


def sweep(*, older_than: float = SAFE_AGE) -> int:
    """Remove orphans older than so many seconds; returns how many. Files that a row names are never touched."""
    storage = default_storage()
    removed = 0
    named = frozenset(_named())
    for prefix in _PREFIXES:
        if not storage.path(prefix).is_dir():
            continue
        for name in storage.names(prefix, with_hidden=True):
            if name not in named and storage.age(name) > older_than:
                storage.delete(name)
                removed += 1
    return removed


def _named() -> Iterable[str]:
    yield from Batch.objects.values_list("stored_name", flat=True)
    yield from ImportFile.objects.exclude(stored_name="").values_list("stored_name", flat=True)
    for uploads in ImportSession.objects.exclude(uploads=[]).values_list("uploads", flat=True):
        yield from (upload["stored"] for upload in uploads)
