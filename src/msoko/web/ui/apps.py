from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "msoko.web.ui"
    label = "ui"
    verbose_name = "Оформление"
