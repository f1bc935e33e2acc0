"""ZIP archives of result files."""

from __future__ import annotations

import io
import zipfile
import zlib

from intake.contracts import Problem
from intake.tables import limits
from intake.tables.remarks import file_problem
from intake.tables.sniffing import Kind, kind_of

Members = list[tuple[str, bytes]]
_FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class _Budget:
    """Bytes and members that may still be unpacked, shared by nested archives."""

    def __init__(self) -> None:
        self.bytes_left = limits.MAX_ARCHIVE_BYTES
        self.members_left = limits.MAX_MEMBERS


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a ZIP of files (not a workbook, which is a ZIP too)."""
    return kind_of(data) is Kind.ZIP


def read_archive(name: str, data: bytes) -> tuple[Members, list[Problem]]:
    """Files of the archive as (path inside, bytes), nested archives unpacked, in the order of the archive.

    Names in cp866 (the usual Russian ZIP) and UTF-8 are understood; service files of macOS are skipped.
    """
    members: Members = []
    problems: list[Problem] = []
    _unpack(name, data, depth=1, budget=_Budget(), members=members, problems=problems)
    if not members and not problems:
        problems.append(file_problem("archive.empty", name))
    return members, problems


def _unpack(name: str, data: bytes, *, depth: int, budget: _Budget, members: Members, problems: list[Problem]) -> None:
    if depth > limits.MAX_NESTING:
        problems.append(file_problem("archive.too_deep", name))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                path = member_name(member)
                if member.is_dir() or _is_junk(path):
                    continue
                content = _content(f"{name}/{path}", archive, member, budget, problems)
                if content is None:
                    if budget.bytes_left <= 0 or budget.members_left <= 0:
                        return
                elif is_archive(content):
                    _unpack(path, content, depth=depth + 1, budget=budget, members=members, problems=problems)
                else:
                    members.append((path, content))
    except _FAILURES:
        problems.append(file_problem("archive.corrupt", name))


def _content(
    place: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget, problems: list[Problem]
) -> bytes | None:
    """Unpacked bytes of the member, or None with a problem; the declared size is not believed."""
    budget.members_left -= 1
    if budget.members_left < 0:
        budget.members_left = 0
        problems.append(file_problem("archive.too_many_files", place))
        return None
    if member.flag_bits & 1:
        problems.append(file_problem("file.encrypted", place))
        return None
    if _is_bomb(member):
        problems.append(file_problem("archive.bomb", place))
        return None
    allowed = min(limits.MAX_MEMBER_BYTES, budget.bytes_left)
    try:
        with archive.open(member) as stream:
            content = stream.read(allowed + 1)
    except (*_FAILURES, RuntimeError):
        problems.append(file_problem("archive.member_corrupt", place))
        return None
    if len(content) > allowed:
        budget.bytes_left -= allowed
        problems.append(file_problem("archive.bomb", place))
        return None
    budget.bytes_left -= len(content)
    return content


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    if member.file_size > limits.MAX_MEMBER_BYTES:
        return True
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > limits.RATIO_FREE_BYTES and ratio > limits.MAX_RATIO


def member_name(member: zipfile.ZipInfo) -> str:
    """Path inside the archive. Without the UTF-8 flag `zipfile` decodes as cp437; Russian archivers write cp866,
    some write UTF-8 or cp1251 without the flag."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x800 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _readable(raw)


def _readable(raw: bytes) -> str:
    def letters(text: str) -> int:
        return sum("а" <= letter.lower() <= "я" or letter in "ёЁ№" for letter in text)

    candidates = [raw.decode(encoding, errors="replace") for encoding in ("cp866", "cp1251")]
    return max(candidates, key=letters)


def _is_junk(path: str) -> bool:
    parts = path.split("/")
    last = parts[-1]
    return "__MACOSX" in parts or last in (".DS_Store", "Thumbs.db", "desktop.ini") or last.startswith(("._", "~$"))
