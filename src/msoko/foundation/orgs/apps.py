from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "msoko.foundation.orgs"
    label = "orgs"
    verbose_name = "Организации"
