"""The partner's portal: who was sent, yes with a host, no with a reason, and nothing private."""

import pytest

from placements.enums import PlacementStatus
from tests import factories
from tests.placements.pages import ANSWER, url
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def test_a_partner_sees_the_candidates_sent_to_it_and_no_other(stay, partner_user, sign_in, office):
    mine = stay()
    foreign = factories.PlacementFactory(office=office)
    client = sign_in(partner_user)
    assert client.get(url("candidates")).context["waiting"] == [mine]
    assert client.get(url("candidate", mine.pk)).status_code == 200
    for page in ("candidate", "refuse_candidate", "candidate_lodging"):
        assert client.get(url(page, foreign.pk)).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "apprentice_user"])
def test_the_partners_pages_are_for_partners(request, stay, sign_in, who):
    placement = stay()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url("candidates")).status_code == 403
    assert client.get(url("candidate", placement.pk)).status_code == 403


def test_a_candidates_private_facts_stay_with_the_office(stay, partner_user, sign_in):
    placement = stay()
    page = sign_in(partner_user).get(url("candidate", placement.pk)).content.decode()
    application = placement.application
    assert application.motivation in page
    assert f"{placement.apprentice.age_on(placement.starts_on)} years" in page
    secret = (application.email, str(application.phone), placement.apprentice.birth_date.isoformat(),
              application.manager_email, application.reference, placement.project.code)  # fmt: skip
    assert [word for word in secret if word in page] == []


@pytest.mark.parametrize("status", [PlacementStatus.REFUSED, PlacementStatus.CANCELLED])
def test_who_is_not_coming_is_no_longer_the_partners_to_see(stay, partner_user, sign_in, status):
    assert sign_in(partner_user).get(url("candidate", stay(status).pk)).status_code == 404


def test_the_partner_says_yes_with_a_company_of_its_list(stay, partner_user, sign_in):
    placement = stay()
    sign_in(partner_user).post(url("candidate", placement.pk), {"host": placement.host_company_id, **ANSWER})
    placement.refresh_from_db()
    assert (placement.status, placement.lodging) == (PlacementStatus.HOST_FOUND, "Room 4")


def test_the_partner_says_yes_with_another_company(stay, partner_user, sign_in):
    placement = stay()
    client = sign_in(partner_user)
    page = client.post(url("candidate", placement.pk), {"host": "new", **ANSWER}).content.decode()
    assert "Enter the name of the company." in page
    client.post(url("candidate", placement.pk), {"host": "new", "company_name": "Casa Sol", **ANSWER})
    placement.refresh_from_db()
    assert (placement.host_company.name, placement.host_company.city) == ("Casa Sol", placement.partner.city)


def test_the_partner_hosts_itself(stay, partner_user, sign_in):
    placement = stay()
    sign_in(partner_user).post(url("candidate", placement.pk), {"host": "itself", **ANSWER})
    placement.refresh_from_db()
    assert (placement.host_company, placement.host_contact.email) == (None, "lukasz@example.com")


def test_a_company_of_another_partner_is_no_choice(stay, partner_user, sign_in):
    placement = stay()
    foreign = factories.HostCompanyFactory()
    response = sign_in(partner_user).post(url("candidate", placement.pk), {"host": foreign.pk, **ANSWER})
    placement.refresh_from_db()
    assert (response.status_code, placement.status) == (200, PlacementStatus.PROPOSED)


def test_the_partner_says_no_with_a_reason(stay, partner_user, sign_in):
    placement = stay()
    client = sign_in(partner_user)
    page = client.post(url("refuse_candidate", placement.pk), {"reason": ""}).content.decode()
    assert "Write a reason." in page
    client.post(url("refuse_candidate", placement.pk), {"reason": "Full house"})
    placement.refresh_from_db()
    assert (placement.status, placement.refusal_reason) == (PlacementStatus.REFUSED, "Full house")


def test_candidates_cost_the_same_queries_for_1_and_3(stay, partner_user, sign_in, office):
    placement = stay()

    def more():
        for status in (PlacementStatus.PROPOSED, PlacementStatus.CONFIRMED):
            factories.PlacementFactory(office=office, partner=placement.partner, status=status)

    factories.PlacementFactory(office=office, partner=placement.partner, status=PlacementStatus.CONFIRMED)
    assert_same_queries(sign_in(partner_user), url("candidates"), more)
