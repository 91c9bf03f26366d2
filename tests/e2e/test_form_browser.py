"""The form in a real browser: saving in between, questions that come up, ranking, two tabs, another device, the deadline."""

import datetime
import os
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from apprentices.models import Application
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"Saved \d\d:\d\d\.")
SHOTS = os.environ.get("SHOTS")


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def draft(office):
    """Complete but for the motivation, with a mailed link."""
    round_ = factories.RoundFactory(office=office, name="Høst 2027")
    return factories.ApplicationFactory(
        round=round_, email="ase@example.net", email_confirmed_at=clock.now(), saved_at=clock.now(), motivation="",
        second_country="IT", created_at=clock.now() - datetime.timedelta(days=1),
    )  # fmt: skip


def open_by_link(page, live_server, draft):
    """As on another device: the mailed link, then its button."""
    from apprentices.notifications.drafts import draft_code  # queues the mail with the link

    draft_code(draft)
    link = OutboundMail.objects.first().secrets[0].split("/", 3)[3]
    page.goto(f"{live_server.url}/{link}")
    with page.expect_navigation():
        page.click("main form button.u-btn--primary")


def step(page, live_server, draft, name):
    page.goto(live_server.url + reverse(f"apprentices:apply_{name}", args=[draft.round_id]))


def leave_the_tab(page):
    """The phone goes into the pocket: the page is hidden and saves."""
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )


def leave_and_save(page):
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        leave_the_tab(page)
    assert told.value.ok
    expect(page.locator("#saved")).to_contain_text(SAVED)


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_a_phone_saves_in_between_shows_questions_and_sends_once_before_the_deadline(
    page, context, live_server, draft, speak, axe, told
):
    speak("en")
    page.set_viewport_size({"width": 390, "height": 800})
    open_by_link(page, live_server, draft)
    assert page.url.endswith("/motivation/")
    page.fill("#id_motivation", "Jeg vil lære mer.")
    leave_and_save(page)
    draft.refresh_from_db()
    assert draft.motivation == "Jeg vil lære mer."
    assert "17 of 2000 characters" in page.inner_text("#step")
    shoot(page, "motivation-390")
    page.reload()
    assert page.input_value("#id_motivation") == "Jeg vil lære mer."

    step(page, live_server, draft, "person")
    assert page.is_hidden("#id_guardian_name")
    page.fill("#id_birth_date", factories.days(-17 * 365).isoformat())
    assert page.is_visible("#id_guardian_name")
    page.fill("#id_birth_date", draft.birth_date.isoformat())
    page.check("#id_has_protected_address")
    assert page.is_hidden("#id_address")
    page.uncheck("#id_has_protected_address")
    assert page.input_value("#id_address") == "Storgata 1"
    page.click("details.u-why summary >> nth=0")
    shoot(page, "person-390")
    assert (axe(), told) == ([], [])

    # no line: the page says so, keeps what was typed, and tries again
    context.set_offline(True)
    page.fill("#id_postal_place", "Gjøvik")
    leave_the_tab(page)
    expect(page.locator("#saved")).to_contain_text("no network")
    context.set_offline(False)
    leave_and_save(page)
    draft.refresh_from_db()
    assert draft.postal_place == "Gjøvik"

    step(page, live_server, draft, "check")
    shoot(page, "check-390")
    with page.expect_navigation():
        page.dblclick("button.u-btn--primary[form=step]")
    sent = Application.objects.get()
    assert sent.reference in page.inner_text("main")
    assert OutboundMail.objects.filter(template="apprentices/email/received").count() == 1
    page.go_back()
    assert sent.reference in page.inner_text("main")


def test_wishes_are_ranked_by_keyboard_and_by_dragging(page, live_server, draft, speak, axe, told):
    speak("en")
    page.set_viewport_size({"width": 390, "height": 800})
    open_by_link(page, live_server, draft)
    step(page, live_server, draft, "stay")
    values = "[...document.querySelectorAll('[data-rank] select')].map(each => each.value)"
    assert page.evaluate(values) == ["ES", "IT", ""]
    page.focus("[data-rank] li:nth-child(2) button >> nth=0")
    page.keyboard.press("Enter")
    assert page.evaluate(values) == ["IT", "ES", ""]
    assert page.inner_text("[data-rank-status]") == "Italy is now number 1"
    assert page.evaluate("document.activeElement.textContent") == "Move Italy up"
    page.keyboard.press("Enter")  # at the top: nothing moves
    assert page.evaluate(values) == ["IT", "ES", ""]
    shoot(page, "stay-390")
    grip = page.locator("[data-rank] li:nth-child(2) .u-rank__grip").bounding_box()
    first = page.locator("[data-rank] li:nth-child(1)").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, first["y"] + 10, steps=5)
    page.mouse.up()
    assert page.evaluate(values) == ["ES", "IT", ""]
    sizes = "[...document.querySelectorAll('[data-rank] button')].map(b => b.getBoundingClientRect()).every(r => r.width >= 24 && r.height >= 24)"
    assert page.evaluate(sizes)
    assert (axe(), told) == ([], [])
    page.set_viewport_size({"width": 1280, "height": 900})
    shoot(page, "stay-1280")


def test_two_tabs_do_not_overwrite_each_other(page, context, live_server, draft, speak):
    speak("en")
    open_by_link(page, live_server, draft)
    step(page, live_server, draft, "apprenticeship")
    other = context.new_page()
    step(other, live_server, draft, "apprenticeship")
    other.fill("#id_company_name", "Ny bedrift")
    with other.expect_navigation():
        other.click("button.u-btn--primary[form=step]")
    page.fill("#id_manager_name", "Ny leder")
    leave_the_tab(page)
    expect(page.locator("#saved")).to_contain_text("Changed meanwhile")
    draft.refresh_from_db()
    assert (draft.company_name, draft.manager_name) == ("Ny bedrift", "Ny leder")


def test_the_language_switch_saves_first(page, live_server, draft, speak):
    speak("en")
    open_by_link(page, live_server, draft)
    page.fill("#id_motivation", "Skrevet før byttet")
    with page.expect_navigation():
        page.click("form.u-lang button[value=sv]")
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.input_value("#id_motivation") == "Skrevet før byttet"


def test_before_there_is_a_draft_the_language_switch_keeps_what_was_typed(page, live_server, draft, speak):
    speak("en")
    step(page, live_server, draft, "contact")
    page.fill("#id_given_name", "Åse-Marie")
    page.check("#id_consent")
    with page.expect_navigation():
        page.click("form.u-lang button[value=nb]")
    assert page.locator("html").get_attribute("lang") == "nb"
    assert (page.input_value("#id_given_name"), page.is_checked("#id_consent")) == ("Åse-Marie", True)


def test_a_deadline_that_passes_keeps_the_draft_and_says_so(page, live_server, draft, speak):
    speak("en")
    open_by_link(page, live_server, draft)
    page.fill("#id_motivation", "Nesten ferdig")
    draft.round.closes_at = clock.now()
    draft.round.save()
    with page.expect_navigation():
        page.click("button.u-btn--primary[form=step]")
    page.wait_for_load_state()
    assert "Your draft was not sent. It is kept" in page.inner_text("main")
    draft.refresh_from_db()
    assert (draft.status, draft.motivation) == ("draft", "Nesten ferdig")
