"""Contents page of the step «Планирование»."""

from msoko.cycle.planning import links, periods
from msoko.cycle.planning.approving import approve_changes, approve_plan, close_plan, withdraw_approval
from msoko.cycle.planning.assigning import deal_out
from msoko.cycle.planning.binding import (
    ScheduleEntry,
    bind_schedule,
    by_schedule_activities,
    is_month_of_schedules,
    waiting_for_schedule,
)
from msoko.cycle.planning.calendar_entries import CalendarEntry, calendar_entries, terms_in_sight
from msoko.cycle.planning.calendar_states import states_of_terms
from msoko.cycle.planning.calendars import calendars_for, set_calendar
from msoko.cycle.planning.composing import compose_soon, composing_of
from msoko.cycle.planning.daily import remind_people, sweep_evidence
from msoko.cycle.planning.dealing import deal_out_again, dealing_of
from msoko.cycle.planning.dependencies import (
    Network,
    activities_named,
    activity_named,
    add_dependency,
    decide_dependencies,
    dependencies_of,
    network_of,
    propose_dependencies,
)
from msoko.cycle.planning.desk import Desk, Group, OwnTask, desk_of
from msoko.cycle.planning.differences import FIELD_TITLES, Differences, differences_of
from msoko.cycle.planning.directions import (
    Cell,
    DirectionRow,
    confirm_proposals,
    matrix_of,
    name_direction_owner,
)
from msoko.cycle.planning.editing import (
    add_activity,
    change_activities,
    change_activity,
    change_plan,
    create_plan,
    drop_activity,
    restore_activity,
)
from msoko.cycle.planning.enums import (
    AssignmentState,
    DependencyState,
    PlanKind,
    PlanStatus,
    UnitKind,
    UnitRole,
    YearKind,
)
from msoko.cycle.planning.evidence import EvidenceEntry, attach_evidence, is_required, withdraw_evidence
from msoko.cycle.planning.execution import (
    Confirmed,
    confirm_many,
    confirm_task,
    explain_delay,
    report_done,
    return_task,
    start_task,
    take_back_confirmation,
    take_back_report,
)
from msoko.cycle.planning.feeds import (
    create_feed,
    feed_by_secret,
    feeds_of,
    forget_view,
    rename_view,
    revoke_feed,
    save_view,
    views_of,
)
from msoko.cycle.planning.filtering import (
    ASKED,
    PlanFilter,
    counts_of_plan,
    filtered_activities,
    values_of_plan,
    with_words,
)
from msoko.cycle.planning.ical import calendar_file
from msoko.cycle.planning.importing import (
    PASTED_NAME,
    accept_plan_import,
    choose_match,
    correct_row,
    decide_unit,
    discard_plan_import,
    explain_abbreviation,
    open_plan_import,
)
from msoko.cycle.planning.letters import digest_preview, is_mail_on, letters_visible, repeat_letter, troubled
from msoko.cycle.planning.load import Clash, Load, UnitLoad, load_of
from msoko.cycle.planning.models import (
    Activity,
    ActivityRequest,
    ActivityUnit,
    Assignment,
    CalendarFeed,
    Deliverable,
    Dependency,
    DirectionOwner,
    Evidence,
    Letter,
    Occurrence,
    Plan,
    PlanAnalysis,
    PlanImport,
    PlanSection,
    Postponement,
    Reminder,
    SavedView,
)
from msoko.cycle.planning.network import Timing
from msoko.cycle.planning.outline import outlined
from msoko.cycle.planning.paper import plan_paper
from msoko.cycle.planning.preview import Preview, plan_of, preview_of
from msoko.cycle.planning.queries import (
    activities_of,
    activity_history,
    imports_visible,
    plans_visible,
    with_counts,
)
from msoko.cycle.planning.reminders import (
    LONGEST,
    change_reminders,
    mark_seen,
    reminders_of,
    settings_of,
    unseen_count,
)
from msoko.cycle.planning.requests import (
    RequestEntry,
    is_on_request,
    on_request_activities,
    record_request,
    statuses_of,
    write_result,
)
from msoko.cycle.planning.rollover import delete_draft, roll_over
from msoko.cycle.planning.rollover_preview import (
    Choice,
    Horizon,
    RollPreview,
    RollRow,
    preview_rollover,
    usual_horizon,
)
from msoko.cycle.planning.rollover_rules import Fate
from msoko.cycle.planning.scheduling import Understanding, years_of
from msoko.cycle.planning.sections import (
    add_section,
    change_section,
    move_activity,
    move_section,
    put_in_section,
    remove_section,
)
from msoko.cycle.planning.task_queries import (
    badges,
    board_of,
    comments_of,
    history_of,
    joint_words,
    occurrences_visible,
    open_inputs,
    plans_with_tasks,
    requests_visible,
    summaries,
    tasks_readable,
    tasks_to_confirm,
    tasks_visible,
)
from msoko.cycle.planning.tasks_access import is_own, may_answer, may_report, own_rows, sees_whole
from msoko.cycle.planning.tasks_locked import addressee_of
from msoko.cycle.planning.tasks_rows import facts_of, in_states, state_filter, state_of_row
from msoko.cycle.planning.tasks_states import OPEN, Facts, Summary, days_late, joint_state, state_of, summary_of
from msoko.cycle.planning.term_changes import (
    add_comment,
    cancel_occurrence,
    postpone_occurrence,
    release_addressee,
    restore_addressee,
    restore_occurrence,
)
from msoko.cycle.planning.windows import TermKey, drawn_terms, term_keys, terms_of_activities
from msoko.cycle.planning.workdays import working_days_off
from msoko.cycle.planning.yearly import (
    analyses_visible,
    analysis_file,
    compose_analysis,
    composed_document,
    current_analysis,
    edit_analysis,
    plan_year,
    sign_analysis,
)
from msoko.cycle.planning.yearly_differences import (
    YearlyDifferences,
    plan_before,
    yearly_differences,
)

__all__ = [
    "ASKED", "FIELD_TITLES", "LONGEST", "OPEN", "PASTED_NAME", "Activity", "ActivityRequest", "ActivityUnit",
    "Assignment", "AssignmentState", "CalendarEntry", "CalendarFeed", "Cell", "Choice", "Clash", "Confirmed",
    "Deliverable", "Dependency", "DependencyState", "Desk", "Differences", "DirectionOwner", "DirectionRow",
    "Evidence", "EvidenceEntry", "Facts", "Fate", "Group", "Horizon", "Letter", "Load", "Network", "Occurrence",
    "OwnTask", "Plan", "PlanAnalysis", "PlanFilter", "PlanImport", "PlanKind", "PlanSection", "PlanStatus",
    "Postponement", "Preview", "Reminder", "RequestEntry", "RollPreview", "RollRow", "SavedView", "ScheduleEntry",
    "Summary", "TermKey", "Timing", "Understanding", "UnitKind", "UnitLoad", "UnitRole", "YearKind",
    "YearlyDifferences", "accept_plan_import", "activities_named", "activities_of",
    "activity_history", "activity_named", "add_activity", "add_comment",
    "add_dependency", "add_section", "addressee_of", "analyses_visible", "analysis_file", "approve_changes",
    "approve_plan", "attach_evidence", "badges", "bind_schedule", "board_of", "by_schedule_activities",
    "calendar_entries", "calendar_file", "calendars_for", "cancel_occurrence", "change_activities",
    "change_activity", "change_plan", "change_reminders", "change_section", "choose_match", "close_plan",
    "comments_of", "compose_analysis", "compose_soon", "composed_document",
    "composing_of", "confirm_many", "confirm_proposals", "confirm_task",
    "correct_row", "counts_of_plan", "create_feed", "create_plan", "current_analysis", "days_late", "deal_out",
    "deal_out_again", "dealing_of", "decide_dependencies", "decide_unit", "delete_draft", "dependencies_of",
    "desk_of", "differences_of", "digest_preview", "discard_plan_import", "drawn_terms", "drop_activity",
    "edit_analysis",
    "explain_abbreviation", "explain_delay", "facts_of", "feed_by_secret", "feeds_of", "filtered_activities",
    "forget_view", "history_of", "imports_visible", "in_states", "is_mail_on", "is_month_of_schedules",
    "is_on_request", "is_own", "is_required", "joint_state", "joint_words", "letters_visible",
    "links", "load_of", "mark_seen", "matrix_of", "may_answer", "may_report", "move_activity", "move_section",
    "name_direction_owner", "network_of", "occurrences_visible", "on_request_activities", "open_inputs",
    "open_plan_import", "outlined", "own_rows", "periods", "plan_before", "plan_of", "plan_paper", "plan_year",
    "plans_visible", "plans_with_tasks", "postpone_occurrence", "preview_of", "preview_rollover",
    "propose_dependencies", "put_in_section", "record_request", "release_addressee", "remind_people",
    "reminders_of", "remove_section", "rename_view", "repeat_letter", "report_done", "requests_visible",
    "restore_activity", "restore_addressee", "restore_occurrence", "return_task", "revoke_feed", "roll_over",
    "save_view", "sees_whole", "set_calendar", "settings_of", "sign_analysis", "start_task", "state_filter",
    "state_of", "state_of_row", "states_of_terms", "statuses_of", "summaries", "summary_of", "sweep_evidence",
    "take_back_confirmation", "take_back_report", "tasks_readable", "tasks_to_confirm", "tasks_visible",
    "term_keys", "terms_in_sight", "terms_of_activities", "troubled", "unseen_count", "usual_horizon", "values_of_plan",
    "views_of",
    "waiting_for_schedule", "with_counts", "with_words", "withdraw_approval", "withdraw_evidence", "working_days_off",
    "write_result", "yearly_differences", "years_of",
]  # fmt: skip
