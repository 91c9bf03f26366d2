"""Indexes of the whose-turn board and of the stages, as both databases and the pages of one round use them.

``endorsement_turn``: SQLite looks into no index of some rows only when the value comes as a parameter. Round and state: with
the age, the key and the office.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0062_lapsed_offers")]

    operations = [
        migrations.RemoveIndex(model_name="endorsement", name="endorsement_turn"),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(fields=["answer", "kind", "asked_at", "id"], name="endorsement_turn"),
        ),
        migrations.RemoveIndex(model_name="application", name="application_round_status"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["round", "status", "status_since", "id", "office"], name="application_round_status"
            ),
        ),
    ]
