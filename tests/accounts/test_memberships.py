"""Invitations and memberships: services."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink, Membership, User
from mobility.accounts.services import memberships
from mobility.common import clock
from mobility.common.errors import LinkSpent, Refused
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db


def invite(office, by=None, **facts):
    facts = {"role": Role.REVIEWER, "address": "Ola@Example.org", "given_name": "Ola", "language": "nn", **facts}
    return memberships.invite(office=office, by=by, **facts)


def link_of(invited):
    return links.open_link(invited.url.rstrip("/").rsplit("/", 1)[1], LinkPurpose.INVITATION)


def test_an_invitation_makes_account_membership_link_and_mail_in_the_persons_language(office, coordinator):
    invited = invite(office, by=coordinator)
    user = User.objects.get(email="ola@example.org")
    assert (user.written_form, user.has_usable_password()) == ("nn", False)
    assert invited.membership.user == user
    assert user.roles == {Role.REVIEWER}
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.language, mail.office) == ("ola@example.org", "nn", office)
    assert mail.secrets == [invited.url]
    assert invited.url in mail.body
    assert str(coordinator) in mail.body


def test_somebody_known_from_another_office_keeps_name_language_and_password(office, other_coordinator):
    name = other_coordinator.get_full_name()
    invite(office, address=other_coordinator.email.upper(), given_name="Wrong", language="sv")
    other_coordinator.refresh_from_db()
    assert other_coordinator.get_full_name() == name
    assert other_coordinator.check_password(factories.PASSWORD)
    assert Membership.objects.filter(user=other_coordinator).count() == 2
    assert OutboundMail.objects.get().language == other_coordinator.written_form


def test_nobody_gets_a_role_twice(office, reviewer):
    with pytest.raises(Refused):
        invite(office, address=reviewer.email)
    assert Membership.objects.filter(user=reviewer).count() == 1
    assert OutboundMail.objects.count() == 0


def test_a_role_with_a_last_day_ahead_is_not_given_twice_either(office):
    factories.MembershipFactory(
        user__email="ola@example.org", office=office, role=Role.REVIEWER, ends_on=factories.days(5)
    )
    with pytest.raises(Refused):
        invite(office)


def test_a_role_that_has_ended_can_be_given_again(office):
    first = invite(office).membership
    memberships.end_membership(membership=first, by=None)
    assert invite(office).membership.pk != first.pk


def test_accepting_sets_the_password_and_proves_the_address(office):
    invited = invite(office)
    memberships.accept_invitation(link=link_of(invited), password=factories.PASSWORD)
    user = User.objects.get(email="ola@example.org")
    assert user.check_password(factories.PASSWORD)
    assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).count() == 1


def test_an_invitation_is_accepted_once(office):
    invited = invite(office)
    link = link_of(invited)
    memberships.accept_invitation(link=link, password=factories.PASSWORD)
    with pytest.raises(LinkSpent):
        memberships.accept_invitation(link=link, password="another-long-password")
    assert User.objects.get(email="ola@example.org").check_password(factories.PASSWORD)


def test_a_link_never_replaces_a_password(office, other_coordinator):
    invited = invite(office, address=other_coordinator.email)
    memberships.accept_invitation(link=link_of(invited), password="a-password-of-the-thief")
    other_coordinator.refresh_from_db()
    assert other_coordinator.check_password(factories.PASSWORD)


def test_an_address_that_changed_meanwhile_is_not_proved_by_the_old_link(office):
    invited = invite(office)
    User.objects.filter(email="ola@example.org").update(email="new@example.org")
    memberships.accept_invitation(link=link_of(invited))
    assert EmailAddress.objects.filter(verified=True).count() == 0


def test_inviting_again_ends_the_earlier_link(office, coordinator):
    invited = invite(office)
    old = link_of(invited)
    memberships.invite_again(membership=invited.membership, by=coordinator)
    with pytest.raises(LinkSpent):
        memberships.accept_invitation(link=old)
    assert OutboundMail.objects.count() == 2
    assert AccessLink.objects.filter(revoked_at=None).count() == 1


def test_nobody_is_invited_again_to_what_has_ended(office, coordinator):
    membership = invite(office).membership
    memberships.end_membership(membership=membership, by=coordinator)
    membership.refresh_from_db()
    with pytest.raises(Refused):
        memberships.invite_again(membership=membership, by=coordinator)
    assert OutboundMail.objects.count() == 1


def test_an_ended_membership_is_no_right_and_no_invitation(office, coordinator):
    invited = invite(office)
    link = link_of(invited)
    memberships.end_membership(membership=invited.membership, by=coordinator)
    assert User.objects.get(email="ola@example.org").roles == frozenset()
    with pytest.raises(LinkSpent):
        memberships.accept_invitation(link=link, password=factories.PASSWORD)
    assert not User.objects.get(email="ola@example.org").has_usable_password()


def test_a_membership_of_today_can_be_ended_today(office, coordinator):
    membership = invite(office).membership
    memberships.end_membership(membership=membership, by=coordinator)
    membership.refresh_from_db()
    assert membership.ends_on == clock.today() - datetime.timedelta(days=1)


def test_a_membership_ends_once(office, coordinator):
    membership = invite(office).membership
    memberships.end_membership(membership=membership, by=coordinator)
    with pytest.raises(Refused):
        memberships.end_membership(membership=membership, by=coordinator)


def test_the_last_coordinator_stays(office, coordinator):
    mine = coordinator.memberships.get()
    with pytest.raises(Refused):
        memberships.end_membership(membership=mine, by=coordinator)
    mine.refresh_from_db()
    assert mine.ends_on is None


def test_a_closed_account_is_no_other_coordinator(office, coordinator):
    factories.member(Role.COORDINATOR, office, is_active=False)
    with pytest.raises(Refused):
        memberships.end_membership(membership=coordinator.memberships.get(), by=coordinator)


def test_one_of_two_coordinators_may_go(office, coordinator):
    factories.member(Role.COORDINATOR, office)
    mine = coordinator.memberships.get()
    memberships.end_membership(membership=mine, by=coordinator)
    assert User.objects.get(pk=coordinator.pk).roles == frozenset()


def test_an_invitation_whose_last_day_has_passed_is_refused(office):
    invited = invite(office, ends_on=factories.days(3))
    link = link_of(invited)
    with time_machine.travel(clock.now() + datetime.timedelta(days=5)), pytest.raises(Refused):
        memberships.accept_invitation(link=link, password=factories.PASSWORD)
    link.refresh_from_db()
    assert link.used_at is None
