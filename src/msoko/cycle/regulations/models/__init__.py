"""Tables of regulations, one module an aggregate."""

from msoko.cycle.regulations.models.drafting import OfficialDraft, WordForm
from msoko.cycle.regulations.models.functions import FunctionGroup, FunctionMatrix, MatrixFunction, RequiredDocument
from msoko.cycle.regulations.models.register import DocumentBasis, RegisteredDocument

__all__ = [
    "DocumentBasis",
    "FunctionGroup",
    "FunctionMatrix",
    "MatrixFunction",
    "OfficialDraft",
    "RegisteredDocument",
    "RequiredDocument",
    "WordForm",
]
