"""What the whose-turn board asks: in each state, and of each who is asked, who has waited longest.

The two new ones hold only rows that wait. ``application_since`` gets the key as its last column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0060_appeals")]

    operations = [
        migrations.RemoveIndex(model_name="application", name="application_since"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["office", "status", "status_since", "id"], name="application_since"),
        ),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(
                condition=models.Q(("answer", "waiting")), fields=["kind", "asked_at", "id"], name="endorsement_turn"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("given_at", None)), fields=["assigned_at", "id"], name="review_turn"
            ),
        ),
    ]
