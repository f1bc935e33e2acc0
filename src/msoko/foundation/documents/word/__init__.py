"""Word files with real styles, fields and captions: a specialist goes on working in them."""

from msoko.foundation.documents.word.writer import docx_bytes, write_docx

__all__ = ["docx_bytes", "write_docx"]
