"""Tagged PDF (PDF/UA-1 where the fonts cover the text) with the look of the Word file."""

from msoko.foundation.documents.pdf.writer import heading_pages, pdf_bytes, write_pdf

__all__ = ["heading_pages", "pdf_bytes", "write_pdf"]
