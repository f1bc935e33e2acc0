from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "msoko.cycle.publication"
    label = "publication"
    verbose_name = "Открытость"
