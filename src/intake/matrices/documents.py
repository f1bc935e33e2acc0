"""A matrix as the JSON document of `msoko functions parse`."""

from __future__ import annotations

from intake.matrices.contracts import Function, FunctionGroup, MatrixReading
from intake.plans.contracts import Json
from intake.plans.documents import place_document, problem_document, remark_document


def matrix_document(reading: MatrixReading) -> Json:
    """Everything that was read, as plain values."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "title": reading.title,
        "groups": [_group(group) for group in reading.groups],
        "warnings": [
            *(problem_document(problem) for problem in reading.problems),
            *(remark_document(remark) for remark in reading.remarks),
        ],
    }


def _group(group: FunctionGroup) -> Json:
    return {
        "number": group.number,
        "title": group.title,
        "level": group.level,
        "is_lost": group.is_lost,
        "responsible": list(group.responsible),
        "documents": list(group.documents),
        "functions": [_function(function) for function in group.functions],
    }


def _function(function: Function) -> Json:
    return {
        "text": function.text,
        "responsible": list(function.responsible),
        "documents": list(function.documents),
        "is_shared": function.is_shared,
        "place": place_document(function.place) if function.place is not None else None,
    }
