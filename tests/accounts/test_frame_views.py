"""Language, office, own details, and where the front door leads."""

import pytest
from django.urls import reverse

from mobility.accounts.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db


# --- language -----------------------------------------------------------------------------------------------------
def test_a_stranger_chooses_a_language_and_comes_back_to_the_page(client, office):
    response = client.post(reverse("accounts:set_language"), {"language": "sv", "next": "/fault/?page=x"})
    assert response.url == "/fault/?page=x"
    assert client.cookies["django_language"].value == "sv"
    assert 'lang="sv"' in client.get("/fault/").text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil.example"]
)
def test_the_way_back_is_a_page_of_ours(client, db, target):
    assert client.post(reverse("accounts:set_language"), {"language": "sv", "next": target}).url == "/"


def test_an_unknown_language_is_refused(client, db):
    assert client.post(reverse("accounts:set_language"), {"language": "xx"}).status_code == 400
    assert "django_language" not in client.cookies


def test_the_choice_is_kept_on_the_person(sign_in, reviewer):
    sign_in(reviewer).post(reverse("accounts:set_language"), {"language": "nn"})
    reviewer.refresh_from_db()
    assert (reviewer.language, reviewer.written_form) == ("nn", "nb")


def test_a_signed_in_person_reads_in_the_own_language(sign_in, reviewer):
    reviewer.language = "nn"
    reviewer.save()
    assert '<html lang="nn">' in sign_in(reviewer).get(reverse("accounts:profile")).text


def test_the_choice_of_this_browser_goes_first(sign_in, reviewer):
    client = sign_in(reviewer)
    client.cookies["django_language"] = "sv"
    assert '<html lang="sv">' in client.get(reverse("accounts:profile")).text


# --- office -------------------------------------------------------------------------------------------------------
def test_who_belongs_to_two_offices_chooses(sign_in, coordinator, other_coordinator):
    second = other_coordinator.working_office
    factories.MembershipFactory(user=coordinator, office=second, role=Role.REVIEWER)
    client = sign_in(coordinator)
    assert client.post(reverse("accounts:choose_office"), {"office": second.pk}).url == "/"
    page = client.get(reverse("accounts:profile"))
    assert page.context["user"].working_office == second
    assert page.context["user"].roles == {Role.REVIEWER}


@pytest.mark.parametrize("wanted", ["", "x", "999999", "-1", "٣"])
def test_an_office_that_is_not_there_cannot_be_chosen(sign_in, coordinator, wanted):
    assert sign_in(coordinator).post(reverse("accounts:choose_office"), {"office": wanted}).status_code == 404


def test_a_foreign_office_cannot_be_chosen(sign_in, coordinator, other_coordinator):
    client = sign_in(coordinator)
    foreign = other_coordinator.working_office
    assert client.post(reverse("accounts:choose_office"), {"office": foreign.pk}).status_code == 404
    assert "office" not in client.session


# --- the front door -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["coordinator", "head", "assistant", "reviewer", "auditor"])
def test_staff_are_led_to_the_workbench(sign_in, request, role):
    assert sign_in(request.getfixturevalue(role)).get("/").url == "/admin/"


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("partner_user", "placements:candidates"),
        ("instructor_user", "placements:visits"),
        ("apprentice_user", "apprentices:status_list"),
    ],
)
def test_people_of_the_portal_are_led_to_their_work(sign_in, request, role, page):
    assert sign_in(request.getfixturevalue(role)).get("/").url == reverse(page)


def test_who_has_no_page_of_work_is_led_to_the_own_account(sign_in, office):
    user = factories.member(Role.MENTOR, office)
    assert sign_in(user).get("/").url == reverse("accounts:profile")
    assert sign_in(factories.UserFactory()).get("/").url == reverse("accounts:profile")


# --- own details --------------------------------------------------------------------------------------------------
DETAILS = {"given_name": "Kari", "family_name": "Ny", "phone": "+47 999", "language": "sv", "written_form": "nn"}


def test_everybody_changes_the_own_details_and_nothing_else(sign_in, reviewer, office):
    client = sign_in(reviewer)
    response = client.post(
        reverse("accounts:profile"), {**DETAILS, "email": "x@example.org", "is_superuser": "on", "is_active": ""}
    )
    assert response.url == reverse("accounts:profile")
    fresh = type(reviewer).objects.get(pk=reviewer.pk)
    assert {name: getattr(fresh, name) for name in DETAILS} == DETAILS
    assert (fresh.email, fresh.is_superuser, fresh.is_active) == (reviewer.email, False, True)
    assert client.cookies["django_language"].value == "sv"


def test_a_wrong_detail_keeps_what_was_typed_and_saves_nothing(sign_in, reviewer):
    page = sign_in(reviewer).post(reverse("accounts:profile"), {**DETAILS, "given_name": ""})
    assert "Write your given name." in page.text
    assert 'value="+47 999"' in page.text
    assert "<title>Error: My account" in page.text
    reviewer.refresh_from_db()
    assert reviewer.phone == ""


def test_the_own_page_leads_to_address_password_and_second_factor(sign_in, reviewer):
    page = sign_in(reviewer).get(reverse("accounts:profile")).text
    for name in ("account_email", "account_change_password", "mfa_index"):
        assert f'href="{reverse(name)}"' in page


def test_a_stranger_has_no_own_page(client, db):
    assert client.get(reverse("accounts:profile")).status_code == 302
