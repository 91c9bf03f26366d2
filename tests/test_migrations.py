"""The short way of a new database: many models in one step, and the same models as the steps of an old one make."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from mobility.common.new_tables import CreateModels


def test_the_short_way_ends_with_the_same_models_as_the_steps_that_it_replaces():
    short = MigrationLoader(None)
    steps = MigrationLoader(None, replace_migrations=False)
    last = [node for node in steps.graph.leaf_nodes() if not steps.disk_migrations[node].replaces]
    assert {app for app, name in short.graph.nodes if "_squashed_" in name} >= {
        "apprentices", "grants", "partners", "placements",
    }  # fmt: skip
    found = MigrationAutodetector(steps.project_state(last), short.project_state()).changes(graph=short.graph)
    assert {app: [str(each) for each in made[0].operations] for app, made in found.items()} == {}


@pytest.mark.django_db(transaction=True)
def test_models_that_name_each_other_are_made_in_one_step_and_taken_back():
    def model(name, other):
        key = models.ForeignKey(f"partners.{other}", models.CASCADE, null=True)
        return migrations.CreateModel(name, fields=[("id", models.BigAutoField(primary_key=True)), ("other", key)])

    def tables():
        return {name for name in connection.introspection.table_names() if name in {"partners_hen", "partners_egg"}}

    operation = CreateModels(models=[model("Hen", "Egg"), model("Egg", "Hen")])
    before, after = ProjectState(), ProjectState()
    assert list(after.apps.get_models()) == []
    operation.state_forwards("partners", after)
    assert "apps" not in vars(after)  # what was drawn is gone: the new ones are drawn together, not one by one
    with connection.schema_editor() as editor:
        operation.database_forwards("partners", editor, before, after)
    hen = after.apps.get_model("partners", "Hen").objects.create()
    after.apps.get_model("partners", "Egg").objects.create(other=hen)
    assert tables() == {"partners_hen", "partners_egg"}
    with connection.schema_editor() as editor:
        operation.database_backwards("partners", editor, after, before)
    assert tables() == set()
