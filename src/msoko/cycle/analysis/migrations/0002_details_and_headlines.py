"""Items and elements in a column of their own, main figures of a run, a Word file attached to an issue."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DETAILS = ("items", "elements")


def split(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("analysis", "RunGroup")
    for group in groups.objects.iterator(chunk_size=200):
        result: dict[str, Any] = group.result
        group.details = {name: result.pop(name) for name in DETAILS if name in result}
        group.save(update_fields=["result", "details"])


def join(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("analysis", "RunGroup")
    for group in groups.objects.iterator(chunk_size=200):
        group.result = group.result | group.details
        group.save(update_fields=["result"])


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_initial")]

    operations = [
        migrations.AddField("run", "headline", models.JSONField("главные показатели", default=dict)),
        migrations.AddField("rungroup", "details", models.JSONField("задания и элементы", default=dict)),
        migrations.AddField(
            "reportissue", "attached_name", models.CharField("файл из Word", max_length=300, blank=True)
        ),
        migrations.AddField("reportissue", "attached_at", models.DateTimeField("приложен", null=True)),
        migrations.AddField("reportissue", "attached_by", models.CharField("кто приложил", max_length=200, blank=True)),
        migrations.RunPython(split, join),
    ]
