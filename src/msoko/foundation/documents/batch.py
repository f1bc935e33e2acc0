"""Many documents at once: reports of all schools as files or one ZIP.

One process keeps one Typst compiler and the charts it has drawn; a pool of two pays from some dozens of documents.
"""

from __future__ import annotations

import multiprocessing
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from msoko.foundation.documents.excel import report_workbook_bytes
from msoko.foundation.documents.files import file_name, replacing
from msoko.foundation.documents.pdf import pdf_bytes
from msoko.foundation.documents.word import docx_bytes
from qualimetry.narrative.blocks import ReportDocument

_WRITERS: dict[str, Callable[[ReportDocument], bytes]] = {
    "docx": docx_bytes,
    "pdf": pdf_bytes,
    "xlsx": report_workbook_bytes,
}
FORMATS = tuple(_WRITERS)
#: fewer orders than this are ready before a pool has started
_POOL_PAYS_FROM = 16


@dataclass(frozen=True, slots=True)
class Order:
    """A document wanted in these formats; `name` becomes the name of the files."""

    name: str
    document: ReportDocument
    formats: tuple[str, ...] = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Printed:
    """A file ready in memory."""

    file: str
    data: bytes


def render(document: ReportDocument, format_: str) -> bytes:
    """One document in one of `FORMATS`; KeyError for another format."""
    return _WRITERS[format_](document)


def print_orders(orders: Iterable[Order], *, workers: int = 1) -> Iterator[Printed]:
    """Files in the order of the orders, each as soon as it is ready; stop iterating to cancel."""
    wanted = list(orders)
    if workers < 2 or len(wanted) < _POOL_PAYS_FROM:
        for order in wanted:
            yield from _print(order)
        return
    context = multiprocessing.get_context("spawn")  # the caller may hold threads and database connections
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for printed in pool.map(_print, wanted, chunksize=2):
                yield from printed
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def write_zip(
    orders: Iterable[Order], path: Path, *, workers: int = 1, on_file: Callable[[str], None] = lambda _: None
) -> None:
    """A ZIP of the files; `on_file` hears the name of each one that is ready. The ZIP appears when it is whole."""
    with replacing(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for printed in print_orders(orders, workers=workers):
            archive.writestr(_unique(printed.file, set(archive.namelist())), printed.data)
            on_file(printed.file)


def _print(order: Order) -> list[Printed]:
    return [Printed(file_name(order.name, f".{format_}"), render(order.document, format_)) for format_ in order.formats]


def _unique(name: str, taken: set[str]) -> str:
    path, number, unique = Path(name), 2, name
    while unique in taken:
        unique, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return unique
