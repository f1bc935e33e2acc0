from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "msoko.cycle.analysis"
    label = "analysis"
    verbose_name = "Анализ"
