"""Contents page of the step «Анализ». Heavy parts (computing, drafting) are imported by their callers in the worker."""

from msoko.cycle.analysis.actions import (
    ask_for_issue,
    ask_for_run,
    ask_for_school_reports,
    draft_report,
    draft_reports,
    edit_block,
)
from msoko.cycle.analysis.drafting import current_document, report_title
from msoko.cycle.analysis.models import Report, ReportEdit, ReportIssue, Run, RunGroup
from msoko.cycle.analysis.queries import campaigns_with_results, class_groups, organization_groups, reports_visible
from msoko.cycle.analysis.results import group_of, latest_run, result_of, summary_of
from msoko.cycle.analysis.rules import (
    is_ranking_allowed,
    may_edit_report,
    may_issue_report,
    sees_organization_results,
    sees_report,
)

__all__ = [
    "Report",
    "ReportEdit",
    "ReportIssue",
    "Run",
    "RunGroup",
    "ask_for_issue",
    "ask_for_run",
    "ask_for_school_reports",
    "campaigns_with_results",
    "class_groups",
    "current_document",
    "draft_report",
    "draft_reports",
    "edit_block",
    "group_of",
    "is_ranking_allowed",
    "latest_run",
    "may_edit_report",
    "may_issue_report",
    "organization_groups",
    "report_title",
    "reports_visible",
    "result_of",
    "sees_organization_results",
    "sees_report",
    "summary_of",
]
