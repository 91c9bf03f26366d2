"""Two at once: an office keeps a coordinator, a double click invites once; on SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import connections

from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.accounts.services import memberships
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def race(acts):
    """Run each act in a thread of its own; "done" or the kind of refusal of each, sorted."""
    start, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            start.wait(timeout=20)
            act()
            results.append("done")
        except Refused as refused:
            results.append(type(refused).__name__)
        except Exception as error:  # noqa: BLE001 - whatever else happens is the finding
            results.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def in_a_thread(count):
    found = []

    def run():
        found.append(count())
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def test_two_coordinators_who_end_each_other_leave_one(office, many_connections):
    first, second = (factories.MembershipFactory(office=office, role=Role.COORDINATOR) for _each in range(2))
    many_connections()
    results = race(
        [
            lambda: memberships.end_membership(membership=first, by=second.user),
            lambda: memberships.end_membership(membership=second, by=first.user),
        ]
    )
    assert results == ["Refused", "done"]
    assert in_a_thread(Membership.objects.in_force().filter(role=Role.COORDINATOR).count) == 1


def test_a_double_click_invites_once(office, many_connections):
    many_connections()

    def invite():
        memberships.invite(
            office=office, role=Role.REVIEWER, address="ola@example.org", given_name="Ola", language="nb"
        )

    assert race([invite, invite]) == ["Refused", "done"]
    assert in_a_thread(lambda: (Membership.objects.count(), OutboundMail.objects.count())) == (1, 1)
