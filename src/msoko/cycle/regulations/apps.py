from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "msoko.cycle.regulations"
    label = "regulations"
    verbose_name = "Нормативная база"

    def ready(self) -> None:
        """Tasks are declared by name; their modules are heavy and only the worker imports them."""
        from msoko.foundation.jobs.registry import declare  # noqa: PLC0415 -- app ready

        declare("regulations.read_text", "msoko.cycle.regulations.tasks:read_text_task")
