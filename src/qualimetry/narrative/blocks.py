"""A report as values: what `foundation.documents` renders to Word and PDF and the page shows for editing.

A block has a stable `key` so that a specialist's edit survives regeneration: an edit is stored by key together with
the text it replaced; when the generated text changes later, both versions are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a sentence comes from: id of its rule, the figures put into it, N."""

    rule: str
    figures: dict[str, float | int | str | None] = field(default_factory=dict)
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    key: str
    text: str
    level: int = 1  # 1…3


@dataclass(frozen=True, slots=True)
class Paragraph:
    key: str
    text: str
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    key: str
    entries: tuple[str, ...]
    is_numbered: bool = False
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `kind`: "text" | "integer" | "decimal" | "percent" | "mark" decides format and alignment.
    `width` is a relative weight; where all are 1 the renderer weighs the contents. `places` sets the decimals
    (None: integer 0, decimal and percent 1, mark 2)."""

    title: str
    kind: str = "text"
    width: float = 1.0
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are raw values (None = «—»); percents are fractions 0–1. Strings stand as they are.

    Numbering («Таблица 1») is added by the renderer in document order. `header_groups` draws a first header row:
    (title, how many columns it spans).
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    header_groups: tuple[tuple[str, int], ...] = ()
    total_rows: int = 0  # how many last rows are totals (bold)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification with its data inside; `table` is its accessible form. `caption` says what is drawn
    (the title inside says the finding), `alt` describes it for a screen reader."""

    key: str
    caption: str
    specification: dict[str, Any]
    alt: str
    table: Table | None = None
    width_mm: int = 165


@dataclass(frozen=True, slots=True)
class PageBreak:
    key: str
    #: pages after it are landscape until the next break
    is_landscape: bool = False


Block = Heading | Paragraph | BulletList | Table | Chart | PageBreak


@dataclass(frozen=True, slots=True)
class TitlePage:
    authority: str  # who issues it
    kind: str  # «Аналитическая справка»
    title: str  # «о результатах всероссийской проверочной работы по математике в 5 классах…»
    place: str  # «Заречный»
    year: int
    basis: str = ""
    approved_by: str = ""  # «Начальник управления образования ____________ »
    prepared_by: str = ""


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """`stamp` is a line over every page («ДЕМО», «Для служебного пользования» …), empty for none.
    Annexes are blocks too, numbered «Приложение 1» by their level-1 headings in `annexes`."""

    title_page: TitlePage
    blocks: tuple[Block, ...]
    annexes: tuple[Block, ...] = ()
    stamp: str = ""
    language: str = "ru"
    #: a report of few pages needs no table of contents
    has_contents: bool = True
