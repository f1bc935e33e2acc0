"""Plans of activities from documents: tables of any usual kind → sections, activities, terms, units, results.

Words by which plans are understood come from the caller (`Vocabulary.from_tables`), so does the engine of terms.
"""

from intake.plans.abbreviations import Dictionary
from intake.plans.contracts import (
    Activity,
    ClaimSource,
    Deliverable,
    PlanColumn,
    PlanReading,
    Question,
    Remark,
    Responsible,
    RowPlace,
    Section,
)
from intake.plans.documents import plan_document
from intake.plans.matching import Ambiguity, FieldChange, Pair, PlanMatch, PlanRowText, match_rows
from intake.plans.reading import read_pasted_plan, read_plan
from intake.plans.terms import TermReader, term_reader, unread_term
from intake.plans.vocabulary import Vocabulary

__all__ = [
    "Activity",
    "Ambiguity",
    "ClaimSource",
    "Deliverable",
    "Dictionary",
    "FieldChange",
    "Pair",
    "PlanColumn",
    "PlanMatch",
    "PlanReading",
    "PlanRowText",
    "Question",
    "Remark",
    "Responsible",
    "RowPlace",
    "Section",
    "TermReader",
    "Vocabulary",
    "match_rows",
    "plan_document",
    "read_pasted_plan",
    "read_plan",
    "term_reader",
    "unread_term",
]
