"""Contents page of the step «Данные»."""

from msoko.cycle.collection.actions import (
    accept_import,
    add_files,
    answer_questions,
    discard_import,
    exclude_file,
    open_import,
    read_again,
    withdraw_batch,
    withdraw_summary,
)
from msoko.cycle.collection.code_lists import (
    CodeListOutcome,
    forget_code_list,
    load_code_list,
    takes_code_list,
)
from msoko.cycle.collection.code_tables import CodePair, pairs_of_file, pairs_of_text
from msoko.cycle.collection.coverage import (
    Delivery,
    DeliveryState,
    OrganizationDelivery,
    deliveries,
    delivery_by_organization,
    likely_organizations,
)
from msoko.cycle.collection.instruments import change_blueprint
from msoko.cycle.collection.medal_results import (
    Candidate,
    CandidateResult,
    Examination,
    ExamSubject,
    MedalCount,
    candidates_of,
    graduation_years,
    medal_counts,
)
from msoko.cycle.collection.medals import CandidateLine, candidate_lines, forget_candidates, mark_candidates
from msoko.cycle.collection.models import (
    Batch,
    BatchOrganization,
    ControlSummary,
    CurrentBatch,
    ImportAnswer,
    ImportFile,
    ImportSession,
    MedalCandidate,
    PupilLink,
)
from msoko.cycle.collection.participants import Participant, classes_of, current_of, participants_of
from msoko.cycle.collection.pupil_keys import pupil_key
from msoko.cycle.collection.pupils import Cohort, KeyState, PupilResult, cohort, key_states, results_of_pupil
from msoko.cycle.collection.queries import (
    accepted_before,
    batches_in_state,
    batches_visible,
    batches_with_runs,
    control_summaries,
    current_batches,
    open_imports,
    sessions_visible,
    summaries_of_session,
    summaries_visible,
)
from msoko.cycle.collection.questions import QuestionKind
from msoko.cycle.collection.rules import may_import
from msoko.cycle.collection.specifications import blueprint_of_specification
from msoko.cycle.collection.summaries import stored_rows
from msoko.cycle.collection.sweeping import sweep

__all__ = [
    "Batch",
    "BatchOrganization",
    "Candidate",
    "CandidateLine",
    "CandidateResult",
    "CodeListOutcome",
    "CodePair",
    "Cohort",
    "ControlSummary",
    "CurrentBatch",
    "Delivery",
    "DeliveryState",
    "ExamSubject",
    "Examination",
    "ImportAnswer",
    "ImportFile",
    "ImportSession",
    "KeyState",
    "MedalCandidate",
    "MedalCount",
    "OrganizationDelivery",
    "Participant",
    "PupilLink",
    "PupilResult",
    "QuestionKind",
    "accept_import",
    "accepted_before",
    "add_files",
    "answer_questions",
    "batches_in_state",
    "batches_visible",
    "batches_with_runs",
    "blueprint_of_specification",
    "candidate_lines",
    "candidates_of",
    "change_blueprint",
    "classes_of",
    "cohort",
    "control_summaries",
    "current_batches",
    "current_of",
    "deliveries",
    "delivery_by_organization",
    "discard_import",
    "exclude_file",
    "forget_candidates",
    "forget_code_list",
    "graduation_years",
    "key_states",
    "likely_organizations",
    "load_code_list",
    "mark_candidates",
    "may_import",
    "medal_counts",
    "open_import",
    "open_imports",
    "pairs_of_file",
    "pairs_of_text",
    "participants_of",
    "pupil_key",
    "read_again",
    "results_of_pupil",
    "sessions_visible",
    "stored_rows",
    "summaries_of_session",
    "summaries_visible",
    "sweep",
    "takes_code_list",
    "withdraw_batch",
    "withdraw_summary",
]
