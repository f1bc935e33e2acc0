from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "msoko.foundation.audit"
    label = "audit"
    verbose_name = "Журнал"
