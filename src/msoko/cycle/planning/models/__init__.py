"""Tables of planning, one module an aggregate."""

from msoko.cycle.planning.models.analysis import PlanAnalysis, PlanAnalysisEdit
from msoko.cycle.planning.models.calendars import SchoolCalendarYear
from msoko.cycle.planning.models.directions import DirectionOwner
from msoko.cycle.planning.models.execution import Assignment, Comment, Evidence, Occurrence, Postponement
from msoko.cycle.planning.models.feeds import CalendarFeed, SavedView
from msoko.cycle.planning.models.imports import AbbreviationMeaning, PlanImport, UnitDecision
from msoko.cycle.planning.models.plans import Activity, ActivityUnit, Deliverable, Dependency, Plan, PlanSection
from msoko.cycle.planning.models.reminders import Letter, Reminder, ReminderSettings
from msoko.cycle.planning.models.requests import ActivityRequest

__all__ = [
    "AbbreviationMeaning",
    "Activity",
    "ActivityRequest",
    "ActivityUnit",
    "Assignment",
    "CalendarFeed",
    "Comment",
    "Deliverable",
    "Dependency",
    "DirectionOwner",
    "Evidence",
    "Letter",
    "Occurrence",
    "Plan",
    "PlanAnalysis",
    "PlanAnalysisEdit",
    "PlanImport",
    "PlanSection",
    "Postponement",
    "Reminder",
    "ReminderSettings",
    "SavedView",
    "SchoolCalendarYear",
    "UnitDecision",
]
