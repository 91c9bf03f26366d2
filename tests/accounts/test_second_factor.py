"""Everybody renews password, address and second factor; the whole way of an invited coordinator."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mobility.accounts.enums import Role
from mobility.accounts.models import User
from mobility.accounts.services import memberships, people
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "ola@example.org"


@pytest.fixture(autouse=True)
def no_counted_tries():
    cache.clear()


@pytest.fixture
def newcomer(client, office, coordinator):
    """A coordinator who has accepted the invitation and chosen a password, signed in by that."""
    made = memberships.invite(
        office=office, role=Role.COORDINATOR, address=ADDRESS, given_name="Ola", language="nb", by=coordinator
    )
    passwords = {"password1": factories.PASSWORD, "password2": factories.PASSWORD}
    client.post("/" + made.url.split("/", 3)[3], passwords)
    return User.objects.get(email=ADDRESS)


def app_code(secret):
    """What the authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def activate(client):
    page = client.get(reverse("mfa_activate_totp")).text
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page)[1]
    return client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)}), secret


def sign_in_by_password(client):
    return client.post(reverse("account_login"), {"login": ADDRESS, "password": factories.PASSWORD})


def test_an_invited_coordinator_sets_up_the_second_factor_and_enters(settings, client, newcomer):
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/admin/").url == reverse("mfa_activate_totp")
    activate(client)
    assert Authenticator.objects.filter(user=newcomer, type="totp").count() == 1
    assert client.get("/people/").status_code == 200


def test_a_sign_in_with_a_second_factor_asks_for_it(settings, client, newcomer):
    settings.REQUIRE_SECOND_FACTOR = True
    _response, secret = activate(client)
    cache.clear()  # the app's code may be used once in its half minute
    fresh = Client()
    assert sign_in_by_password(fresh).url == reverse("mfa_authenticate")
    assert fresh.get("/people/").status_code == 302
    fresh.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert fresh.get("/people/").status_code == 200


def test_who_has_lost_the_phone_enters_with_a_recovery_code_once(client, newcomer):
    activate(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = re.findall(r"<li>([a-z0-9-]{8,})</li>", client.get(reverse("mfa_view_recovery_codes")).text)
    for fresh, enters in ((Client(), True), (Client(), False)):
        cache.clear()
        sign_in_by_password(fresh)
        fresh.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in fresh.session) is enters


def test_the_second_factor_can_be_turned_off_again(client, newcomer):
    activate(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=newcomer, type="totp").count() == 0


def test_a_new_address_is_confirmed_by_a_code_and_signs_in(client, newcomer, other_coordinator):
    client.post(reverse("account_email"), {"action_add": "", "email": "ny@example.org"})
    mail = OutboundMail.objects.get(to_address="ny@example.org")
    response = client.post(reverse("account_email_verification_sent"), {"code": mail.secrets[0]})
    assert response.status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.email == "ny@example.org"
    assert list(EmailAddress.objects.filter(user=newcomer).values_list("email", "verified", "primary")) == [
        ("ny@example.org", True, True)
    ]
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": "ny@example.org", "password": factories.PASSWORD})
    assert fresh.session["_auth_user_id"] == str(newcomer.pk)


def test_a_forgotten_password_is_renewed_by_mail(client, newcomer):
    fresh = Client()
    fresh.post(reverse("account_reset_password"), {"email": ADDRESS})
    mail = OutboundMail.objects.filter(to_address=ADDRESS).order_by("pk").last()
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    form = fresh.get("/" + link.split("/", 3)[3], follow=True).redirect_chain[-1][0]
    new = "helt-nytt-passord-2028"
    fresh.post(form, {"password1": new, "password2": new})
    newcomer.refresh_from_db()
    assert newcomer.check_password(new)


def test_who_has_no_password_chooses_one(client, office):
    user = people.person_for(address="aase@example.org", language="en")
    factories.MembershipFactory(user=user, office=office, role=Role.APPRENTICE)
    code = ask_for_code(client, user)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    page = client.get(reverse("accounts:profile")).text
    assert f'href="{reverse("account_set_password")}"' in page
    client.post(reverse("account_set_password"), {"password1": factories.PASSWORD, "password2": factories.PASSWORD})
    user.refresh_from_db()
    assert user.check_password(factories.PASSWORD)


def ask_for_code(client, user):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    return OutboundMail.objects.get(to_address=user.email).secrets[0]


def test_one_mailed_code_signs_an_apprentice_in_and_proves_the_address(client, office):
    user = people.person_for(address="aase@example.org", language="en")
    factories.MembershipFactory(user=user, office=office, role=Role.APPRENTICE)
    client.post(reverse("account_confirm_login_code"), {"code": ask_for_code(client, user)})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_a_mailed_code_does_not_pass_the_second_factor(client, newcomer):
    activate(client)
    fresh = Client()
    OutboundMail.objects.all().delete()
    code = ask_for_code(fresh, newcomer)
    assert fresh.post(reverse("account_confirm_login_code"), {"code": code}).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in fresh.session


# --- limits -------------------------------------------------------------------------------------------------------
def try_wrongly(client, address, ip, times):
    for _try in range(times):
        response = client.post(reverse("account_login"), {"login": address, "password": "wrong"}, REMOTE_ADDR=ip)
    return response


def test_five_wrong_passwords_close_the_account_to_this_network_only(client, newcomer):
    stranger = Client()
    try_wrongly(stranger, ADDRESS, "192.0.2.1", 5)
    login = {"login": ADDRESS, "password": factories.PASSWORD}
    stranger.post(reverse("account_login"), login, REMOTE_ADDR="192.0.2.1")
    assert "_auth_user_id" not in stranger.session
    colleague = Client()
    colleague.post(reverse("account_login"), login, REMOTE_ADDR="192.0.2.2")
    assert colleague.session["_auth_user_id"] == str(newcomer.pk)


def test_wrong_tries_at_many_accounts_do_not_close_the_office_network(client, newcomer):
    for number in range(30):
        try_wrongly(Client(), f"person{number}@example.org", "192.0.2.1", 1)
    colleague = Client()
    login = {"login": ADDRESS, "password": factories.PASSWORD}
    colleague.post(reverse("account_login"), login, REMOTE_ADDR="192.0.2.1")
    assert colleague.session["_auth_user_id"] == str(newcomer.pk)


def test_a_closed_account_does_not_enter(client, newcomer):
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    fresh = Client()
    sign_in_by_password(fresh)
    assert "_auth_user_id" not in fresh.session
    assert client.get("/people/").status_code == 302
