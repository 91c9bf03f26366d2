"""The index of office and state holds the age as well: stages and their ages are counted in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_price_facts_and_real_costs")]

    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["office", "status", "status_since"], name="placement_since"),
        ),
        migrations.RemoveIndex(model_name="placement", name="placement_office_status"),
    ]
