"""The index of the search, where the database has one to offer."""

from django.db import migrations

from mobility.common.trigrams import backwards, forwards

TABLES = (
    "apprentices_application",
    "apprentices_apprentice",
    "apprentices_trainingcompany",
    "apprentices_trainingmanager",
    "apprentices_instructor",
)


class Migration(migrations.Migration):
    dependencies = [("apprentices", "0050_search_text")]

    operations = [migrations.RunPython(forwards(*TABLES), backwards(*TABLES))]
