"""Matrices of functions from documents: groups, functions, positions, documents."""

from intake.matrices.contracts import Function, FunctionGroup, MatrixReading
from intake.matrices.documents import matrix_document
from intake.matrices.matching import FunctionMatch, FunctionPair, FunctionText, match_functions, same_words
from intake.matrices.reading import read_functions, read_pasted_functions
from intake.matrices.vocabulary import MatrixWords

__all__ = [
    "Function",
    "FunctionGroup",
    "FunctionMatch",
    "FunctionPair",
    "FunctionText",
    "MatrixReading",
    "MatrixWords",
    "match_functions",
    "matrix_document",
    "read_functions",
    "read_pasted_functions",
    "same_words",
]
