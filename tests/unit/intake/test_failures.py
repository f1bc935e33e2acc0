"""What goes wrong inside: a defective layout, a process killed for memory, a program of several threads."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

import intake.many
import intake.reading
from intake import read_file, read_files
from intake.contracts import ColumnMapping, FileReading
from intake.layouts.base import Book
from tests.unit.intake.test_hostile_files import workbook


class Defective:
    """A layout with an error inside."""

    id = "defective"

    def read(self, book: Book) -> None:
        raise ZeroDivisionError(book.file)


def codes(reading: FileReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_defect_of_one_layout_does_not_lose_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.reading, "LAYOUTS", (Defective(), *intake.reading.LAYOUTS))
    reading = read_file("Файл.xlsx", workbook())
    assert codes(reading) == ["file.reading_failed"]
    assert len(reading.works) == 1


def killing(name: str, data: bytes, *, mappings: tuple[ColumnMapping, ...] = ()) -> FileReading:
    if name == "прожорливый.xlsx":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_file(name, data, mappings=mappings)


@pytest.mark.skipif(sys.platform != "linux", reason="the substitute reaches workers by forking")
def test_a_file_that_kills_its_process_is_named_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    if threading.active_count() > 1:
        pytest.skip("another thread is running: workers would not inherit the substitute")
    monkeypatch.setattr(intake.many, "read_file", killing)
    files = [(f"{number}.xlsx", workbook()) for number in range(30)]
    files.insert(11, ("прожорливый.xlsx", workbook()))
    readings = list(read_files(files, workers=2))
    assert [reading.file for reading in readings] == [name for name, _ in files]
    assert [reading.file for reading in readings if not reading.works] == ["прожорливый.xlsx"]
    assert codes(readings[11]) == ["file.reading_killed"]


def test_beside_other_threads_processes_are_started_anew() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        readings = list(read_files([(f"{number}.xlsx", workbook()) for number in range(30)], workers=2))
    finally:
        stop.set()
        thread.join()
    assert [len(reading.works) for reading in readings] == [1] * 30
