"""Contents page of the step «Данные»."""

from msoko.cycle.collection.actions import (
    accept_import,
    add_files,
    answer_questions,
    discard_import,
    exclude_file,
    open_import,
    withdraw_batch,
)
from msoko.cycle.collection.models import (
    Batch,
    BatchOrganization,
    ControlSummary,
    CurrentBatch,
    ImportAnswer,
    ImportFile,
    ImportSession,
    PupilLink,
)
from msoko.cycle.collection.queries import batches_visible, control_summaries, current_batches, sessions_visible
from msoko.cycle.collection.questions import QuestionKind
from msoko.cycle.collection.rules import may_import
from msoko.cycle.collection.summaries import stored_rows

__all__ = [
    "Batch",
    "BatchOrganization",
    "ControlSummary",
    "CurrentBatch",
    "ImportAnswer",
    "ImportFile",
    "ImportSession",
    "PupilLink",
    "QuestionKind",
    "accept_import",
    "add_files",
    "answer_questions",
    "batches_visible",
    "control_summaries",
    "current_batches",
    "discard_import",
    "exclude_file",
    "may_import",
    "open_import",
    "sessions_visible",
    "stored_rows",
    "withdraw_batch",
]
