"""Pages of placing and of the case: who gets in, what they do, bad input, queries; and the way from yes to ready."""

import pytest
from django.urls import reverse

from placements.enums import AgreementStatus, PlacementStatus
from placements.models import LearningAgreement, Placement
from placements.services import signatures
from tests import factories
from tests.factories import days
from tests.placements.conftest import mails
from tests.placements.pages import ANSWER, TEXTS, facts, url
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


OFFICE_PAGES = {
    "placement": ("coordinator", "head", "assistant", "auditor"),
    "confirm": ("coordinator",),
    "make_ready": ("coordinator",),
    "cancel": ("coordinator",),
    "lodging": ("coordinator",),
    "make_agreement": ("coordinator",),
}


CAST = (
    "coordinator", "head", "assistant", "auditor", "reviewer", "other_coordinator", "apprentice_user", "partner_user",
    "instructor_user",
)  # fmt: skip


SEES_THE_STAY = {"coordinator", "head", "assistant", "auditor", "apprentice_user", "partner_user"}


@pytest.mark.parametrize("name", OFFICE_PAGES)
@pytest.mark.parametrize("who", CAST)
def test_an_office_page_opens_for_its_roles_only(request, confirmed, sign_in, name, who):
    client = sign_in(request.getfixturevalue(who))
    expected = 200 if who in OFFICE_PAGES[name] else 403 if who in SEES_THE_STAY else 404
    assert client.get(url(name, confirmed.pk)).status_code == expected
    assert client.get(url(name, confirmed.pk + 999)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("head", 403), ("assistant", 403), ("other_coordinator", 404), ("partner_user", 404),
     ("apprentice_user", 403)],
)  # fmt: skip
def test_an_application_is_placed_by_its_coordinator_only(request, accepted, opening, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url("place", accepted.pk)).status_code == status
    assert client.get(url("place", accepted.pk + 999)).status_code == 404


@pytest.mark.parametrize("name", ["place", "placement", "confirm", "candidates", "candidate", "sign", "my_stay"])
def test_a_stranger_is_asked_to_sign_in(client, name):
    args = [] if name == "candidates" else [1]
    response = client.get(url(name, *args))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_who_accepted_and_has_no_place_is_listed(accepted, stay, coordinator, sign_in):
    client = sign_in(coordinator)
    assert client.get(url("unplaced")).context["applications"] == [accepted]
    placement = stay(PlacementStatus.REFUSED)
    assert client.get(url("unplaced")).context["applications"] == [accepted]
    Placement.objects.filter(pk=placement.pk).update(status=PlacementStatus.PROPOSED)
    assert client.get(url("unplaced")).context["applications"] == []


def test_the_list_without_a_place_is_the_coordinators_and_of_one_office(
    accepted, head, apprentice_user, other_coordinator, sign_in
):
    assert sign_in(head).get(url("unplaced")).status_code == 403
    assert sign_in(apprentice_user).get(url("unplaced")).status_code == 403
    assert sign_in(other_coordinator).get(url("unplaced")).context["applications"] == []


def test_the_list_without_a_place_costs_the_same_queries_for_1_and_3(accepted, coordinator, sign_in):
    def more():
        for _number in range(2):
            factories.ApplicationFactory(round=accepted.round, submitted=True, status="accepted")

    assert_same_queries(sign_in(coordinator), url("unplaced"), more)


# --- place -----------------------------------------------------------------------------------------------------------
def test_the_effect_is_shown_before_anything_is_saved(accepted, opening, project, coordinator, sign_in):
    page = sign_in(coordinator).post(url("place", accepted.pk), facts(opening, project)).content.decode()
    assert "98 days, first and last counted" in page
    assert "Long-term learning mobility" in page or "long-term learning mobility" in page
    assert Placement.objects.count() == 0


def test_confirming_the_effect_sends_the_candidate(accepted, opening, project, coordinator, sign_in):
    response = sign_in(coordinator).post(url("place", accepted.pk), facts(opening, project, confirm=1))
    placement = Placement.objects.get()
    assert response["Location"] == url("placement", placement.pk)
    assert (placement.opening, placement.project, placement.travel_days) == (opening, project, 2)


def test_every_mistake_is_named_and_what_was_typed_is_kept(accepted, opening, project, coordinator, sign_in):
    wrong = facts(opening, project, ends_on=days(105).isoformat(), travel_days=5, confirm=1)
    page = sign_in(coordinator).post(url("place", accepted.pk), wrong).content.decode()
    assert "<title>Error:" in page
    assert "A stay lasts from 10 to 365 days." in page
    assert "More than 2 travel days are for green travel only." in page
    assert f'value="{days(105).isoformat()}"' in page
    assert Placement.objects.count() == 0


def test_an_opening_of_another_office_cannot_be_chosen(accepted, opening, project, coordinator, sign_in):
    foreign = factories.OpeningFactory()
    page = sign_in(coordinator).post(url("place", accepted.pk), facts(foreign, project, confirm=1))
    assert page.status_code == 200
    assert Placement.objects.count() == 0


def test_an_application_that_is_placed_leads_to_its_stay(stay, coordinator, sign_in):
    placement = stay()
    assert sign_in(coordinator).get(url("place", placement.application_id))["Location"] == url(
        "placement", placement.pk
    )


def test_openings_cost_the_same_queries_for_1_and_3(accepted, opening, coordinator, sign_in):
    client = sign_in(coordinator)
    assert_same_queries(client, url("place", accepted.pk), lambda: more_openings(opening))


def more_openings(opening):
    for _number in range(2):
        row = factories.OpeningFactory(partner=opening.partner)
        row.trades.add(factories.TradeFactory())


# --- the case ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PlacementStatus.PROPOSED, ["Change dates or host", "Cancel the stay"]),
        (PlacementStatus.HOST_FOUND, ["Confirm the placement", "Change dates or host", "Cancel the stay"]),
        (PlacementStatus.REFUSED, ["Find another place"]),
        (
            PlacementStatus.CONFIRMED,
            [
                "Make the learning agreement",
                "Ready to travel",
                "Change dates or host",
                "Change the lodging",
                "Cancel the stay",
            ],
        ),
        (PlacementStatus.ABROAD, ["Make the learning agreement", "Change dates or host", "Change the lodging"]),
        (PlacementStatus.CLOSED, []),
    ],
)
def test_the_case_offers_what_can_be_done_now(stay, coordinator, sign_in, status, words):
    response = sign_in(coordinator).get(url("placement", stay(status).pk))
    assert [action.words for action in response.context["actions"]] == words


def test_the_head_of_section_sees_the_case_and_no_buttons(confirmed, head, sign_in):
    assert sign_in(head).get(url("placement", confirmed.pk)).context["actions"] == []


def test_confirming_by_page(stay, coordinator, sign_in):
    placement = stay(PlacementStatus.HOST_FOUND)
    client = sign_in(coordinator)
    assert client.get(url("confirm", placement.pk)).status_code == 200
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.HOST_FOUND  # a GET changes nothing
    client.post(url("confirm", placement.pk))
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.CONFIRMED


def test_what_is_missing_is_said_instead_of_a_button(stay, coordinator, sign_in):
    placement = stay(PlacementStatus.HOST_FOUND, project=None)
    page = sign_in(coordinator).get(url("confirm", placement.pk)).content.decode()
    assert "The project that pays for the stay is missing." in page
    assert 'type="submit" class="u-btn u-btn--primary"' not in page


def test_two_clicks_confirm_once(stay, coordinator, sign_in):
    placement = stay(PlacementStatus.HOST_FOUND)
    client = sign_in(coordinator)
    client.post(url("confirm", placement.pk))
    page = client.post(url("confirm", placement.pk), follow=True).content.decode()
    assert "This is not possible now" in page
    assert len(mails(template="placements/email/confirmed")) == 1


def test_cancelling_by_page_asks_for_the_reason(confirmed, coordinator, sign_in):
    client = sign_in(coordinator)
    assert "Write a reason." in client.post(url("cancel", confirmed.pk), {"reason": ""}).content.decode()
    client.post(url("cancel", confirmed.pk), {"reason": "Broken leg"})
    confirmed.refresh_from_db()
    assert (confirmed.status, confirmed.cancel_reason) == ("cancelled", "Broken leg")


def test_the_lodging_is_saved_by_the_office_and_by_the_partner(confirmed, coordinator, partner_user, sign_in):
    sign_in(coordinator).post(url("lodging", confirmed.pk), {"lodging": "Room 1"})
    confirmed.refresh_from_db()
    assert confirmed.lodging == "Room 1"
    sign_in(partner_user).post(url("candidate_lodging", confirmed.pk), {"lodging": "Room 2"})
    confirmed.refresh_from_db()
    assert confirmed.lodging == "Room 2"


@pytest.mark.parametrize("status", PlacementStatus)
def test_the_case_opens_in_every_state(stay, coordinator, sign_in, status):
    placement = stay(status, ends_on=None, host_company=None, project=None)
    assert sign_in(coordinator).get(url("placement", placement.pk)).status_code == 200


def test_the_case_costs_the_same_queries_for_1_and_3_moves(agreement, coordinator, sign_in):
    placement = agreement.placement
    placement.status_changes.create(name="confirm", to_status="confirmed", by=coordinator)

    def more():
        for _number in range(2):
            placement.status_changes.create(name="confirm", to_status="confirmed", by=coordinator)

    assert_same_queries(sign_in(coordinator), url("placement", placement.pk), more)


# --- the whole way ---------------------------------------------------------------------------------------------------
def test_a_stay_goes_all_the_way_from_acceptance_to_ready(
    accepted, opening, project, coordinator, partner_user, apprentice_user, sign_in, sign_all
):
    client = sign_in(coordinator)
    client.post(url("place", accepted.pk), facts(opening, project, confirm=1))
    placement = Placement.objects.get()
    sign_in(partner_user).post(url("candidate", placement.pk), {"host": opening.host_company_id, **ANSWER})
    client = sign_in(coordinator)
    client.post(url("confirm", placement.pk))
    client.post(url("make_agreement", placement.pk), TEXTS)
    agreement = LearningAgreement.objects.get()
    sign_all(agreement)
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.SIGNED
    client.post(url("make_ready", placement.pk))
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.READY
    assert [change.name for change in placement.status_changes.all()] == [
        "propose", "find_host", "confirm", "make_ready",
    ]  # fmt: skip
    assert signatures.signs_by_link(agreement.signatures.last()) is True
