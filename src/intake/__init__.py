"""HOW files are read: layouts of result files → rows. Pure: knows neither Django nor `qualimetry`."""

from intake.many import read_files
from intake.reading import read_file, read_pasted

__all__ = ["read_file", "read_files", "read_pasted"]
