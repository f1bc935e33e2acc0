"""What reading a matrix of functions yields: groups, functions, who carries them out, documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.contracts import Problem
from intake.plans.contracts import Remark, RowPlace


@dataclass(frozen=True, slots=True)
class Function:
    """A function as written. `is_shared`: positions or documents stand in a cell shared with functions nearby."""

    text: str
    responsible: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    is_shared: bool = False
    place: RowPlace | None = None


@dataclass(frozen=True, slots=True)
class FunctionGroup:
    """A group row with its own positions and documents. `is_lost`: the file begins inside of the group."""

    number: str
    title: str
    level: int = 1
    responsible: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    is_lost: bool = False


@dataclass(slots=True)
class MatrixReading:
    """Everything that one file says about functions."""

    file: str
    sha256: str = ""
    title: str = ""
    groups: list[FunctionGroup] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def functions(self) -> list[Function]:
        """Functions of all groups."""
        return [function for group in self.groups for function in group.functions]
