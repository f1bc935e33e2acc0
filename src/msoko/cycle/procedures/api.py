"""Contents page of the step «Процедуры»."""

from msoko.cycle.procedures.actions import (
    bind_blueprint,
    change_campaign,
    check_blueprint,
    choose_blueprint,
    create_campaign,
    ensure_campaign,
    keep_blueprint,
    store_blueprint,
)
from msoko.cycle.procedures.blueprints import blueprint_value
from msoko.cycle.procedures.models import (
    RESULT_KIND_TITLES,
    BlueprintItem,
    BlueprintVersion,
    Campaign,
    CurriculumHours,
    Schedule,
    ScheduledWork,
    SchedulePeriod,
    ScheduleStatus,
    WorkLevel,
    WorkSource,
)
from msoko.cycle.procedures.queries import blueprints_visible, campaigns_visible
from msoko.cycle.procedures.rules import may_conduct, sees_campaign
from msoko.cycle.procedures.schedule_actions import (
    WorkEntry,
    add_works,
    approve_schedule,
    change_work,
    create_schedule,
    delete_schedule,
    remove_works,
    schedule_label,
    withdraw_schedule,
)
from msoko.cycle.procedures.schedule_queries import hours_visible, schedules_visible, with_work_counts
from msoko.cycle.procedures.schedule_rules import Clash, Work, works_by_class
from msoko.cycle.procedures.schedule_works import Checked, Entry, campaigns_for, checked, entries_of, period_span
from msoko.cycle.procedures.titles import blueprint_title, campaign_title, procedure_short

__all__ = [
    "RESULT_KIND_TITLES",
    "BlueprintItem",
    "BlueprintVersion",
    "Campaign",
    "Checked",
    "Clash",
    "CurriculumHours",
    "Entry",
    "Schedule",
    "SchedulePeriod",
    "ScheduleStatus",
    "ScheduledWork",
    "Work",
    "WorkEntry",
    "WorkLevel",
    "WorkSource",
    "add_works",
    "approve_schedule",
    "bind_blueprint",
    "blueprint_title",
    "blueprint_value",
    "blueprints_visible",
    "campaign_title",
    "campaigns_for",
    "campaigns_visible",
    "change_campaign",
    "change_work",
    "check_blueprint",
    "checked",
    "choose_blueprint",
    "create_campaign",
    "create_schedule",
    "delete_schedule",
    "ensure_campaign",
    "entries_of",
    "hours_visible",
    "keep_blueprint",
    "may_conduct",
    "period_span",
    "procedure_short",
    "remove_works",
    "schedule_label",
    "schedules_visible",
    "sees_campaign",
    "store_blueprint",
    "with_work_counts",
    "withdraw_schedule",
    "works_by_class",
]
