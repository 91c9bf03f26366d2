"""The frame, sign-in, refusals and the stock parts of the workbench, seen by a browser."""

import pytest
from django.urls import reverse

from mobility.accounts.models import User
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ["/", "/account/login/", "/account/login/code/", "/account/password/reset/", "/no/such/page/"]
WIDTHS = [390, 1280]


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_pages_for_everybody(page, live_server, speak, axe, told, language):
    speak(language)
    for path in PUBLIC:
        page.goto(live_server.url + path)
        assert page.locator("html").get_attribute("lang") == language
        complaints = [line for line in told if "404" not in line]
        assert (path, complaints) == (path, [])
        assert (path, axe()) == (path, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_sign_in_gives_the_summary_the_focus_and_fits(page, live_server, axe, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + reverse("account_login"))
    page.fill("#id_login", "nobody@example.org")
    page.fill("#id_password", "wrong")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert page.input_value("#id_login") == "nobody@example.org"
    assert axe() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_link_of_the_summary_moves_the_focus_to_its_field(page, live_server):
    page.goto(live_server.url + reverse("account_login"))
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.wait_for_function("document.activeElement.hasAttribute('data-error-summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page, live_server):
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "u-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_is_switched_by_keyboard_on_the_same_page(page, live_server):
    page.goto(live_server.url + reverse("account_login"))
    page.locator(".u-lang button[value=sv]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == live_server.url + reverse("account_login")
    assert page.locator("html").get_attribute("lang") == "sv"


def test_the_menu_of_the_phone_opens_by_keyboard(page, live_server, enter, apprentice_user):
    enter(apprentice_user)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url + reverse("accounts:profile"))
    page.locator(".u-menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".u-menu a[aria-current=page]").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_account_pages_of_somebody_signed_in(page, live_server, enter, axe, told, coordinator, width):
    enter(coordinator)
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("accounts:profile", "account_email", "account_logout", "account_reauthenticate", "mfa_index"):
        page.goto(live_server.url + reverse(name))
        assert (name, told, axe()) == (name, [], [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.fixture
def busy_coordinator(coordinator, office):
    """Somebody with two offices, a long name, and projects to look at."""
    User.objects.filter(pk=coordinator.pk).update(given_name="Ragnhild-Alexandra Þórunn " + "lang" * 10)
    factories.MembershipFactory(user=coordinator)
    factories.ProjectFactory.create_batch(3, office=office)
    return coordinator


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_stock_lists_and_forms_of_the_workbench(
    page, live_server, enter, axe, told, busy_coordinator, width, scheme
):
    enter(busy_coordinator)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for path in (
        reverse("admin:grants_project_changelist"),
        reverse("admin:grants_project_changelist") + "?q=none",
        reverse("admin:grants_project_add"),
    ):
        page.goto(live_server.url + path)
        page.wait_for_load_state()
        assert (path, told, axe()) == (path, [], [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_refused_form_of_the_workbench_has_the_summary_too(page, live_server, enter, axe, told, busy_coordinator):
    enter(busy_coordinator)
    page.goto(live_server.url + reverse("admin:grants_project_add"))
    with page.expect_navigation():
        page.click("input[name=_save]")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert (told, axe()) == ([], [])


def test_the_office_is_chosen_in_the_head_of_the_workbench(page, live_server, enter, busy_coordinator):
    enter(busy_coordinator)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(live_server.url + reverse("admin:index"))
    other = next(o for o in busy_coordinator.offices_to_choose if o != busy_coordinator.working_office)
    page.click(".u-pick summary")
    with page.expect_navigation():
        page.click(f".u-pick__body button[value='{other.pk}']")
    assert other.name in page.locator(".u-pick summary").inner_text()
