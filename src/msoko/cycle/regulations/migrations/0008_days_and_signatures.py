"""Assignments take the day of their point; opinions that were given count as signed."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def fill(apps, schema_editor):
    tasks = apps.get_model("regulations", "PointTask").objects
    points = apps.get_model("regulations", "OrderPoint").objects.filter(pk=OuterRef("point"))
    tasks.filter(due_on__isnull=True).update(due_on=Subquery(points.values("due_on")[:1]))
    apps.get_model("regulations", "ExpertOpinion").objects.filter(signed_at__isnull=True).update(signed_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("regulations", "0007_portal_and_days")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
