"""The applicant's status page, completing a returned application, and the office's pages of both, in a real browser."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as S
from apprentices.services.completion import return_application
from apprentices.services.eligibility import check_eligibility
from mobility.common import clock
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def application(office, apprentice_user, coordinator):
    round_ = factories.RoundFactory(office=office, decisions_by=factories.days(30), minimum_months_served=24)
    sent = factories.ApplicationFactory(round=round_, submitted=True, status=S.IN_REVIEW)
    sent.apprentice.user = apprentice_user
    sent.apprentice.save()
    sent.endorsements.create(
        name="Gunn Helen Strømsør",
        email="gunn@example.com",
        asked_at=clock.now() - datetime.timedelta(days=8),
    )
    check_eligibility(application=sent)
    return sent


def give_back(application, coordinator):
    return return_application(
        application=application,
        by=coordinator,
        fields=["birth_date", "guardian_name", "guardian_email", "motivation"],
        message="Fortell mer om hva du vil lære.",
        due_on=factories.days(7),
    )


def url(name, application):
    return reverse(f"apprentices:{name}", args=[application.pk])


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_the_applicants_pages(
    page, live_server, enter, speak, axe, told, language, application, apprentice_user, coordinator
):
    enter(apprentice_user)
    speak(language)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url + url("status", application))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert axe() == []
    give_back(application, coordinator)
    for name in ("status", "complete"):
        page.goto(live_server.url + url(name, application))
        assert (name, axe()) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#id_motivation", "")
    with page.expect_navigation():
        page.click("button[name=send]")
    assert page.locator("[data-error-summary]").count() == 1
    assert axe() == []
    assert told == []


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_the_offices_pages(
    page, live_server, enter, speak, axe, told, language, application, coordinator
):
    enter(coordinator)
    speak(language)
    for name in ("return_application", "make_exception"):
        page.goto(live_server.url + url(name, application))
        assert (name, axe()) == (name, [])
    page.goto(live_server.url + url("return_application", application))
    page.check("input[name=topics][value=motivation]")
    page.fill("#id_message", "Fortell mer.")
    page.fill("#id_due_on", f"{factories.days(7):%Y-%m-%d}")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    assert page.locator("button[name=send]").count() == 1
    assert axe() == []
    with page.expect_navigation():
        page.click("button[name=send]")
    assert axe() == []  # the case page with what was asked
    page.goto(live_server.url + url("close_completion", application))
    assert axe() == []
    assert told == []


def test_the_keyboard_alone_completes_a_returned_application(
    page, live_server, enter, application, apprentice_user, coordinator
):
    give_back(application, coordinator)
    enter(apprentice_user)
    page.goto(live_server.url + url("complete", application))
    page.focus("#id_motivation")
    page.keyboard.press("Control+A")
    page.keyboard.type("Jeg vil lære stell av demente.")
    page.focus("button[name=send]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    application.refresh_from_db()
    assert (application.status, application.motivation) == (S.IN_REVIEW, "Jeg vil lære stell av demente.")
