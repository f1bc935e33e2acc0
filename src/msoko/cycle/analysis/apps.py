from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "msoko.cycle.analysis"
    label = "analysis"
    verbose_name = "Анализ"

    def ready(self) -> None:
        """Tasks are declared by name; their modules are heavy and only the worker imports them."""
        from msoko.foundation.jobs.registry import declare  # noqa: PLC0415 -- app ready

        declare("analysis.compute", "msoko.cycle.analysis.tasks:compute_task")
        declare("analysis.issue", "msoko.cycle.analysis.tasks:issue_task")
        declare("analysis.school_reports", "msoko.cycle.analysis.tasks:school_reports_task")
