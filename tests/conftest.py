"""Guards for every test, and the small cast that the tests share."""

import socket
import sqlite3

import hypothesis
import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template import base as template_base
from django.test import TransactionTestCase
from django.utils import translation

from mobility.accounts.enums import Role
from mobility.common import outbox
from tests import factories

hypothesis.settings.register_profile("utferd", deadline=None)  # a busy machine is not a wrong result
hypothesis.settings.load_profile("utferd")

pytest_plugins = ["tests.verapdf"]

_real_connect = socket.socket.connect
LOCAL = ("127.0.0.1", "::1", "localhost", "0.0.0.0")  # noqa: S104 - compared, not bound


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Tests talk to this machine only."""

    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return _real_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that commit come last: they sweep away what the migrations have loaded, the trades for one."""
    items.sort(key=commits)


def commits(item) -> bool:
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The database of this process, made once by the migrations; tests that commit are swept up after (``sweep``)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", sweep)
        yield


def sweep(_case):
    """Delete the rows of every table but those that describe the models.

    Django's own flush truncates all tables, ten times as dear on PostgreSQL, and makes all content types and permissions anew.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(include_views=False):
            if table not in kept:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English: a page that a test opened leaves its reader's language behind."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def closing_an_answer_keeps_the_connection(monkeypatch):
    """``response.close()`` ends the file that it hands out, and not the connection that the test's transaction lives in."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_transactions(self):
        if not self.in_atomic_block:
            close(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_transactions)


class UndefinedVariable(Exception):
    """A template of ours names something that its view does not give."""


@pytest.fixture
def office(db):
    return factories.OfficeFactory(name="Internasjonalt servicekontor", short_name="INTSEK", slug="intsek")


@pytest.fixture
def coordinator(office):
    return factories.member(Role.COORDINATOR, office, email="coordinator@intsek.example.org", given_name="Ragnhild")


@pytest.fixture
def other_coordinator(db):
    """A coordinator of another office: the stranger of most tests."""
    return factories.member(Role.COORDINATOR, email="coordinator@other.example.org")


@pytest.fixture
def head(office):
    return factories.member(Role.HEAD, office, email="head@intsek.example.org")


@pytest.fixture
def assistant(office):
    return factories.member(Role.ASSISTANT, office, email="assistant@intsek.example.org")


@pytest.fixture
def reviewer(office):
    return factories.member(Role.REVIEWER, office, email="reviewer@intsek.example.org")


@pytest.fixture
def auditor(office):
    return factories.member(Role.AUDITOR, office, email="auditor@intsek.example.org")


@pytest.fixture
def apprentice_user(office):
    return factories.member(Role.APPRENTICE, office, email="apprentice@intsek.example.org", given_name="Åse-Marie")


@pytest.fixture
def instructor_user(office):
    return factories.member(Role.INSTRUCTOR, office, email="instructor@intsek.example.org")


@pytest.fixture
def partner_access(office):
    """A partner of the office with one person who may sign in for it."""
    partner = factories.PartnerFactory(office=office)
    return factories.ContactAccessFactory(partner=partner, membership__user__email="partner@intsek.example.org")


@pytest.fixture
def partner_user(partner_access):
    return partner_access.membership.user


@pytest.fixture
def sign_in(client):
    """``sign_in(user)`` gives the test client a session of this person."""

    def _sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in


@pytest.fixture
def send_mails(django_capture_on_commit_callbacks):
    """Send every queued mail now and return how many went out."""

    def _send():
        return sum(outbox.send(pk) for pk in outbox.due_ids())

    return _send


@pytest.fixture
def many_connections(tmp_path, monkeypatch, transactional_db):
    """Each thread has a connection of its own: to PostgreSQL, or to a copy of the SQLite database in a file."""

    def _open():
        if connection.vendor == "sqlite":
            path = tmp_path / "race.sqlite3"
            target = sqlite3.connect(path)
            connection.connection.backup(target)
            target.execute(
                "PRAGMA journal_mode=WAL"
            )  # a database that exists has it: two threads must not both turn it on
            target.close()
            monkeypatch.setitem(connections.settings["default"], "NAME", str(path))

    return _open


@pytest.fixture(autouse=True)
def undefined_variables_fail(monkeypatch):
    """A variable that a template of ours prints, and nobody defined, fails the test."""
    original = template_base.FilterExpression.resolve

    def resolve(self, context, ignore_failures=False):
        if (
            not ignore_failures
            and not self.filters
            and isinstance(self.var, template_base.Variable)
            and self.var.lookups
            and self.var.lookups[0] not in context
            and _is_ours(context)
        ):
            raise UndefinedVariable(f"{self.var} in {context.template.name}")
        return original(self, context, ignore_failures)

    monkeypatch.setattr(template_base.FilterExpression, "resolve", resolve)


def _is_ours(context):
    origin = getattr(getattr(context, "template", None), "origin", None)
    return origin is not None and "/templates/" in str(origin.name) and "site-packages" not in str(origin.name)
