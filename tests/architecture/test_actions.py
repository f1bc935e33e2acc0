"""Every act that writes stands in the journal: a function of one transaction records, or calls one that does."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "msoko"
STEPS = (*SOURCE.glob("foundation/*"), *SOURCE.glob("cycle/*"))

#: acts whose event is written elsewhere, with the reason
ELSEWHERE = {
    "request_cancel": "called by cancel_job, which records",
    "accept_import": "asks the worker, which records the acceptance by the same person",
    "ask_for_issue": "asks the worker, which records the issue by the same person",
}


def _functions() -> dict[str, ast.FunctionDef]:
    found: dict[str, ast.FunctionDef] = {}
    for folder in STEPS:
        for path in folder.rglob("*.py"):
            if "migrations" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.FunctionDef):
                        found.setdefault(node.name, node)
    return found


FUNCTIONS = _functions()


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in function.decorator_list)


def _called(function: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name)}


@cache
def _records(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function, or one that it calls, writes to the journal."""
    called = _called(FUNCTIONS[name])
    return "record" in called or any(
        _records(other, seen | {name}) for other in called & set(FUNCTIONS) - seen - {name}
    )


ACTS = sorted(name for name, function in FUNCTIONS.items() if _is_atomic(function))


def test_acts_are_found() -> None:
    assert len(ACTS) > 35


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_written_to_the_journal(name: str) -> None:
    assert name in ELSEWHERE or _records(name)


def test_exceptions_are_acts_that_do_not_record() -> None:
    assert [name for name in ELSEWHERE if name not in ACTS or _records(name)] == []
