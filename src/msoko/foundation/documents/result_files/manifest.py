"""What was written for the demo: files, campaigns, what an import must find in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    RESULTS = "results"
    SUMMARY = "summary"
    SPECIFICATION = "specification"
    ORGANIZATIONS = "organizations"
    CODE_LIST = "code_list"


@dataclass(frozen=True, slots=True)
class DemoFile:
    """`campaigns`: keys of campaigns in the file. `organization`: login of the school where the file itself does
    not name it (collection forms, code lists). `rows`: participants' rows in the file, absent included."""

    path: Path
    kind: FileKind
    campaigns: tuple[str, ...] = ()
    organization: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class DemoCampaign:
    """`participants`: those who wrote, one attempt a pupil. `absent`: rows of absent pupils that the files hold.
    `superseded`: attempts that a re-sit or an appeal replaced."""

    key: str
    title: str
    participants: int
    absent: int
    superseded: int


@dataclass(frozen=True, slots=True)
class DemoManifest:
    """The whole set; every path is under `folder`."""

    folder: Path
    files: tuple[DemoFile, ...]
    campaigns: tuple[DemoCampaign, ...]

    def of_kind(self, kind: FileKind) -> tuple[DemoFile, ...]:
        """Files of one kind in the order of writing."""
        return tuple(file for file in self.files if file.kind is kind)
