from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "msoko.web.office"
    label = "office"
    verbose_name = "Рабочее место"
