"""Decisions of one application are counted from 1, oldest first."""

from django.db import migrations


def number(apps, schema_editor):
    decisions = apps.get_model("apprentices", "Decision").objects
    latest = {}
    for decision in decisions.order_by("application_id", "decided_at", "pk").iterator():
        latest[decision.application_id] = latest.get(decision.application_id, 0) + 1
        if decision.version != latest[decision.application_id]:
            decisions.filter(pk=decision.pk).update(version=latest[decision.application_id])


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0030_decisions_in_depth")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
