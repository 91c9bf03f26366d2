"""allauth's pages in our frame and our words."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from mobility.accounts.enums import Role
from mobility.common.models import OutboundMail
from tests import factories

FOR_ALL = ["account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done"]
FOR_SIGNED_IN = [
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_email",
    "mfa_index",
    "mfa_activate_totp",
]


@pytest.fixture(autouse=True)
def no_counted_tries():
    cache.clear()


@pytest.fixture
def person(db):
    user = factories.member(Role.APPRENTICE, email="aase@example.org", written_form="nn")
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.fixture
def signed_in(client, person):
    """Signed in, and asked for the password once more a moment ago, as changes of the account want it."""
    client.post(reverse("account_login"), {"login": person.email, "password": factories.PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    return client


def title(response):
    return re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)[1].strip()


def check(response):
    """What holds for each page: one heading, no inline script or style, no box with a hint for a label."""
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|placeholder=", response.text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", response.text))


@pytest.mark.parametrize("name", FOR_ALL)
def test_pages_for_everybody(client, db, name):
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", FOR_SIGNED_IN)
def test_pages_for_who_is_signed_in(signed_in, name):
    check(signed_in.get(reverse(name)))


def test_every_page_has_a_title_of_its_own(client, signed_in):
    titles = [title(signed_in.get(reverse(name))) for name in FOR_SIGNED_IN]
    client.logout()
    titles += [title(client.get(reverse(name))) for name in FOR_ALL]
    assert len(set(titles)) == len(FOR_ALL + FOR_SIGNED_IN)


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(client, person):
    with translation.override("en"):
        response = client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert title(response) == "Error: Sign in – Utferd"
    assert 'value="aase@example.org"' in response.text
    assert "data-error-summary" in response.text
    assert "The e-mail address and the password do not belong together. Try again." in response.text


def test_a_missing_password_is_named_in_the_summary(client, db):
    response = client.post(reverse("account_login"), {"login": "a@example.org", "password": ""})
    assert '<a href="#id_password">Password: This field is required.</a>' in response.text


def test_nobody_signs_up_here(client, db):
    response = client.get(reverse("account_signup"))
    assert "You need no account to apply" in response.text


def test_a_code_goes_out_in_the_persons_written_form_and_opens_the_account(client, person):
    response = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    check(response)
    assert title(response) == "Enter the code to sign in – Utferd"
    mail = OutboundMail.objects.get(to_address=person.email)
    assert mail.language == "nn"


def test_a_wrong_code_is_told_in_our_words(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    response = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert title(response) == "Error: Enter the code to sign in – Utferd"
    assert "The code is wrong or too old. Look again, or ask for a new one." in response.text


def test_an_unknown_address_gets_the_same_page_as_a_known_one(client, person):
    known = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    client.logout()
    unknown = client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"}, follow=True)
    assert title(known) == title(unknown)
    assert OutboundMail.objects.filter(to_address="nobody@example.org").count() == 1


def test_a_spent_password_link_says_so_and_offers_a_new_one(client, db):
    response = client.get(reverse("account_reset_password_from_key", args=["1", "set-password"]))
    check(response)
    assert title(response) == "The link no longer works – Utferd"
    assert reverse("account_reset_password") in response.text


def test_the_password_is_changed_and_told_by_mail(signed_in, person):
    old, new = factories.PASSWORD, "en-ganske-ny-vaar-2028"
    response = signed_in.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}, follow=True
    )
    assert "The password is changed." in response.text
    person.refresh_from_db()
    assert person.check_password(new)
    assert OutboundMail.objects.filter(to_address=person.email).count() == 1


def test_the_second_step_shows_picture_and_secret(signed_in):
    response = signed_in.get(reverse("mfa_activate_totp"))
    assert '<img class="u-qr" src="data:image/svg+xml' in response.text
    assert re.search(r'id="authenticator_secret">[A-Z2-7]{16,}<', response.text)


def test_a_wrong_code_of_the_app_is_told(signed_in):
    response = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert title(response) == "Error: Turn on the authenticator app – Utferd"


def test_the_second_step_gives_codes_for_a_lost_phone(signed_in, person):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    response = signed_in.post(reverse("mfa_generate_recovery_codes"), follow=True)
    check(response)
    assert title(response) == "Your recovery codes – Utferd"
    assert len(re.findall(r"<li>[a-z0-9-]{8,}</li>", response.text)) == 10
    index = signed_in.get(reverse("mfa_index"))
    assert "10 codes are left" in index.text


def test_a_new_address_waits_until_it_is_confirmed(signed_in, person):
    response = signed_in.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"}, follow=True)
    assert response.status_code == 200
    person.refresh_from_db()
    assert person.email == "aase@example.org"
    assert OutboundMail.objects.filter(to_address="new@example.org").count() == 1


def test_another_way_to_confirm_is_offered_in_our_words(signed_in, person):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert "With a code from my app" in signed_in.get(reverse("account_reauthenticate")).text
    response = signed_in.get(reverse("mfa_reauthenticate"))
    assert "With my password" in response.text
    assert title(response) == "Confirm with a code from your app – Utferd"
