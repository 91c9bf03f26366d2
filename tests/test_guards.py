"""Held for every response: content security policy, private pages, second factor, the door of the admin."""

import pytest
from django.conf import settings as live_settings
from django.test import Client
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mobility.accounts.enums import Role
from mobility.urls import urlpatterns as real_urls
from tests import factories

pytestmark = pytest.mark.django_db
STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}


@require_safe
def breaks(request):
    raise RuntimeError("on purpose")


breaks.login_required = False
urlpatterns = [path("breaks/", breaks), *real_urls]


def policy(response):
    return {part.strip() for part in response["Content-Security-Policy"].split(";") if part.strip()}


# --- content security policy --------------------------------------------------------------------------------------
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/account/login/", 200),
        ("/healthz", 200),
        ("/me/", 302),
        ("/nowhere/", 404),
        ("/o/nowhere/", 404),
        ("/breaks/", 500),
        ("/language/", 405),
        ("/static/u/css/tokens.css", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_every_response_has_the_strict_policy(settings, office, debug, address, status):
    settings.DEBUG = debug
    settings.WHITENOISE_USE_FINDERS = True
    settings.ROOT_URLCONF = "tests.test_guards"
    client = Client(raise_request_exception=False)
    response = client.get(address)
    assert response.status_code == status
    assert policy(response) == STRICT
    response.close()


def test_a_wrong_host_and_a_post_without_token_get_the_policy_too(office):
    strict = Client(enforce_csrf_checks=True)
    wrong_host = strict.get("/", headers={"host": "evil.example"})
    no_token = strict.post(reverse("public:fault"), {"text": "x"})
    assert (wrong_host.status_code, no_token.status_code) == (400, 403)
    assert policy(wrong_host) == policy(no_token) == STRICT


def test_the_admin_is_under_the_same_policy(sign_in, coordinator):
    assert policy(sign_in(coordinator).get("/admin/")) == STRICT


def test_no_setting_loosens_the_policy():
    text = str(live_settings.CONTENT_SECURITY_POLICY)
    assert "unsafe" not in text
    assert "EXCLUDE" not in text


# --- private pages ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/me/", "/admin/", "/people/", "/privacy/", "/nowhere/", "/"])
def test_pages_of_a_signed_in_person_stay_out_of_caches(sign_in, coordinator, address):
    assert sign_in(coordinator).get(address)["Cache-Control"] == "no-store"


def test_forms_of_strangers_stay_out_of_caches_and_plain_pages_need_not(client, office):
    assert client.get("/fault/")["Cache-Control"] == "no-store"
    assert "no-store" not in Client().get("/privacy/").get("Cache-Control", "")


def test_cookies_are_closed_to_scripts_and_other_sites(client, office):
    client.get("/fault/")
    client.post(reverse("accounts:set_language"), {"language": "sv"})
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


# --- second factor ------------------------------------------------------------------------------------------------
SECOND_FACTOR = [Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.AUDITOR]


@pytest.mark.parametrize("role", SECOND_FACTOR)
def test_staff_without_a_second_factor_are_led_to_set_it_up(settings, sign_in, role):
    settings.REQUIRE_SECOND_FACTOR = True
    client = sign_in(factories.member(role))
    for address in ("/admin/", "/people/", "/me/"):
        assert client.get(address).url == reverse("mfa_activate_totp")
    assert client.post(reverse("accounts:invite"), {}).url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("role", sorted(set(Role) - set(SECOND_FACTOR)))
def test_others_need_none(settings, sign_in, role):
    settings.REQUIRE_SECOND_FACTOR = True
    assert sign_in(factories.member(role)).get("/me/").status_code == 200


def test_on_the_way_to_the_second_factor_one_may_sign_out_and_read_another_language(settings, sign_in, coordinator):
    settings.REQUIRE_SECOND_FACTOR = True
    client = sign_in(coordinator)
    assert client.post(reverse("accounts:set_language"), {"language": "sv"}).url == "/"
    assert client.post(reverse("account_logout")).url == "/"


# --- the door of the admin ----------------------------------------------------------------------------------------
def test_the_admin_has_no_door_of_its_own(client, office):
    chain = client.get("/admin/people/", follow=True).redirect_chain
    assert chain[-1] == ("/account/login/?next=%2Fadmin%2Fpeople%2F", 302)


@pytest.mark.parametrize("role", ["apprentice_user", "partner_user", "instructor_user"])
def test_people_of_the_portal_do_not_enter_the_admin(sign_in, request, role):
    response = sign_in(request.getfixturevalue(role)).get("/admin/", follow=True)
    assert response.status_code == 403
