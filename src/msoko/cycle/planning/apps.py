from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "msoko.cycle.planning"
    label = "planning"
    verbose_name = "Планирование"

    def ready(self) -> None:
        """Tasks are declared by name; their modules are heavy and only the worker imports them."""
        from msoko.foundation.jobs.registry import declare  # noqa: PLC0415 -- app ready

        declare("planning.read_plan", "msoko.cycle.planning.tasks:read_plan_task")
        declare("planning.compose_analysis", "msoko.cycle.planning.composing:compose_task")
        declare("planning.deal_out", "msoko.cycle.planning.dealing:deal_out_task")
        declare("planning.send_letters", "msoko.cycle.planning.sending:send_letters_task")
