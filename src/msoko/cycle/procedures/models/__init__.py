"""Tables of the step «Процедуры»."""

from msoko.cycle.procedures.models.instruments import RESULT_KIND_TITLES, BlueprintItem, BlueprintVersion, Campaign
from msoko.cycle.procedures.models.schedule_imports import ScheduleImport, ScheduleWord
from msoko.cycle.procedures.models.schedules import (
    CurriculumHours,
    Schedule,
    ScheduledWork,
    SchedulePeriod,
    ScheduleStatus,
    WorkLevel,
    WorkSource,
)

__all__ = [
    "RESULT_KIND_TITLES",
    "BlueprintItem",
    "BlueprintVersion",
    "Campaign",
    "CurriculumHours",
    "Schedule",
    "ScheduleImport",
    "SchedulePeriod",
    "ScheduleStatus",
    "ScheduleWord",
    "ScheduledWork",
    "WorkLevel",
    "WorkSource",
]
