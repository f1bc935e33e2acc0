"""Files appear whole or not at all, under names that every system accepts."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msoko.foundation.documents.language.typography import clean

_LONGEST_NAME = 120


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream beside the path that takes its place at the end: a full disk or a killed process leaves no half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """The file with these bytes, or the one that was there before."""
    with replacing(path) as stream:
        stream.write(data)


def file_name(text: str, suffix: str) -> str:
    """A title as a file name: «Справка. МБОУ СОШ № 5.docx»; quotes, slashes and the like are dropped."""
    name = re.sub(r'[\\/:*?"<>|«»„“\n\t]+', " ", clean(text))
    name = " ".join(name.split()).strip(". ")[:_LONGEST_NAME].strip(". ")
    return f"{name or 'Документ'}{suffix}"
