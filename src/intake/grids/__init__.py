"""Documents of any usual kind → paragraphs and tables with merged cells known. Nothing here raises on bad input."""

from intake.grids.contracts import Document, Grid, GridRow, Paragraph
from intake.grids.reading import read_document, read_pasted_document

__all__ = ["Document", "Grid", "GridRow", "Paragraph", "read_document", "read_pasted_document"]
