"""Tables of regulations, one module an aggregate."""

from msoko.cycle.regulations.models.discussion import Discussion, DiscussionClause, ExpertOpinion, Remark
from msoko.cycle.regulations.models.drafting import OfficialDraft, PaperBlank, WordForm
from msoko.cycle.regulations.models.functions import FunctionGroup, FunctionMatrix, MatrixFunction, RequiredDocument
from msoko.cycle.regulations.models.matrix_work import MatrixChange, MatrixDraft, RowChange
from msoko.cycle.regulations.models.orders import OrderImport, OrderPoint, PointTask
from msoko.cycle.regulations.models.register import DocumentBasis, RegisteredDocument

__all__ = [
    "Discussion",
    "DiscussionClause",
    "DocumentBasis",
    "ExpertOpinion",
    "FunctionGroup",
    "FunctionMatrix",
    "MatrixChange",
    "MatrixDraft",
    "MatrixFunction",
    "OfficialDraft",
    "OrderImport",
    "OrderPoint",
    "PaperBlank",
    "PointTask",
    "RegisteredDocument",
    "Remark",
    "RequiredDocument",
    "RowChange",
    "WordForm",
]
