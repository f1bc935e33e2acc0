from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "msoko.cycle.procedures"
    label = "procedures"
    verbose_name = "Процедуры"
