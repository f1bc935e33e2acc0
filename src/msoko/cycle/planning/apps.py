from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "msoko.cycle.planning"
    label = "planning"
    verbose_name = "Планирование"
