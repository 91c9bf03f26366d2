"""Two decisions of one application never have the same number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0031_number_decisions")]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("application", "version"),
                name="one_decision_per_version",
                violation_error_message="There is a decision with this number already.",
            ),
        ),
    ]
