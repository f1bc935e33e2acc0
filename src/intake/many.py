"""Many files at once: a pool of processes, results in the order of the files, little memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path

from intake.contracts import ColumnMapping, FileReading, Problem, Severity
from intake.reading import read_file
from intake.tables import is_archive, read_archive

Source = tuple[str, bytes] | Path
Mappings = tuple[ColumnMapping, ...]
Progress = Callable[[int, str], None]
_Named = tuple[str, bytes]

#: files that one worker takes at once: the cost of passing them is spread
_CHUNK = 8
#: fewer files are read faster here than a pool starts
_WORTH_A_POOL = 24
#: chunks in flight for each worker
_AHEAD = 3


def read_files(
    files: Iterable[Source],
    *,
    workers: int | None = None,
    mappings: Iterable[ColumnMapping] = (),
    progress: Progress | None = None,
) -> Iterator[FileReading]:
    """Read files one by one in their order, archives expanded into their members.

    `workers`: processes (default: as many as processors); 1 reads in this process. `progress(done, name)` is called
    after each file. Closing the iterator cancels what is not begun.
    """
    known = tuple(mappings)
    count = workers or os.cpu_count() or 1
    for done, reading in enumerate(_readings(_expanded(files), count, known), start=1):
        if progress is not None:
            progress(done, reading.file)
        yield reading


def _readings(sources: Iterator[_Named | FileReading], workers: int, mappings: Mappings) -> Iterator[FileReading]:
    first: list[_Named | FileReading] = []
    if workers > 1:
        for source in sources:
            first.append(source)
            if len(first) >= _WORTH_A_POOL:
                yield from _pooled(first, sources, workers, mappings)
                return
    for source in (*first, *sources) if workers > 1 else sources:
        yield source if isinstance(source, FileReading) else read_file(*source, mappings=mappings)


def _expanded(files: Iterable[Source]) -> Iterator[_Named | FileReading]:
    """Named bytes; a source that cannot be opened, or problems of an archive, are readings already."""
    for source in files:
        if isinstance(source, Path):
            try:
                name, data = str(source), source.read_bytes()
            except OSError as error:
                yield _unreadable(str(source), error)
                continue
        else:
            name, data = source
        if not is_archive(data):
            yield name, data
            continue
        members, problems = read_archive(name, data)
        if problems:
            yield FileReading(name, "", problems=problems)
        yield from members


def _pooled(
    first: list[_Named | FileReading], rest: Iterator[_Named | FileReading], workers: int, mappings: Mappings
) -> Iterator[FileReading]:
    pending: deque[tuple[list[_Named | FileReading], Future[list[FileReading]]]] = deque()
    pool = _pool(workers)
    try:
        for chunk in _chunks(first, rest):
            pending.append((chunk, _submit(pool, chunk, mappings)))
            if len(pending) >= workers * _AHEAD:
                yield from _finished(*pending.popleft(), mappings)
        while pending:
            yield from _finished(*pending.popleft(), mappings)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _chunks(
    first: list[_Named | FileReading], rest: Iterator[_Named | FileReading]
) -> Iterator[list[_Named | FileReading]]:
    chunk: list[_Named | FileReading] = []
    for sources in (first, rest):
        for source in sources:
            chunk.append(source)
            if len(chunk) >= _CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _submit(
    pool: ProcessPoolExecutor, chunk: list[_Named | FileReading], mappings: Mappings
) -> Future[list[FileReading]]:
    try:
        return pool.submit(_read_chunk, chunk, mappings)
    except BrokenProcessPool as error:
        failed: Future[list[FileReading]] = Future()
        failed.set_exception(error)
        return failed


def _read_chunk(chunk: list[_Named | FileReading], mappings: Mappings) -> list[FileReading]:
    return [source if isinstance(source, FileReading) else read_file(*source, mappings=mappings) for source in chunk]


def _finished(
    chunk: list[_Named | FileReading], future: Future[list[FileReading]], mappings: Mappings
) -> Iterator[FileReading]:
    """Readings of a chunk; when its process was killed (memory), every file is tried alone in a process of its own."""
    try:
        yield from future.result()
    except BrokenProcessPool:
        for source in chunk:
            yield source if isinstance(source, FileReading) else _read_alone(source, mappings)


def _read_alone(source: _Named, mappings: Mappings) -> FileReading:
    with _pool(1) as pool:
        try:
            return pool.submit(_read_chunk, [source], mappings).result()[0]
        except BrokenProcessPool:
            return FileReading(source[0], "", problems=[_killed(source[0])])


def _pool(workers: int) -> ProcessPoolExecutor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of fork beside threads: checked below
        return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_collect_rarely)


def _collect_rarely() -> None:
    """A reading makes many cells and no cycles: looking for cycles at every thousand objects costs a tenth of it."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _context() -> BaseContext:
    """Forking starts at once but is safe only from a program of one thread; elsewhere processes are started anew."""
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _unreadable(name: str, error: OSError) -> FileReading:
    problem = Problem(
        Severity.ERROR,
        "file.unreadable",
        f"Файл не удаётся открыть: {error.strerror or type(error).__name__}.",
        name,
        hint="Проверьте имя файла и права на чтение.",
    )
    return FileReading(name, "", problems=[problem])


def _killed(name: str) -> Problem:
    return Problem(
        Severity.ERROR,
        "file.reading_killed",
        "Чтение файла прервано: не хватило памяти или файл повреждён.",
        name,
        hint="Удалите лишние листы и пустые строки, сохраните файл в формате XLSX и загрузите снова.",
    )
