"""Load the trades of apprentices/data/trades.csv. A row that is there already gets its names, not another row."""

import csv
from pathlib import Path

from django.db import migrations

LIST = Path(__file__).resolve().parents[1] / "data" / "trades.csv"


def load(apps, schema_editor):
    trade = apps.get_model("apprentices", "Trade")
    with LIST.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            row.pop("provenance")
            trade.objects.update_or_create(code=row.pop("code"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0001_initial")]

    # Backwards the rows stay: applications may name them, and the older code reads the same table.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
