"""The calculator, rate tables, real costs, limits and the effect before saving, in a browser: axe in four languages, width, keyboard."""

import pytest
from django.urls import reverse

from placements.enums import PlacementStatus
from placements.models import Placement
from placements.services.grants import price_placement
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "?origin=Hamar&venue=Sevilla&start=2026-08-31&end=2026-11-25&activity=short_term_learner&travel_days=2&rate=&year=2026"
LONG = "Visum, opphaldsløyve og legeattest for heile opphaldet"


@pytest.fixture
def stay(office, coordinator):
    """A confirmed stay with a price, an own rate table and a cost that waits."""
    office.postal_place = "Hamar"
    office.save()
    project = factories.BaseRateFactory(project__office=office).project
    project.rate_copy = factories.rate_copy(office, by=coordinator)
    project.save()
    application = factories.ApplicationFactory(
        round__office=office, round__project=project, submitted=True, status="accepted"
    )
    partner = factories.PartnerFactory(office=office)
    stay = factories.PlacementFactory(
        office=office, project=project, application=application, apprentice=application.apprentice,
        partner=partner, host_company=factories.HostCompanyFactory(partner=partner), status=PlacementStatus.CONFIRMED,
    )  # fmt: skip
    price_placement(placement=stay, by=coordinator)
    factories.RealCostFactory(placement=stay, what_for=LONG)
    factories.OpeningFactory(partner=factories.PartnerFactory(office=office, country="DK", city="Aarhus"))
    return stay


def addresses(stay):
    copy = stay.project.rate_copy
    return [
        reverse("grants:calculator") + ASKED,
        reverse("grants:rates"),
        reverse("grants:rate_table", args=[2026]),
        copy.get_absolute_url(),
        reverse("grants:copy_rates", args=[2025]),
        reverse("grants:import_rates"),
        reverse("grants:rate_figure", args=[copy.figures.first().pk]),
        reverse("reporting:checks", args=[stay.project_id]),
        reverse("placements:grant", args=[stay.pk]),
        reverse("placements:real_cost", args=[stay.pk]),
        reverse("placements:change", args=[stay.pk]),
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_every_page_is_accessible(page, live_server, enter, speak, axe, told, stay, coordinator, language):
    enter(coordinator)
    speak(language)
    titles = set()
    for path in addresses(stay):
        page.goto(live_server.url + path)
        assert (path, axe()) == (path, [])
        assert (path, page.locator("h1").count()) == (path, 1)
        titles.add(page.title())
    assert len(titles) == len(addresses(stay))
    assert told == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_window(page, live_server, enter, stay, coordinator, width):
    enter(coordinator)
    page.set_viewport_size({"width": width, "height": 800})
    for path in addresses(stay):
        page.goto(live_server.url + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth") <= width) == (path, True)


def test_the_effect_is_seen_and_confirmed_with_the_keyboard_alone(page, live_server, enter, axe, stay, coordinator):
    enter(coordinator)
    page.goto(live_server.url + reverse("placements:change", args=[stay.pk]))
    end = stay.ends_on.replace(day=1).isoformat()
    page.get_by_label("Last day").focus()
    page.get_by_label("Last day").fill(end)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=What changes")
    assert axe() == []
    for _tab in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Change the stay":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{stay.get_absolute_url()}")
    assert Placement.objects.get(pk=stay.pk).ends_on.isoformat() == end


def test_the_calculator_answers_the_keyboard_and_its_link_keeps_the_answer(page, live_server, axe, told):
    page.goto(live_server.url + reverse("grants:calculator"))
    answers = {"origin": "Hamar", "venue": "Sevilla", "start": "2026-08-31", "end": "2026-12-06"}
    for name, value in answers.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=venue]").press("Enter")
    page.wait_for_selector("#result")
    words = page.locator("#result").inner_text()
    assert axe() == []
    page.goto(page.url)
    assert page.locator("#result").inner_text() == words
    assert told == []
