from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "msoko.foundation.access"
    label = "access"
    verbose_name = "Доступ"

    def ready(self) -> None:
        import_module("msoko.foundation.access.signals")
