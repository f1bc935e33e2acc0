"""Files → tables of cells: spreadsheets, delimited text, HTML, archives. Formats are told by content, never by name.

Nothing here raises on bad input: whatever goes wrong is a `Problem` with a Russian message and a remedy.
"""

from intake.tables.archives import is_archive, read_archive
from intake.tables.books import read_book
from intake.tables.delimited import read_pasted

__all__ = ["is_archive", "read_archive", "read_book", "read_pasted"]
