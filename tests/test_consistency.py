"""What must be true of every model and every address, also of those that come tomorrow."""

import inspect

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse

STOCK_ADMIN = {"index", "login", "changelist", "add", "change", "history", "delete"}
OWN = ("mobility.", "apprentices.", "partners.", "placements.", "reporting.")

# Whoever adds an address here says why a stranger may open it.
OPEN_TO_STRANGERS = {
    # the front door, and what a load balancer asks
    "home",
    "healthz",
    "readyz",
    # public pages
    "public:front",
    "public:office",
    "public:office_privacy",
    "public:privacy",
    "public:accessibility",
    "public:fault",
    "public:fault_thanks",
    "grants:calculator",
    # a choice of this browser
    "accounts:set_language",
    # signed links: the token is the right
    "accounts:invitation",
    "accounts:renew_link",
    "accounts:link_sent",
    "apprentices:endorse",
    "apprentices:endorse_thanks",
    "apprentices:approve_entry",
    "apprentices:entry_answered",
    "placements:sign_by_link",
    "placements:sign_document",
    "placements:signed",
    "placements:evaluate",
    "placements:evaluated",
    # the application form: the draft is tied to this browser, elsewhere it opens by link or code
    "apprentices:apply",
    "apprentices:apply_contact",
    "apprentices:apply_person",
    "apprentices:apply_apprenticeship",
    "apprentices:apply_stay",
    "apprentices:apply_motivation",
    "apprentices:my_drafts",
    "apprentices:apply_check",
    "apprentices:draft_files",
    "apprentices:draft_file",
    "apprentices:draft_preview",
    "apprentices:send_code",
    "apprentices:leave_draft",
    "apprentices:open_draft",
    "apprentices:resume",
    "apprentices:resume_code",
    "apprentices:receipt",
    # sign-in (allauth)
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_authenticate",
    # the admin's own, which lead to the sign-in page
    "admin:login",
}


def patterns(resolver=None, namespaces=()):
    """(full name, view) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or str(entry.pattern)]), entry


def own_views():
    """(full name, address with sample values) of every address whose view is ours."""
    found = {}
    for name, entry in patterns():
        view = inspect.unwrap(entry.callback)
        if f"{getattr(view, '__module__', '')}.".startswith(OWN) and not _is_stock_admin(name):
            samples = [_sample(converter) for converter in entry.pattern.converters.values()]
            found[f"{name}/{len(samples)}"] = reverse(name, args=samples)
    return sorted(found.items())


def _is_stock_admin(name):
    """An address that Django's admin has, too: it answers methods as Django does."""
    return name.startswith("admin:") and name.rsplit(":")[-1].rsplit("_")[-1] in STOCK_ADMIN


def _sample(converter):
    kind = type(converter).__name__
    return {"IntConverter": 1, "UUIDConverter": "00000000-0000-0000-0000-000000000000"}.get(kind, "sample")


def asks_for_sign_in(view):
    """As Django's LoginRequiredMiddleware decides."""
    return getattr(view, "login_required", True)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_address_asks_for_sign_in_unless_it_stands_on_the_list():
    found = {name for name, entry in patterns() if not asks_for_sign_in(entry.callback)}
    assert found == OPEN_TO_STRANGERS


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), own_views())
def test_every_view_of_ours_names_its_methods(client, sign_in, coordinator, name, address):
    sign_in(coordinator)
    response = client.generic("PROPFIND", address)
    assert response.status_code == 405
    allowed = {method.strip() for method in response["Allow"].split(",")}
    assert allowed <= {"GET", "HEAD", "POST"}
    for method in {"GET", "POST", "PUT", "DELETE", "OPTIONS"} - allowed:
        assert client.generic(method, address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), own_views())
def test_a_stranger_gets_in_only_where_the_list_says_so(client, name, address):
    response = client.get(address)
    is_open = name.split("/")[0] in OPEN_TO_STRANGERS
    led_to_sign_in = response.status_code == 302 and response.url.startswith("/account/login/?next=")
    assert led_to_sign_in is not is_open
