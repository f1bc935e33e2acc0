"""Bounds that keep a hostile or broken file from exhausting the machine."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

#: a file as uploaded
MAX_FILE_BYTES = 300 * MEGABYTE
#: all members of one workbook, unpacked (a sheet of a million styled blanks is about 200 MB)
MAX_WORKBOOK_BYTES = 1200 * MEGABYTE
#: one sheet, unpacked
MAX_SHEET_BYTES = 600 * MEGABYTE
#: last used row × last used column: the reader allocates them all
MAX_SHEET_CELLS = 6_000_000
#: sheets of a workbook
MAX_SHEETS = 300
#: delimited text and HTML are held in memory whole
MAX_TEXT_BYTES = 100 * MEGABYTE

#: archives: unpacked bytes of one member and in total, members, nesting, compression ratio
MAX_MEMBER_BYTES = 200 * MEGABYTE
MAX_ARCHIVE_BYTES = 1024 * MEGABYTE
MAX_MEMBERS = 5_000
MAX_NESTING = 3
MAX_RATIO = 200
#: below this size a high ratio is harmless (a small file of blanks compresses a thousandfold)
RATIO_FREE_BYTES = 20 * MEGABYTE
