"""Make the indexes of the search that the database refused at first. Safe to run again."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection

from mobility.common import search, trigrams


class Command(BaseCommand):
    help = "Make the indexes of the search on PostgreSQL where they are missing, and say what there is."

    def handle(self, *args, **options):
        tables = sorted(
            model._meta.db_table  # noqa: SLF001 - the public face of models
            for model in apps.get_models()
            if any(field.name == search.COLUMN for field in model._meta.concrete_fields)  # noqa: SLF001
        )
        if connection.vendor != "postgresql":
            self.stdout.write(f"{connection.vendor} reads the folded columns without an index: nothing to make.")
            return
        for sentence in trigrams.make_indexes(connection, tables):
            self.stdout.write(sentence)
        if trigrams.has_extension(connection):
            self.stdout.write(f"Indexed: {', '.join(tables)}.")
