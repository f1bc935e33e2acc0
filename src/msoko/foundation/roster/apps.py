from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "msoko.foundation.roster"
    label = "roster"
    verbose_name = "Люди"
