"""Terms of Russian plans: a phrase and the year of a plan → dated occurrences, or an honest «ask a person».

    parse_term("сентябрь, ежегодно", PlanYear(2026)).to_json()

Conventions of years, quarters, weeks and statuses: docs/methodology/terms.md. Nothing here raises on any phrase;
`CalendarError` is raised by `load_calendar` alone.
"""

from intake.terms.calendar_file import CalendarError, calendar_of_text, load_calendar
from intake.terms.columns import term_of_dates, term_of_quarters
from intake.terms.folded import is_ditto
from intake.terms.parsing import parse_term
from intake.terms.school_calendar import SchoolCalendar, usual_calendar
from intake.terms.values import Interval, PlanYear, Rule, Status, Term
from intake.terms.wording import shown_interval
from intake.terms.workdays import ProductionYear, is_working_day, production_year, working_day_after

__all__ = [
    "CalendarError",
    "Interval",
    "PlanYear",
    "ProductionYear",
    "Rule",
    "SchoolCalendar",
    "Status",
    "Term",
    "calendar_of_text",
    "is_ditto",
    "is_working_day",
    "load_calendar",
    "parse_term",
    "production_year",
    "shown_interval",
    "term_of_dates",
    "term_of_quarters",
    "usual_calendar",
    "working_day_after",
]
