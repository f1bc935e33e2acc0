from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "msoko.cycle.collection"
    label = "collection"
    verbose_name = "Данные"
