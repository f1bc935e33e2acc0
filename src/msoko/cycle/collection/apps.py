from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "msoko.cycle.collection"
    label = "collection"
    verbose_name = "Данные"

    def ready(self) -> None:
        """Tasks are declared by name; their modules are heavy and only the worker imports them."""
        from msoko.foundation.jobs.registry import declare  # noqa: PLC0415 -- app ready

        declare("collection.read_files", "msoko.cycle.collection.tasks:read_files_task")
        declare("collection.accept", "msoko.cycle.collection.tasks:accept_task")
