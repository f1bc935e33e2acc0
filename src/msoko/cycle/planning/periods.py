"""Contents of plans of work by months and quarters: rows, reports on fulfilment, documents to prepare, papers."""

from msoko.cycle.planning.period_orders import NeededDocument, needed_documents
from msoko.cycle.planning.period_papers import (
    RUNNING,
    Heading,
    orders_paper,
    report_paper,
    summary_words,
    work_plan_paper,
)
from msoko.cycle.planning.period_rows import (
    RESULTS,
    PeriodRow,
    Place,
    by_date,
    by_section,
    counts,
    owners_of_plans,
    period_rows,
    plans_of_period,
)
from msoko.cycle.planning.spans import Period, month_with, period_of, periods_between, quarter_with

__all__ = [
    "RESULTS",
    "RUNNING",
    "Heading",
    "NeededDocument",
    "Period",
    "PeriodRow",
    "Place",
    "by_date",
    "by_section",
    "counts",
    "month_with",
    "needed_documents",
    "orders_paper",
    "owners_of_plans",
    "period_of",
    "period_rows",
    "periods_between",
    "plans_of_period",
    "quarter_with",
    "report_paper",
    "summary_words",
    "work_plan_paper",
]
