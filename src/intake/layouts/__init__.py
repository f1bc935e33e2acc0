"""Layouts of result files. The first that recognises a book reads it: narrow ones stand before generic ones."""

from __future__ import annotations

from intake.layouts.base import Layout
from intake.layouts.participant_list import ParticipantList
from intake.layouts.unknown import MappedTable
from intake.layouts.vpr_form import CollectionForm
from intake.layouts.vpr_individual import IndividualResults
from intake.layouts.vpr_regional import COLLECTION, EXPORT, RAW_EXPORT

LAYOUTS: tuple[Layout, ...] = (
    MappedTable(),
    CollectionForm(),
    IndividualResults(),
    COLLECTION,
    EXPORT,
    RAW_EXPORT,
    # generic layouts stand last
    ParticipantList(),
)

__all__ = ["LAYOUTS", "Layout"]
