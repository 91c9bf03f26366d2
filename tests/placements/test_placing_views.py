"""Pages of placing, candidates, agreements and the own stay: who gets in, what they do, bad input, queries."""

import pytest
from django.urls import reverse

from mobility.accounts.models import AccessLink
from placements.enums import AgreementStatus, PlacementStatus
from placements.models import LearningAgreement, Placement
from placements.services import signatures
from tests import factories
from tests.factories import days
from tests.placements.conftest import mails
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def agreement(confirmed, make):
    return make(confirmed)


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


# --- place ---------------------------------------------------------------------------------------------------------
def facts(opening, project, **more):
    return {
        "opening": opening.pk,
        "starts_on": days(102).isoformat(),
        "ends_on": days(199).isoformat(),
        "travel_days": 2,
        "project": project.pk,
    } | more


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


def assert_same_queries(client, address, more):
    before = queries_of(client, address)
    more()
    assert queries_of(client, address) == before


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


# --- the partner's portal ------------------------------------------------------------------------------------------
ANSWER = {"contact_name": "Łukasz Żółć", "contact_email": "lukasz@example.com", "lodging": "Room 4"}


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


# --- the agreement -------------------------------------------------------------------------------------------------
TEXTS = {"language": "nb", "tasks": "Stell og omsorg.", "outcomes": "planlegge en dag\n\nfølge hygienereglene\n"}


def test_the_form_begins_with_the_outcomes_of_the_trade(confirmed, coordinator, sign_in):
    form = sign_in(coordinator).get(url("make_agreement", confirmed.pk) + "?language=nb").context["form"]
    outcomes = form.initial["outcomes"].splitlines()
    assert len(outcomes) > 3
    assert confirmed.host.name in form.initial["tasks"]


def test_making_an_agreement_by_page(confirmed, coordinator, sign_in):
    sign_in(coordinator).post(url("make_agreement", confirmed.pk), TEXTS)
    agreement = LearningAgreement.objects.get()
    assert [outcome.text for outcome in agreement.outcomes.all()] == ["planlegge en dag", "følge hygienereglene"]
    assert (agreement.language, agreement.created_by) == ("nb", coordinator)


def test_an_agreement_without_tasks_is_not_made(confirmed, coordinator, sign_in):
    page = sign_in(coordinator).post(url("make_agreement", confirmed.pk), TEXTS | {"tasks": ""}).content.decode()
    assert "Describe the tasks and the programme." in page
    assert "følge hygienereglene" in page
    assert LearningAgreement.objects.count() == 0


def test_a_second_form_replaces_the_first_version(agreement, coordinator, sign_in):
    client = sign_in(coordinator)
    page = client.get(url("make_agreement", agreement.placement_id))
    assert page.context["form"].initial["tasks"] == agreement.tasks
    client.post(url("make_agreement", agreement.placement_id), TEXTS)
    assert list(LearningAgreement.objects.order_by("version").values_list("version", "status")) == [
        (1, "replaced"),
        (2, "signing"),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("head", 200), ("apprentice_user", 200), ("partner_user", 200), ("other_coordinator", 404),
     ("reviewer", 404), ("instructor_user", 404)],
)  # fmt: skip
def test_the_document_is_for_the_parties(request, agreement, sign_in, who, status):
    response = sign_in(request.getfixturevalue(who)).get(url("agreement_document", agreement.pk))
    assert response.status_code == status
    if status == 200:
        assert response["Content-Type"] == "application/pdf"
        assert b"".join(response.streaming_content)[:5] == b"%PDF-"


SIGN = {"has_read": "on", "typed_name": "Åse-Marie Øygården"}


def test_the_apprentice_signs_in_the_portal(agreement, apprentice_user, sign_in):
    signature = agreement.signatures.first()
    client = sign_in(apprentice_user)
    assert client.get(url("my_stay")).context["to_sign"] == signature
    assert client.get(url("sign", signature.pk)).status_code == 200
    response = client.post(url("sign", signature.pk), SIGN)
    signature.refresh_from_db()
    assert (signature.signed_name, signature.signed_by) == ("Åse-Marie Øygården", apprentice_user)
    assert response["Location"] == url("my_stay", agreement.placement_id)


@pytest.mark.parametrize(
    ("party", "allowed"),
    [("apprentice", {"apprentice_user"}), ("office", {"coordinator"}), ("employer", set()), ("host", set())],
)
def test_each_signs_for_itself_only(request, agreement, sign_in, party, allowed):
    signature = agreement.signatures.get(party=party)
    for who in ("apprentice_user", "coordinator", "head", "partner_user"):
        status = sign_in(request.getfixturevalue(who)).get(url("sign", signature.pk)).status_code
        assert (who, status) == (who, 200 if who in allowed else 403)
    stranger = request.getfixturevalue("other_coordinator")
    assert sign_in(stranger).get(url("sign", signature.pk)).status_code == 404


def test_before_the_own_turn_there_is_no_form(agreement, coordinator, sign_in):
    signature = agreement.signatures.get(party="office")
    client = sign_in(coordinator)
    assert client.get(url("sign", signature.pk)).context["may_sign"] is False
    page = client.post(url("sign", signature.pk), SIGN).content.decode()
    assert "signs first." in page
    assert agreement.signatures.exclude(signed_at=None).count() == 0


@pytest.mark.parametrize("wrong", [{"typed_name": ""}, {"typed_name": "x"}, {"has_read": ""}])
def test_a_signature_needs_a_name_and_the_tick(agreement, apprentice_user, sign_in, wrong):
    response = sign_in(apprentice_user).post(url("sign", agreement.signatures.first().pk), SIGN | wrong)
    assert response.context["form"].errors != {}
    assert agreement.signatures.exclude(signed_at=None).count() == 0


@pytest.fixture
def employers_token(agreement, sign_all, monkeypatch):
    """The token that was mailed to the training manager."""
    from mobility.common.models import OutboundMail

    sign_all(agreement, upto=2)
    mail = OutboundMail.objects.get(to_address=agreement.placement.application.manager_email)
    return mail.secrets[0].rstrip("/").rsplit("/", 1)[1]


def test_a_link_shows_on_get_and_signs_on_post(client, agreement, employers_token):
    address = url("sign_by_link", employers_token)
    page = client.get(address)
    assert page.status_code == 200
    assert agreement.signatures.filter(party="employer", signed_at=None).exists()
    response = client.post(address, {"has_read": "on", "typed_name": "Gunn Helen"})
    assert response["Location"] == url("signed")
    assert agreement.signatures.get(party="employer").signed_name == "Gunn Helen"
    assert client.get(url("signed")).status_code == 200


def test_a_used_link_says_so(client, agreement, employers_token):
    address = url("sign_by_link", employers_token)
    client.post(address, {"has_read": "on", "typed_name": "Gunn Helen"})
    response = client.post(address, {"has_read": "on", "typed_name": "Somebody else"})
    assert (response.status_code, "This link has been used." in response.content.decode()) == (410, True)
    assert agreement.signatures.get(party="employer").signed_name == "Gunn Helen"


def test_the_page_of_a_link_speaks_the_language_of_the_mail(client, agreement, employers_token):
    AccessLink.objects.update(language="sv")
    assert '<html lang="sv">' in client.get(url("sign_by_link", employers_token)).content.decode()


def test_the_link_opens_the_document_too(client, agreement, employers_token):
    response = client.get(url("sign_document", employers_token))
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_a_made_up_token_is_not_found(client, db):
    assert client.get(url("sign_by_link", "nonsense")).status_code == 404


def test_the_coordinator_sends_the_mail_again(agreement, coordinator, head, sign_in):
    client = sign_in(coordinator)
    assert client.get(url("remind", agreement.pk)).status_code == 405
    client.post(url("remind", agreement.pk))
    assert len(mails(template="placements/email/sign")) == 2
    assert sign_in(head).post(url("remind", agreement.pk)).status_code == 403


# --- my stay -------------------------------------------------------------------------------------------------------
def test_the_host_is_told_when_the_office_has_confirmed_it(stay, apprentice_user, sign_in):
    placement = stay(PlacementStatus.HOST_FOUND)
    client = sign_in(apprentice_user)
    assert placement.host.name not in client.get(url("my_stay")).content.decode()
    Placement.objects.update(status=PlacementStatus.CONFIRMED)
    assert placement.host.name in client.get(url("my_stay", placement.pk)).content.decode()


def test_nobody_opens_another_ones_stay(confirmed, coordinator, instructor_user, sign_in):
    for user in (coordinator, instructor_user):
        assert sign_in(user).get(url("my_stay", confirmed.pk)).status_code == 404


def test_without_a_stay_the_page_says_what_will_be_there(apprentice_user, sign_in):
    assert "You have no stay yet" in sign_in(apprentice_user).get(url("my_stay")).content.decode()


@pytest.mark.parametrize("status", PlacementStatus)
def test_the_own_page_opens_in_every_state(stay, apprentice_user, sign_in, status):
    placement = stay(status, arrived_on=days(0), returned_on=days(1))
    assert sign_in(apprentice_user).get(url("my_stay", placement.pk)).status_code == 200


@pytest.mark.parametrize("status", PlacementStatus)
def test_the_case_opens_in_every_state(stay, coordinator, sign_in, status):
    placement = stay(status, ends_on=None, host_company=None, project=None)
    assert sign_in(coordinator).get(url("placement", placement.pk)).status_code == 200


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


# --- the list in the admin -----------------------------------------------------------------------------------------
LIST, EXPORT = "admin:placements_placement_changelist", "admin:placements_placement_export"


def test_the_list_shows_the_offices_stays_and_opens_the_case(stay, coordinator, other_coordinator, sign_in):
    placement = stay()
    page = sign_in(coordinator).get(reverse(LIST))
    assert page.context["cl"].result_count == 1
    assert f'href="{url("placement", placement.pk)}"' in page.content.decode()
    assert sign_in(other_coordinator).get(reverse(LIST)).context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("query", "count"),
    [("status__exact=proposed", 1), ("status__exact=abroad", 0), ("arrival=overdue", 0), ("q=Øygården", 1),
     ("q=nobody", 0), ("start=1999-1", 0)],
)  # fmt: skip
def test_the_list_is_filtered_by_its_address(stay, coordinator, sign_in, query, count):
    stay()
    assert sign_in(coordinator).get(reverse(LIST) + "?" + query).context["cl"].result_count == count


def test_the_red_group_is_a_filter(stay, coordinator, sign_in):
    stay(PlacementStatus.READY, starts_on=days(-1))
    assert sign_in(coordinator).get(reverse(LIST) + "?arrival=overdue").context["cl"].result_count == 1


def test_the_export_is_the_filtered_list_without_formulas(stay, office, coordinator, sign_in):
    placement = stay()
    placement.apprentice.given_name = "=cmd()"
    placement.apprentice.save()
    factories.PlacementFactory(office=office, status=PlacementStatus.ABROAD)
    factories.PlacementFactory()
    response = sign_in(coordinator).get(reverse(EXPORT) + "?status__exact=proposed")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "'=cmd()" in lines[1]


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("reviewer", 403), ("partner_user", 302)])
def test_the_export_is_for_the_office(request, stay, sign_in, who, status):
    stay()
    assert sign_in(request.getfixturevalue(who)).get(reverse(EXPORT)).status_code == status


def test_the_list_costs_the_same_queries_for_1_and_3(stay, office, coordinator, sign_in):
    stay()

    def more():
        for _number in range(2):
            factories.PlacementFactory(office=office)

    assert_same_queries(sign_in(coordinator), reverse(LIST), more)


def test_the_case_costs_the_same_queries_for_1_and_3_moves(agreement, coordinator, sign_in):
    placement = agreement.placement
    placement.status_changes.create(name="confirm", to_status="confirmed", by=coordinator)

    def more():
        for _number in range(2):
            placement.status_changes.create(name="confirm", to_status="confirmed", by=coordinator)

    assert_same_queries(sign_in(coordinator), url("placement", placement.pk), more)
