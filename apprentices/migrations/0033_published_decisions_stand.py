"""The database refuses to change a published decision (ADR 0151)."""

from django.db import migrations

from apprentices.decision_guard import guard_published_decisions, unguard_published_decisions


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0032_one_decision_per_version")]

    operations = [migrations.RunPython(guard_published_decisions, unguard_published_decisions)]
