from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "msoko.cycle.procedures"
    label = "procedures"
    verbose_name = "Процедуры"

    def ready(self) -> None:
        """Tasks are declared by name; their modules are heavy and only the worker imports them."""
        from msoko.foundation.jobs.registry import declare  # noqa: PLC0415 -- app ready

        declare("procedures.read_schedule", "msoko.cycle.procedures.tasks:read_schedule_task")
