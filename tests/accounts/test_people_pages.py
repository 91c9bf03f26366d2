"""The pages of people and invitations."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink, Membership, User
from mobility.accounts.services import memberships
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def invited(office, coordinator):
    return memberships.invite(
        office=office,
        role=Role.REVIEWER,
        address="ola@example.org",
        given_name="Ola",
        family_name="Nordmann",
        language="nb",
        by=coordinator,
    )


def path_of(invited):
    return "/" + invited.url.split("/", 3)[3]


# --- the list -----------------------------------------------------------------------------------------------------
def test_a_coordinator_sees_the_people_of_the_own_office_only(sign_in, coordinator, reviewer, other_coordinator):
    page = sign_in(coordinator).get(PEOPLE)
    shown = [row.membership.user.email for row in page.context["page"]]
    assert sorted(shown) == sorted([coordinator.email, reviewer.email])
    assert other_coordinator.email not in page.text


def test_a_head_sees_the_list_without_buttons(sign_in, head, reviewer):
    page = sign_in(head).get(PEOPLE)
    assert reviewer.email in page.text
    assert reverse("accounts:invite") not in page.text
    assert "/end/" not in page.text


@pytest.mark.parametrize("role", ["reviewer", "assistant", "auditor", "apprentice_user", "partner_user"])
def test_others_do_not_see_who_works_in_the_office(sign_in, request, role):
    assert sign_in(request.getfixturevalue(role)).get(PEOPLE).status_code == 403


def test_a_stranger_is_led_to_the_sign_in(client, db):
    assert client.get(PEOPLE).url == f"/account/login/?next={PEOPLE}"


def test_the_list_says_who_has_not_accepted_yet_and_who_has_left(sign_in, coordinator, invited, reviewer):
    gone = reviewer.memberships.get()
    memberships.end_membership(membership=gone, by=coordinator)
    page = sign_in(coordinator).get(PEOPLE)
    states = {row.membership.pk: row.state for row in page.context["page"]}
    assert states == {coordinator.memberships.get().pk: "active", invited.membership.pk: "invited"}
    assert [row.membership for row in page.context["ended"]] == [gone]


def test_the_list_can_be_cut_down_to_a_role(sign_in, coordinator, reviewer):
    page = sign_in(coordinator).get(f"{PEOPLE}?role=reviewer")
    assert [row.membership.user for row in page.context["page"]] == [reviewer]


def test_the_list_costs_the_same_for_one_and_for_three(sign_in, coordinator, office):
    client = sign_in(coordinator)
    factories.member(Role.REVIEWER, office)
    client.get(PEOPLE)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(PEOPLE)
        counts.append(len(queries))
        factories.member(Role.REVIEWER, office)
        factories.member(Role.HEAD, office)
    assert counts[0] == counts[1]


# --- inviting -----------------------------------------------------------------------------------------------------
def form(**fields):
    return {"role": "reviewer", "given_name": "Ola", "address": "ola@example.org", "language": "nn", **fields}


def test_a_coordinator_invites_a_colleague(sign_in, coordinator, office):
    client = sign_in(coordinator)
    response = client.post(reverse("accounts:invite"), form(), follow=True)
    membership = Membership.objects.get(user__email="ola@example.org")
    assert (membership.office, membership.role) == (office, Role.REVIEWER)
    assert OutboundMail.objects.get().to_address == "ola@example.org"
    assert "The invitation to ola@example.org is on its way." in response.text


def test_a_posted_office_or_other_role_is_not_taken(sign_in, coordinator, office, other_coordinator):
    client = sign_in(coordinator)
    other = other_coordinator.working_office
    client.post(reverse("accounts:invite"), form(office=other.pk))
    assert Membership.objects.get(user__email="ola@example.org").office == office
    page = client.post(reverse("accounts:invite"), form(role="apprentice", address="kari@example.org"))
    assert Membership.objects.filter(user__email="kari@example.org").count() == 0
    assert "Error:" in page.text


def test_the_page_says_the_same_whether_an_address_is_known_or_not(sign_in, coordinator, other_coordinator):
    client = sign_in(coordinator)
    known = client.post(reverse("accounts:invite"), form(address=other_coordinator.email), follow=True)
    unknown = client.post(reverse("accounts:invite"), form(), follow=True)
    said = [str(message) for page in (known, unknown) for message in page.context["messages"]]
    assert said == [
        f"The invitation to {other_coordinator.email} is on its way.",
        "The invitation to ola@example.org is on its way.",
    ]


def test_an_auditor_needs_a_last_day(sign_in, coordinator):
    page = sign_in(coordinator).post(reverse("accounts:invite"), form(role="auditor"))
    assert "Give the auditor a last day." in page.text
    assert 'value="ola@example.org"' in page.text
    assert Membership.objects.filter(user__email="ola@example.org").count() == 0


def test_an_invitation_twice_is_refused_at_the_field(sign_in, coordinator, reviewer):
    page = sign_in(coordinator).post(reverse("accounts:invite"), form(address=reviewer.email))
    assert page.context["form"].errors == {"address": ["This person has this role already."]}


@pytest.mark.parametrize("role", ["head", "reviewer", "partner_user"])
def test_only_coordinators_invite(sign_in, request, role):
    client = sign_in(request.getfixturevalue(role))
    assert client.post(reverse("accounts:invite"), form()).status_code == 403
    assert User.objects.filter(email="ola@example.org").count() == 0


def test_inviting_again_mails_a_new_link(sign_in, coordinator, invited):
    client = sign_in(coordinator)
    client.post(reverse("accounts:invite_again", args=[invited.membership.pk]))
    assert OutboundMail.objects.count() == 2
    assert client.get(path_of(invited)).status_code == 410


def test_a_foreign_membership_is_a_missing_one(sign_in, coordinator, other_coordinator):
    client = sign_in(coordinator)
    foreign = other_coordinator.memberships.get()
    for pk in (foreign.pk, 999_999):
        assert client.get(reverse("accounts:end_membership", args=[pk])).status_code == 404
        assert client.post(reverse("accounts:end_membership", args=[pk])).status_code == 404
        assert client.post(reverse("accounts:invite_again", args=[pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.ends_on is None


# --- ending -------------------------------------------------------------------------------------------------------
def test_ending_is_confirmed_first_and_works_on_the_next_request(coordinator, reviewer, client):
    theirs = type(client)()
    for each, user in ((client, coordinator), (theirs, reviewer)):
        each.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get("/admin/").status_code == 200
    url = reverse("accounts:end_membership", args=[reviewer.memberships.get().pk])
    assert "End the membership of" in client.get(url).text
    assert theirs.get("/admin/").status_code == 200
    client.post(url)
    assert theirs.get("/admin/").status_code == 302


def test_the_last_coordinator_is_told_why_not(sign_in, coordinator):
    url = reverse("accounts:end_membership", args=[coordinator.memberships.get().pk])
    page = sign_in(coordinator).post(url, follow=True)
    assert "This is the last coordinator. Invite another one first." in page.text


def test_a_head_cannot_end_a_membership(sign_in, head, reviewer):
    membership = reviewer.memberships.get()
    assert sign_in(head).post(reverse("accounts:end_membership", args=[membership.pk])).status_code == 403
    membership.refresh_from_db()
    assert membership.ends_on is None


# --- accepting ----------------------------------------------------------------------------------------------------
PASSWORDS = {"password1": "tre-lange-ord-her", "password2": "tre-lange-ord-her"}


def test_opening_an_invitation_shows_it_and_changes_nothing(client, invited, office):
    page = client.get(path_of(invited))
    assert office.name in page.text
    assert "Reviewer" in page.text
    assert AccessLink.objects.get().used_at is None


def test_accepting_chooses_a_password_and_signs_in(client, invited):
    response = client.post(path_of(invited), PASSWORDS)
    assert response.url == "/"
    user = User.objects.get(email="ola@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(PASSWORDS["password1"])


def test_a_weak_or_mistyped_password_leaves_the_invitation_open(client, invited):
    weak = client.post(path_of(invited), {"password1": "kort", "password2": "kort"})
    typo = client.post(path_of(invited), {**PASSWORDS, "password2": "noe-helt-annet-her"})
    assert "This password is too short" in weak.text
    assert "The two passwords are not the same." in typo.text
    assert AccessLink.objects.get().used_at is None


def test_somebody_with_a_password_accepts_and_signs_in_as_usual(client, office, other_coordinator):
    made = memberships.invite(office=office, role=Role.REVIEWER, address=other_coordinator.email, language="nb")
    assert "password1" not in client.get(path_of(made)).text
    response = client.post(path_of(made), PASSWORDS)
    assert response.url == "/account/login/"
    assert "_auth_user_id" not in client.session
    other_coordinator.refresh_from_db()
    assert other_coordinator.check_password(factories.PASSWORD)


def test_a_second_factor_is_never_passed_by_an_invitation(client, invited):
    user = invited.membership.user
    TOTP.activate(user, generate_totp_secret())
    response = client.post(path_of(invited), PASSWORDS)
    assert response.url == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_who_is_signed_in_goes_on_in_the_new_office(sign_in, office, other_coordinator):
    made = memberships.invite(office=office, role=Role.REVIEWER, address=other_coordinator.email, language="nb")
    client = sign_in(other_coordinator)
    assert client.post(path_of(made)).url == "/"
    assert client.session["office"] == office.pk


def test_accepting_for_another_person_ends_the_open_session(sign_in, head, invited):
    client = sign_in(head)
    assert "You are signed in as" in client.get(path_of(invited)).text
    client.post(path_of(invited), PASSWORDS)
    assert client.session["_auth_user_id"] == str(invited.membership.user_id)


def test_an_unknown_token_is_a_missing_page(client, db):
    assert client.get("/invitation/nothing/").status_code == 404


# --- a new link for a spent one -----------------------------------------------------------------------------------
def test_a_spent_link_says_so_and_a_new_one_is_mailed_to_the_same_address(client, invited):
    links.spend(AccessLink.objects.get())
    page = client.get(path_of(invited))
    assert page.status_code == 410
    assert "This link has been used." in page.text
    assert "o…@example.org" in page.text
    assert "ola@example.org" not in page.text
    key = AccessLink.objects.get().renewal_key
    assert key.split(":")[0] in page.text
    response = client.post(reverse("accounts:renew_link"), {"link": key}, follow=True)
    assert "A new link is on its way" in response.text
    mail = OutboundMail.objects.first()
    assert (mail.template, mail.to_address) == ("accounts/email/link_renewed", "ola@example.org")
    fresh = next(word for word in mail.body.split() if "/invitation/" in word)
    assert client.get("/" + fresh.split("/", 3)[3]).status_code == 200


def test_a_withdrawn_link_is_not_renewed(client, invited, coordinator):
    key = AccessLink.objects.get().renewal_key
    memberships.end_membership(membership=invited.membership, by=coordinator)
    page = client.get(path_of(invited))
    assert page.status_code == 410
    assert reverse("accounts:renew_link") not in page.text
    assert client.post(reverse("accounts:renew_link"), {"link": key}).status_code == 410
    assert OutboundMail.objects.count() == 1


def test_a_link_is_renewed_three_times_an_hour(client, invited):
    key = AccessLink.objects.get().renewal_key
    for _time in range(3):
        assert client.post(reverse("accounts:renew_link"), {"link": key}).status_code == 302
    assert client.post(reverse("accounts:renew_link"), {"link": key}).status_code == 429
    assert OutboundMail.objects.filter(template="accounts/email/link_renewed").count() == 3


def test_an_unsigned_id_renews_nothing(client, invited):
    for key in (str(AccessLink.objects.get().pk), "", "x:y:z"):
        assert client.post(reverse("accounts:renew_link"), {"link": key}).status_code == 404
    assert OutboundMail.objects.count() == 1
    assert links.find(path_of(invited).split("/")[2], LinkPurpose.INVITATION).revoked_at is None
