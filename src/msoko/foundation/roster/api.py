"""Contents page of the registry in use: organizations, context, staff, bodies, the first run."""

from msoko.foundation.roster.bodies import create_body, remove_body, set_members
from msoko.foundation.roster.classes import ClassChanges, ClassEntry, class_entries, set_classes
from msoko.foundation.roster.contexts import CONTEXT_FIELDS, context_problems, set_context
from msoko.foundation.roster.entries import ENTERABLE, OrganizationEntry, problems_of
from msoko.foundation.roster.founding import (
    Founding,
    forget_first_run_code,
    found_municipality,
    is_right_code,
    issue_first_run_code,
)
from msoko.foundation.roster.listing import Outcome, PlannedRow, import_organizations, plan_list
from msoko.foundation.roster.models import Appointment, AppointmentKind, Body, BodyKind, Person
from msoko.foundation.roster.organizations import (
    add_department,
    change_organization,
    close_organization,
    create_organization,
    forget_name,
    remove_department,
)
from msoko.foundation.roster.people import PersonEntry, add_person, appoint, change_person, end_appointment
from msoko.foundation.roster.queries import head_of, remembered_names, visible_appointments, visible_bodies
from msoko.foundation.roster.years import open_school_year, year_to_open

__all__ = [
    "CONTEXT_FIELDS",
    "ENTERABLE",
    "Appointment",
    "AppointmentKind",
    "Body",
    "BodyKind",
    "ClassChanges",
    "ClassEntry",
    "Founding",
    "OrganizationEntry",
    "Outcome",
    "Person",
    "PersonEntry",
    "PlannedRow",
    "add_department",
    "add_person",
    "appoint",
    "change_organization",
    "change_person",
    "class_entries",
    "close_organization",
    "context_problems",
    "create_body",
    "create_organization",
    "end_appointment",
    "forget_first_run_code",
    "forget_name",
    "found_municipality",
    "head_of",
    "import_organizations",
    "is_right_code",
    "issue_first_run_code",
    "open_school_year",
    "plan_list",
    "problems_of",
    "remembered_names",
    "remove_body",
    "remove_department",
    "set_classes",
    "set_context",
    "set_members",
    "visible_appointments",
    "visible_bodies",
    "year_to_open",
]
