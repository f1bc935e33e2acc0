"""Tables of planning, one module an aggregate."""

from msoko.cycle.planning.models.execution import Assignment, Comment, Evidence, Occurrence, Postponement
from msoko.cycle.planning.models.plans import Activity, ActivityUnit, Deliverable, Dependency, Plan, PlanSection

__all__ = [
    "Activity",
    "ActivityUnit",
    "Assignment",
    "Comment",
    "Deliverable",
    "Dependency",
    "Evidence",
    "Occurrence",
    "Plan",
    "PlanSection",
    "Postponement",
]
