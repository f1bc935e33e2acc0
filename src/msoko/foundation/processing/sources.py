"""Files named on a command line or kept in a folder, as named bytes in a stable order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from intake.contracts import Problem, Severity
from msoko.foundation.processing.checks.passport import Passport

_ENDINGS = frozenset(["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "htm", "html", "zip"])

FILES_EXIST = Passport(
    "files_exist",
    Severity.ERROR,
    "Файл или папка не найдены.",
    "Проверьте путь.",
)
FOLDERS_HAVE_TABLES = Passport(
    "folders_have_tables",
    Severity.WARNING,
    "В папке нет таблиц и архивов.",
    "Положите в папку файлы XLSX, XLS, ODS, CSV или ZIP.",
)


def expand_sources(paths: Iterable[Path]) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """(name, path) of every file; a folder gives its tables and archives, sorted, with its own name in front.

    Names of files say something about the campaign, so a relative path stays as it was typed. Lock files of office
    programs («~$…») and hidden files are skipped.
    """
    found: list[tuple[str, Path]] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            members = [(str(member.relative_to(path.absolute().parent)), member) for member in _members(path)]
            found += members
            problems += [] if members else [FOLDERS_HAVE_TABLES.problem(str(path))]
        elif path.exists():
            found.append((_typed_name(path), path))
        else:
            problems.append(FILES_EXIST.problem(str(path)))
    return _unique_names(found), problems


def read_sources(sources: Sequence[tuple[str, Path]]) -> Iterator[tuple[str, bytes] | Path]:
    """Named bytes one by one; a file that cannot be opened goes on as a path for the reader to report."""
    for name, path in sources:
        try:
            yield name, path.read_bytes()
        except OSError:
            yield path


def _members(folder: Path) -> list[Path]:
    files = (path for path in folder.absolute().rglob("*") if path.is_file())
    return sorted(path for path in files if _is_table(path))


def _is_table(path: Path) -> bool:
    return path.suffix[1:].casefold() in _ENDINGS and not path.name.startswith(("~$", "."))


def _typed_name(path: Path) -> str:
    is_plain = not path.is_absolute() and ".." not in path.parts
    return path.as_posix() if is_plain else path.name


def _unique_names(found: Sequence[tuple[str, Path]]) -> list[tuple[str, Path]]:
    counts = Counter(name for name, _ in found)
    return [(name if counts[name] == 1 else path.as_posix(), path) for name, path in dict.fromkeys(found)]
