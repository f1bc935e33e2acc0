"""Letters and lines of PDF pages by PDFium: what the reader of tables needs, twenty times faster than by pdfminer.

Only plain pages are read so: upright text on pages that are neither turned nor cropped. `UnusualPageError` says that
the other reader has to take the file.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.table import Table, TableFinder
from pdfplumber.utils.text import extract_words

_STRAIGHT = 0.01
#: how far letters reach under their line, in sizes of the font
_DESCENT = 0.21
#: PDFium names a hyphen at the end of a line by this code
_LINE_HYPHEN = 2
_DEEPEST = 15
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Json = dict[str, Any]


class UnusualPageError(Exception):
    """A page that only the thorough reader understands."""


@dataclass(slots=True)
class QuickPage:
    """A page as `pdf_tables` and `pdf_lines` ask for it; the same names and units as those of pdfplumber."""

    page_number: int
    width: float
    height: float
    chars: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    images: list[int] = field(default_factory=list)

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        return (0.0, 0.0, self.width, self.height)

    def extract_words(self, **settings: Any) -> list[Json]:
        found: list[Json] = extract_words(self.chars, **settings)
        return found

    def find_tables(self, settings: Json) -> list[Table]:
        found: list[Table] = TableFinder(self, settings).tables  # type: ignore[arg-type]
        return found

    def close(self) -> None:
        """Nothing is held."""


def page_count(data: bytes) -> int:
    """How many pages a file has."""
    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def quick_pages(data: bytes) -> Iterator[QuickPage]:
    """Pages one after another.

    Raises:
        UnusualPageError: a page is not plain.
    """
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            try:
                yield _page(page, number + 1)
            finally:
                page.close()


def _page(page: Any, number: int) -> QuickPage:
    width, height = page.get_size()
    box = page.get_mediabox()
    if page.get_rotation() or box[:2] != (0, 0) or page.get_cropbox() != box:
        raise UnusualPageError
    found = QuickPage(number, width, height)
    text = page.get_textpage()
    try:
        found.chars += _chars(text.raw, height)
    finally:
        text.close()
    count = pdfium.FPDFPage_CountObjects(page.raw)
    _objects(found, lambda place: pdfium.FPDFPage_GetObject(page.raw, place), count, _SAME, 0)
    return found


def _chars(text: Any, height: float) -> Iterator[Json]:
    """Letters as boxes of their font: the same top and bottom for all letters of a line, whatever their shapes."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if code == 0 or pdfium.FPDFText_IsGenerated(text, place) == 1:
            continue
        if abs(pdfium.FPDFText_GetCharAngle(text, place)) > _STRAIGHT:
            raise UnusualPageError
        if not (
            pdfium.FPDFText_GetLooseCharBox(text, place, box)
            and pdfium.FPDFText_GetCharOrigin(text, place, x, y)
            and pdfium.FPDFText_GetMatrix(text, place, matrix)
        ):
            continue
        size = pdfium.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
        bottom = height - y.value + _DESCENT * size
        yield {
            "text": "-" if code == _LINE_HYPHEN else chr(code), "x0": box.left, "x1": box.right,
            "top": bottom - size, "bottom": bottom, "doctop": bottom - size, "upright": True, "size": size,
        }  # fmt: skip


def _objects(found: QuickPage, get: Callable[[int], Any], count: int, matrix: Matrix, depth: int) -> None:
    if depth > _DEEPEST:
        raise UnusualPageError
    for place in range(count):
        one = get(place)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.edges += _edges(one, _joined(_matrix_of(one), matrix), found.height)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images.append(place)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = _joined(_matrix_of(one), matrix)
            _objects(found, _getter(one), pdfium.FPDFFormObj_CountObjects(one), inner, depth + 1)


def _getter(form: Any) -> Callable[[int], Any]:
    return lambda place: pdfium.FPDFFormObj_GetObject(form, place)


def _matrix_of(one: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(one, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _joined(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _edges(path: Any, matrix: Matrix, height: float) -> Iterator[Json]:
    for points, is_closed in _subpaths(path, matrix, height):
        ends = [*points, points[0]] if is_closed and points[0] != points[-1] else points
        for (x0, y0), (x1, y1) in pairwise(ends):
            if (edge := _edge(x0, y0, x1, y1)) is not None:
                yield edge


def _subpaths(path: Any, matrix: Matrix, height: float) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Points of every part of a path on the page, from its top; whether the part is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    is_closed = False
    for place in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, place)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                yield points, is_closed
            points, is_closed = [], False
        points.append((a * x.value + c * y.value + e, height - (b * x.value + d * y.value + f)))
        is_closed = is_closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, is_closed


def _edge(x0: float, y0: float, x1: float, y1: float) -> Json | None:
    """A level or an upright line; None for a slanting one."""
    if abs(x0 - x1) > _STRAIGHT and abs(y0 - y1) > _STRAIGHT:
        return None
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return {
        "object_type": "line", "x0": left, "x1": right, "top": top, "bottom": bottom, "doctop": top,
        "width": right - left, "height": bottom - top,
        "orientation": "h" if right - left >= bottom - top else "v",
    }  # fmt: skip
