"""Public pages, own account, people, invitations and outbox in a browser: axe, width, keyboard."""

import datetime

import pytest
from django.urls import reverse

from mobility.accounts.enums import Role
from mobility.accounts.models import AccessLink, User
from mobility.accounts.services import memberships
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery Featherstonehaugh"


@pytest.fixture
def filled(office, coordinator, reviewer):
    """An office with rounds, people of long names, an open and a spent invitation, a mail that failed."""
    factories.RoundFactory(office=office, project=None, name=f"Utreise {LONG}")
    factories.RoundFactory(office=office, project=None, opens_at=clock.now() + datetime.timedelta(days=3))
    factories.OfficeFactory(name=f"Opplæringskontoret {LONG}")
    factories.PartnerFactory(office=office, name=LONG)
    factories.InstructorFactory(office=office, family_name=LONG)
    made = [
        memberships.invite(
            office=office, role=role, address=f"{role}.{LONG}@example.org".lower().replace(" ", "-")[:60] + ".example.org",
            given_name="Kari", family_name=LONG, language="nb", by=coordinator,
        )
        for role in (Role.HEAD, Role.ASSISTANT)
    ]  # fmt: skip
    AccessLink.objects.filter(object_id=made[1].membership.pk).update(used_at=clock.now())
    mail = OutboundMail.objects.first()
    OutboundMail.objects.filter(pk=mail.pk).update(
        state="failed", tries=8, last_error=f"SMTPServerDisconnected: {LONG}"
    )
    paths = ["/" + invited.url.split("/", 3)[3] for invited in made]
    return {"open": paths[0], "spent": paths[1], "mail": mail.pk, "end": reviewer.memberships.get().pk}


def for_everybody(filled, office):
    return [
        "/", office.get_absolute_url(), reverse("public:office_privacy", args=[office.slug]), "/privacy/",
        "/accessibility/", "/fault/", "/fault/thanks/", filled["open"], filled["spent"], "/calculator/",
        "/calculator/?origin=Hamar&venue=Lom&start=2026-08-31&end=2026-11-29&activity=long_term_learner&travel_days=2&year=2026",
        "/calculator/?origin=Hamar&venue=Nowhereatall&start=x&activity=long_term_learner&travel_days=9&year=2026",
    ]  # fmt: skip


def for_coordinators(filled):
    return [
        "/me/", "/people/", "/people/?role=reviewer", "/people/invite/", f"/people/{filled['end']}/end/",
        "/partners/invite/", "/instructors/invite/", "/mails/", "/mails/?state=sent", f"/mails/{filled['mail']}/", "/outbox/",
    ]  # fmt: skip


def check(page, address, axe, path):
    page.goto(address + path)
    assert (path, axe()) == (path, [])
    assert (path, page.locator("h1").count()) == (path, 1)
    assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
    return page.title()


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_and_every_page_has_its_own_title(
    page, live_server, speak, enter, axe, filled, office, coordinator, language
):
    speak(language)
    titles = [check(page, live_server.url, axe, path) for path in for_everybody(filled, office)]
    enter(coordinator)
    titles += [check(page, live_server.url, axe, path) for path in for_coordinators(filled)]
    assert len(titles) - len(set(titles)) == 2  # a list cut down by a filter keeps its title: people, outbox


def test_the_pages_fit_a_phone_in_the_dark(page, live_server, enter, axe, filled, office, coordinator):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    for path in for_everybody(filled, office):
        check(page, live_server.url, axe, path)
    enter(coordinator)
    for path in for_coordinators(filled):
        check(page, live_server.url, axe, path)


def has_error_summary(page):
    page.wait_for_function("document.activeElement.hasAttribute('data-error-summary')")
    return page.title().startswith("Error: ")


def test_forms_with_errors_take_the_focus_and_keep_what_was_typed(page, live_server, enter, axe, filled, coordinator):
    page.goto(live_server.url + "/fault/")
    page.fill("#id_page", "/o/intsek/")
    with page.expect_navigation():
        page.click("main button.u-btn--primary")
    assert has_error_summary(page)
    assert page.input_value("#id_page") == "/o/intsek/"
    assert axe() == []
    page.goto(live_server.url + filled["open"])
    with page.expect_navigation():
        page.click("main button.u-btn--primary")
    assert has_error_summary(page)
    assert axe() == []
    enter(coordinator)
    page.goto(live_server.url + "/people/invite/")
    page.fill("#id_given_name", LONG)
    with page.expect_navigation():
        page.click("#content-main button.u-btn--primary")
    assert has_error_summary(page)
    assert page.input_value("#id_given_name") == LONG
    assert axe() == []


def test_an_invitation_is_accepted_with_the_keyboard_alone(page, live_server, filled):
    page.goto(live_server.url + filled["open"])
    page.locator("#id_password1").focus()
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(factories.PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + "/admin/")
    assert User.objects.get(memberships__role=Role.HEAD).check_password(factories.PASSWORD)
