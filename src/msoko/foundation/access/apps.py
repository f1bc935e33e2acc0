from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "msoko.foundation.access"
    label = "access"
    verbose_name = "Доступ"
