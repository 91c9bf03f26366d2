"""The trigram index of a ``search_text`` column: PostgreSQL has it, where its extension may be made; SQLite reads on.

For migrations (``RunPython``) and for the command ``search_index``, which makes later what was refused at first.
"""

import warnings

from django.db import DatabaseError, transaction

EXTENSION = "pg_trgm"
REFUSED = (
    f"PostgreSQL lets this user make no extension {EXTENSION}: searches work without an index, slower. Ask who runs the "
    f'database for "CREATE EXTENSION {EXTENSION};", then run "manage.py search_index".'
)


def name_of(table: str) -> str:
    return f"{table}_search"


def has_extension(connection) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
        return cursor.fetchone() is not None


def make_indexes(connection, tables) -> list[str]:
    """Make the indexes that are missing. Returns what there is to say, a sentence each; nothing on another database."""
    if connection.vendor != "postgresql":
        return []
    if not has_extension(connection):
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
        except DatabaseError:
            return [REFUSED]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS "{name_of(table)}" ON "{table}" USING gin (search_text gin_trgm_ops)'
            )
    return []


def drop_indexes(connection, tables) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'DROP INDEX IF EXISTS "{name_of(table)}"')


def forwards(*tables):
    """For ``RunPython``."""

    def make(apps, schema_editor):
        for sentence in make_indexes(schema_editor.connection, tables):
            warnings.warn(sentence, stacklevel=2)  # seen by whoever runs the migration

    return make


def backwards(*tables):
    """For ``RunPython``."""

    def drop(apps, schema_editor):
        drop_indexes(schema_editor.connection, tables)

    return drop
