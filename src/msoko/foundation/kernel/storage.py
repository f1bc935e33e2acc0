"""Stored files: written whole and synced before any database row names them; addressed by content."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from msoko.foundation.kernel.errors import RefusedError

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def refusing_full_disk() -> Iterator[None]:
    """A full disk is something that a person can mend, not a defect.

    Raises:
        RefusedError: when the block fails for want of space.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise RefusedError(
            "На диске сервера закончилось место: ничего не записано, прежние данные целы.",
            "Сообщите администратору; после освобождения места повторите действие.",
        ) from error


class FolderStorage:
    """Files in a folder. `name` is relative («batches/12/ab…parquet»); the same content is written once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Absolute path of a stored name; refuses to leave the root."""
        target = (self.root / name).resolve()
        if not target.is_relative_to(self.root.resolve()):
            raise ValueError(f"name leaves the storage: {name!r}")
        return target

    def write(self, prefix: str, data: bytes, suffix: str) -> str:
        """Store `data` under `prefix`/<sha256><suffix>; returns the name."""
        name = f"{prefix}/{hashlib.sha256(data).hexdigest()}{suffix}"
        target = self.path(name)
        with refusing_full_disk():
            if target.exists():
                os.utime(target)  # young again: the sweeper leaves it to the act that is about to name it
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._write_synced(target, data)
        return name

    def write_named(self, name: str, data: bytes) -> None:
        """Store `data` under a name that the caller derives from its content."""
        target = self.path(name)
        with refusing_full_disk():
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write_synced(target, data)

    def adopt(self, prefix: str, source: Path) -> str:
        """Move a finished file (already named by its content) under `prefix`; returns the name."""
        name = f"{prefix}/{source.name}"
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
        return name

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def exists(self, name: str) -> bool:
        return self.path(name).is_file()

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    def age(self, name: str) -> float:
        """Seconds since the file was written or asked to be written again."""
        return time.time() - self.path(name).stat().st_mtime

    def names(self, prefix: str = "", *, with_hidden: bool = False) -> Iterator[str]:
        """All stored names under `prefix`; hidden ones are files whose writing has not ended."""
        start = self.path(prefix) if prefix else self.root
        for found in sorted(start.rglob("*")):
            if found.is_file() and (with_hidden or not found.name.startswith(".")):
                yield found.relative_to(self.root).as_posix()

    @staticmethod
    def _write_synced(target: Path, data: bytes) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def default_storage() -> FolderStorage:
    """The storage of this installation (`STORAGE_ROOT`)."""
    return FolderStorage(Path(settings.STORAGE_ROOT))
