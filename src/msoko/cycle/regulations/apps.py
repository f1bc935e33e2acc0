from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "msoko.cycle.regulations"
    label = "regulations"
    verbose_name = "Нормативная база"
