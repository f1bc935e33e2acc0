from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "msoko.foundation.jobs"
    label = "jobs"
    verbose_name = "Фоновые задания"
