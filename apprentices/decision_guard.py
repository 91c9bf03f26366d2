"""A published decision stands: a trigger in the database refuses to change what it says.

A migration that alters the table of decisions ends with ``guard_published_decisions`` again: SQLite makes the table anew,
and the trigger goes with the old one. Only updates are refused: the tests empty their tables by deleting.
"""

TABLE = "apprentices_decision"
NAME = "published_decision_stands"
WORDS = "a published decision is not changed: a new version is a row of its own"

KEPT = (
    "application_id",
    "version",
    "source",
    "result",
    "criterion_id",
    "reasons",
    "score",
    "rank",
    "spread",
    "criteria_version",
    "answer_by",
    "decided_by_id",
    "published_at",
    "published_by_id",
    "letter_id",
)
"""Columns that never change after publication."""


def guard_published_decisions(apps, schema_editor):
    """Make the trigger, or make it anew. For ``migrations.RunPython``."""
    unguard_published_decisions(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT)
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.published_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION {NAME}()",
            params=None,
        )
    else:
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in KEPT)
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN OLD.published_at IS NOT NULL AND ({changed}) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
            params=None,
        )


def unguard_published_decisions(apps, schema_editor):
    """Take the trigger away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", params=None)
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()", params=None)
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}", params=None)
