"""Many models in one step of a migration, for a database that has none of them (ADR 0195).

Django draws all related models anew after each ``CreateModel``, sixty times the same two hundred classes. Here the state
learns all models first and is drawn once: half a second where it was half a minute. The models may name each other in
any order: a key to a table that comes later is no obstacle to either database.
"""

from collections.abc import Sequence

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """``CreateModel`` for each of ``models``. Going back drops their tables, the last first."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]):
        self.models = models

    def deconstruct(self):
        return type(self).__qualname__, [], {"models": self.models}

    def describe(self) -> str:
        return f"Create {len(self.models)} models"

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what was drawn without them: with it, each would be drawn by itself
        for each in self.models:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for each in self.models:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, from_state, to_state)
