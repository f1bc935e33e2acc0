"""Layouts of result files. The first that recognises a book reads it: narrow ones stand before generic ones."""

from __future__ import annotations

from intake.layouts.base import Layout
from intake.layouts.generic_summary import GenericSummary
from intake.layouts.gia_protocol import GiaProtocol
from intake.layouts.participant_list import ParticipantList
from intake.layouts.regional_forms import RegionalForm
from intake.layouts.school_form import SchoolForm
from intake.layouts.specification import SpecificationLayout
from intake.layouts.summaries import FederalSummary
from intake.layouts.unknown import MappedTable
from intake.layouts.vpr_form import CollectionForm
from intake.layouts.vpr_individual import IndividualResults
from intake.layouts.vpr_regional import COLLECTION, EXPORT, RAW_EXPORT
from intake.layouts.vsosh import OlympiadProtocol

LAYOUTS: tuple[Layout, ...] = (
    MappedTable(),
    CollectionForm(),
    IndividualResults(),
    COLLECTION,
    EXPORT,
    RAW_EXPORT,
    FederalSummary(),
    RegionalForm(),
    SchoolForm(),
    GiaProtocol(),
    OlympiadProtocol(),
    SpecificationLayout(),
    # generic layouts stand last
    GenericSummary(),
    ParticipantList(),
)

__all__ = ["LAYOUTS", "Layout"]
