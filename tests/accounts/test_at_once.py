"""Two at once: an office keeps a coordinator, a double click invites once; on SQLite and on PostgreSQL."""

import pytest

from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.accounts.services import memberships
from mobility.common.models import OutboundMail
from tests import factories
from tests.at_once import outcomes, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_coordinators_who_end_each_other_leave_one(office, many_connections):
    first, second = (factories.MembershipFactory(office=office, role=Role.COORDINATOR) for _each in range(2))
    many_connections()
    results = outcomes(
        lambda: memberships.end_membership(membership=first, by=second.user),
        lambda: memberships.end_membership(membership=second, by=first.user),
    )
    assert results == ["Refused", "done"]
    assert together(Membership.objects.in_force().filter(role=Role.COORDINATOR).count) == [1]


def test_a_double_click_invites_once(office, many_connections):
    many_connections()

    def invite():
        memberships.invite(
            office=office, role=Role.REVIEWER, address="ola@example.org", given_name="Ola", language="nb"
        )

    assert outcomes(invite, invite) == ["Refused", "done"]
    assert together(lambda: (Membership.objects.count(), OutboundMail.objects.count())) == [(1, 1)]
