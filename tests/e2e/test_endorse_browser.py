"""Those who are asked, in a browser: through the gate with a code, the three forms with errors, thanks, by keyboard."""

import pytest
from django.core.cache import cache

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from tests import factories
from tests.gate import mailed_code, path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_NAME = "Aleksandra-Wilhelmina Konstantinopolitańczykowska"


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def link_for(live_server, office):
    """``link_for(kind)``: where the mail to somebody of this kind leads, for one under-age applicant."""
    office.emergency_phone = "+4799990999"
    office.save()
    application = factories.ApplicationFactory(
        round__office=office, submitted=True, given_name=LONG_NAME, birth_date=factories.days(-6300)
    )

    def _link_for(kind):
        endorsement = factories.EndorsementFactory(application=application, kind=kind, name="Kari Nordmann")
        made = links.create(
            purpose=LinkPurpose.ENDORSE,
            object_id=endorsement.pk,
            office=office,
            address=endorsement.email,
            language="en",
            name=endorsement.name,
        )
        return live_server.url + path_of(made)

    return _link_for


def fits(page):
    """Nothing sticks out at the side."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_from_the_gate_to_the_thanks(page, link_for, speak, axe, told, language):
    speak(language)
    page.set_viewport_size({"width": 390, "height": 800})

    def look(where):
        assert (where, axe(), fits(page), told, page.locator("h1").count()) == (where, [], True, [], 1)
        return page.title()

    titles = set()
    for kind in ("employer", "training_office", "guardian"):
        page.goto(link_for(kind))
        titles.add(look("gate"))
        page.click("button[value=ask]")
        page.wait_for_selector("#id_code")
        titles.add(look("code"))
        page.click("button[value=try]")
        page.wait_for_selector(".u-errors")
        look("code with an error")
        page.fill("#id_code", mailed_code())
        page.click("button[value=try]")
        page.wait_for_selector("#id_answer_0")
        titles.add(look(kind))
        page.fill("#id_name", "")
        page.click("main form button[type=submit]")
        page.wait_for_selector(".u-errors")
        look(f"{kind} with errors")
        page.set_viewport_size({"width": 1280, "height": 900})
        look(f"{kind} with errors, wide")
        page.set_viewport_size({"width": 390, "height": 800})
        page.check("#id_answer_0")
        if kind == "employer":
            page.check("#id_wages_0")
        page.fill("#id_name", "Kari Nordmann")
        page.click("main form button[type=submit]")
        page.wait_for_url("**/thanks/")
        titles.add(look("thanks"))
    assert len(titles) == 6  # the gate twice, the three forms, thanks: no two alike


def test_a_guardian_answers_with_the_keyboard_alone(page, link_for):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(link_for("guardian"))
    page.locator("button[value=ask]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_code")
    page.locator("#id_code").focus()
    page.keyboard.type(mailed_code())
    page.keyboard.press("Enter")  # from the field: the code is tried, no new one is mailed
    page.wait_for_selector("#id_answer_0")
    page.locator("#id_answer_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("99990112")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    assert "You consented to the stay" in page.inner_text("main")
