"""Tables of planning, one module an aggregate."""

from msoko.cycle.planning.models.calendars import SchoolCalendarYear
from msoko.cycle.planning.models.execution import Assignment, Comment, Evidence, Occurrence, Postponement
from msoko.cycle.planning.models.imports import AbbreviationMeaning, PlanImport, UnitDecision
from msoko.cycle.planning.models.plans import Activity, ActivityUnit, Deliverable, Dependency, Plan, PlanSection

__all__ = [
    "AbbreviationMeaning",
    "Activity",
    "ActivityUnit",
    "Assignment",
    "Comment",
    "Deliverable",
    "Dependency",
    "Evidence",
    "Occurrence",
    "Plan",
    "PlanImport",
    "PlanSection",
    "Postponement",
    "SchoolCalendarYear",
    "UnitDecision",
]
