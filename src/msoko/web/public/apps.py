from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "msoko.web.public"
    label = "public"
    verbose_name = "Открытый портал"
