"""Who signs in for a partner."""

import pytest
from django.urls import reverse

from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User
from mobility.accounts.services.memberships import end_membership
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from partners.models import ContactAccess, Partner
from partners.services.access import invite_contact
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(office):
    return factories.PartnerFactory(office=office, language="en")


def invite(partner, coordinator, **facts):
    facts = {"address": "lukasz@example.com", "given_name": "Łukasz", "family_name": "Żółć", "language": "en", **facts}
    return invite_contact(partner=partner, by=coordinator, **facts)


def form(partner, **fields):
    given = {"partner": partner.pk, "given_name": "Łukasz", "address": "lukasz@example.com", "language": "en"}
    return {**given, **fields}


def test_the_invited_person_reaches_this_partner_and_no_other(partner, coordinator):
    factories.PartnerFactory(office=partner.office)
    access = invite(partner, coordinator)
    user = User.objects.get(email="lukasz@example.com")
    assert (access.membership.user, access.membership.role) == (user, Role.PARTNER)
    assert list(Partner.objects.visible_to(user)) == [partner]
    assert OutboundMail.objects.get().to_address == "lukasz@example.com"


def test_nobody_signs_in_for_two_partners_of_an_office(partner, coordinator):
    invite(partner, coordinator)
    with pytest.raises(Refused):
        invite(factories.PartnerFactory(office=partner.office), coordinator)
    assert ContactAccess.objects.count() == 1
    assert OutboundMail.objects.count() == 1


def test_an_ended_access_reaches_nothing(partner, coordinator):
    access = invite(partner, coordinator)
    end_membership(membership=access.membership, by=coordinator)
    assert list(Partner.objects.visible_to(User.objects.get(email="lukasz@example.com"))) == []


def test_a_coordinator_invites_from_the_partners_page(sign_in, coordinator, partner):
    client = sign_in(coordinator)
    url = reverse("partners:invite_contact", args=[partner.pk])
    page = client.get(url)
    assert page.context["form"]["partner"].initial == partner
    client.post(url, form(partner))
    assert ContactAccess.objects.get().partner == partner


def test_a_coordinator_invites_from_the_page_of_people(sign_in, coordinator, partner):
    response = sign_in(coordinator).post(reverse("partners:invite_contact"), form(partner))
    assert response.url == reverse("accounts:people")
    assert ContactAccess.objects.get().partner == partner


def test_a_foreign_partner_cannot_be_chosen_and_has_no_page(sign_in, coordinator, other_coordinator):
    foreign = factories.PartnerFactory(office=other_coordinator.working_office)
    client = sign_in(coordinator)
    page = client.post(reverse("partners:invite_contact"), form(foreign))
    assert "partner" in page.context["form"].errors
    assert client.get(reverse("partners:invite_contact", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("partners:invite_contact", args=[999_999]), form(foreign)).status_code == 404
    assert ContactAccess.objects.count() == 0


def test_a_wrong_address_is_told_and_what_was_typed_is_kept(sign_in, coordinator, partner):
    page = sign_in(coordinator).post(reverse("partners:invite_contact"), form(partner, address="nowhere"))
    assert 'value="nowhere"' in page.text
    assert 'value="Łukasz"' in page.text
    assert Membership.objects.filter(role=Role.PARTNER).count() == 0


@pytest.mark.parametrize("role", ["head", "assistant", "auditor", "partner_user", "reviewer"])
def test_only_coordinators_invite_for_a_partner(sign_in, request, role, partner):
    client = sign_in(request.getfixturevalue(role))
    before = ContactAccess.objects.count()
    assert client.post(reverse("partners:invite_contact"), form(partner)).status_code == 403
    assert ContactAccess.objects.count() == before
