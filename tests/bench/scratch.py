"""A database that is made for one measurement and thrown away after it."""

import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database(*, for_a_server=False):
    """Make an empty database beside the configured one, and destroy it at the end whatever happened; yields its connection.

    ``for_a_server``: another process opens it too, so on SQLite it is a file; else SQLite keeps it in memory.
    """
    from django.db import connection  # after Django is set up

    name, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    with tempfile.TemporaryDirectory(prefix="utferd-bench-") as folder:
        if for_a_server and connection.vendor == "sqlite":
            connection.settings_dict["TEST"] = {**wanted, "NAME": str(Path(folder) / "scratch.sqlite3")}
        try:
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            try:
                yield connection
            finally:
                connection.creation.destroy_test_db(name, verbosity=0)
        finally:
            connection.settings_dict["TEST"] = wanted  # the folder is gone when the next measurement asks


@contextmanager
def rolled_back():
    """A scratch database with one transaction around everything, which is never committed."""
    from django.db import transaction  # after Django is set up

    with database(), transaction.atomic():
        yield
        transaction.set_rollback(True)
