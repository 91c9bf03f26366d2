"""Visits, arrival, weekly log, evaluation, closing and the workbench, seen by a browser in four languages."""

import datetime

import pytest
from django.urls import reverse

from apprentices.models import Decision, Endorsement, Review, ReviewMark
from mobility.common import clock
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as S
from placements.models import CriterionOutcome, Visit, WeeklyLog
from placements.services.evaluations import ask_for_evaluations
from placements.services.visits import book_visit
from tests import factories
from tests.factories import days

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["nb", "nn", "sv", "en"]
WIDTHS = [390, 1280]
LONG = "Þórðardóttir-Sáŋŋá von und zu Öffentlichkeitsbeauftragtenverband"
LONG_HOST = "Seniorenresidenz-und-Pflegeheimbetriebsgesellschaft am Rummelsburger See mbH & Co. KG"


def at(name, *args):
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def world(office, coordinator, reviewer, apprentice_user, instructor_user, partner_access):
    """Stays in the states that the pages show, at a host and for a person with long names."""
    office.emergency_phone = "+47 99 99 00 99"
    office.save()
    partner = partner_access.partner
    partner.phone = "+34 600 000 001"
    partner.save()
    company = factories.HostCompanyFactory(partner=partner, name=LONG_HOST, contact_phone="+34 611 000 000")
    round_ = factories.RoundFactory(office=office, answer_by=days(4))
    criteria = [
        factories.CriterionFactory(round=round_, position=n, name_nb=nb, name_en=en)
        for n, (nb, en) in enumerate((("Refleksjon over egen opplæring", "Reflects on own training"), ("Modenhet", "")))
    ]
    instructor = factories.InstructorFactory(office=office, user=instructor_user, family_name=LONG)

    def stay(status, starts, ends, **facts):
        application = factories.ApplicationFactory(
            round=round_, submitted=True, status="accepted", family_name=LONG, phone="+4799990109"
        )
        apprentice = application.apprentice
        apprentice.user, apprentice.phone = apprentice_user, "+4799990109"
        apprentice.save()
        factories.ContractFactory(apprentice=apprentice, instructor=instructor)
        review = Review.objects.create(
            application=application, reviewer=reviewer, assigned_at=clock.now(), given_at=clock.now(), total=400
        )
        ReviewMark.objects.create(review=review, criterion=criteria[0], mark=4)
        return factories.PlacementFactory(
            office=office, apprentice=apprentice, application=application, partner=partner, host_company=company,
            status=status, starts_on=days(starts), ends_on=None if ends is None else days(ends), **facts,
        )  # fmt: skip

    out = stay(S.ABROAD, -20, 60, arrived_on=days(-20), lodging="Calle Feria 3, 41003 Sevilla")
    home = stay(S.RETURNED, -90, -2, arrived_on=days(-90), returned_on=days(-1))
    done = stay(S.EVALUATED, -90, -2, arrived_on=days(-90), returned_on=days(-1))
    late = stay(S.READY, -2, 80)
    stay(S.ABROAD, -80, -3, arrived_on=days(-80))
    stay(S.ABROAD, -20, None, arrived_on=days(-20))
    stay(S.CONFIRMED, 20, 110)
    stay(S.PROPOSED, 60, 150)
    stay(S.HOST_FOUND, 60, 150)
    CriterionOutcome.objects.create(
        placement=done, criterion=criteria[0], mark_at_selection=4, mark_at_end=5, assessed_at=clock.now()
    )
    free, taken = (factories.VisitDayFactory(partner=partner, on=days(offset)) for offset in (10, 12))
    visit = book_visit(placement=out, visit_day=taken, instructor=instructor, by=instructor_user)
    for week, (mood, call) in enumerate(((2, True), (5, False))):
        WeeklyLog.objects.create(
            placement=out, week_starts_on=days(-21 + 7 * week), days_present=4, mood=mood, wants_call=call,
            text="Jeg lærte å legge flis.\nSpråket går bedre.",
        )  # fmt: skip
    waiting = factories.ApplicationFactory(round=round_, submitted=True, status="in_review", family_name=LONG)
    Review.objects.create(application=waiting, reviewer=reviewer, assigned_at=clock.now())
    Endorsement.objects.create(
        application=waiting, name="Gunn", email="g@example.com", asked_at=clock.now() - datetime.timedelta(days=20)
    )
    offered = factories.ApplicationFactory(round=round_, submitted=True, status="offered", family_name=LONG)
    Decision.objects.create(
        application=offered, result="offer", decided_at=clock.now(), decided_by=coordinator, published_at=clock.now(),
        published_by=coordinator, answer_by=days(4),
    )  # fmt: skip
    ask_for_evaluations(placement=home)
    return {"out": out, "home": home, "done": done, "late": late, "free": free, "visit": visit}


def evaluation_address(party):
    return "/" + OutboundMail.objects.get(template=f"placements/email/evaluate_{party}").secrets[0].split("/", 3)[3]


@pytest.fixture
def look(page, live_server, axe, told):
    """``look(path)`` opens a page at both widths: axe and the browser have nothing to say, and nothing sticks out."""

    def _check(path):
        complaints = [line for line in told if "the server responded with a status of 4" not in line]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert (path, complaints, axe()) == (path, [], [])

    def _look(path):
        response = page.goto(live_server.url + path)
        assert (path, response.status) == (path, 200)
        _check(path)

    _look.check = _check
    return _look


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_offices_pages(enter, speak, look, coordinator, world, language):
    enter(coordinator)
    speak(language)
    look(reverse("admin:index"))
    look(at("who_is_abroad"))
    look(at("who_is_abroad") + f"?on={days(30).isoformat()}")
    look(at("who_is_abroad") + "?on=x")
    look(at("confirm_arrival", world["late"].pk))
    look(at("confirm_return", world["out"].pk))
    look(at("outcomes", world["home"].pk))
    look(at("outcomes", world["done"].pk))
    look(at("close_placement", world["done"].pk))
    look(at("book_visit", world["out"].pk) + f"?day={world['free'].pk}")
    look(at("cancel_visit", world["visit"].pk))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_instructor_apprentice_and_partner(
    page, live_server, context, enter, speak, look, world, instructor_user, apprentice_user, partner_user, language
):
    enter(instructor_user)
    speak(language)
    look(at("visits"))
    look(at("book_visit", world["out"].pk))
    look(at("book_visit", world["out"].pk) + f"?day={world['free'].pk}")
    enter(partner_user)
    look(at("confirm_arrival", world["late"].pk))
    enter(apprentice_user)
    look(at("weekly_log", world["out"].pk))
    with page.expect_navigation():
        page.click("main form.u-card button[type=submit]")
    assert page.locator("[data-error-summary]").count() == 1
    look.check("weekly log with errors")
    context.clear_cookies()
    speak(language)
    for party in ("apprentice", "partner"):
        look(evaluation_address(party))
        with page.expect_navigation():
            page.click("main form.u-card button[type=submit]")
        assert page.locator("[data-error-summary]").count() == 1
        look.check(f"evaluation by {party} with errors")
    look(at("evaluated"))


def test_a_visit_is_booked_with_the_keyboard_alone(page, live_server, enter, instructor_user, world):
    enter(instructor_user)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(live_server.url + at("book_visit", world["out"].pk))
    page.locator(".u-cal button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".u-cal button[aria-pressed=true]").count() == 1
    page.locator("#trip button[type=submit]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == live_server.url + at("visits")
    assert Visit.objects.booked().filter(slot__visit_day=world["free"]).count() == 1


def test_a_visit_is_booked_on_a_phone_without_script(browser, live_server, world, instructor_user, context, enter):
    enter(instructor_user)
    phone = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    phone.add_cookies(context.cookies())
    page = phone.new_page()
    page.goto(live_server.url + at("book_visit", world["out"].pk))
    with page.expect_navigation():
        page.locator(".u-daylist button").first.click()
    with page.expect_navigation():
        page.locator("#trip button[type=submit]").click()
    assert page.url == live_server.url + at("visits")
    phone.close()
    assert Visit.objects.booked().filter(slot__visit_day=world["free"]).count() == 1


def test_the_weekly_log_is_written_on_a_phone(page, live_server, enter, apprentice_user, world):
    enter(apprentice_user)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url + at("weekly_log", world["out"].pk))
    page.fill("#id_text", "Vi bygde en vegg.")
    with page.expect_navigation():
        page.click("main form.u-card button[type=submit]")
    assert page.title().startswith(("Error:", "Feil:"))
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert page.input_value("#id_text") == "Vi bygde en vegg."
    page.select_option("#id_days_present", "5")
    page.check("#id_mood_0")
    with page.expect_navigation():
        page.click("main form.u-card button[type=submit]")
    assert page.locator("[role=status]").count() >= 1
    assert WeeklyLog.objects.filter(text="Vi bygde en vegg.", mood=5, days_present=5).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_workbench_in_light_and_dark(page, enter, look, coordinator, world, scheme):
    page.emulate_media(color_scheme=scheme)
    enter(coordinator)
    look(reverse("admin:index"))
    look(at("who_is_abroad"))


def test_paper_leaves_out_menu_and_buttons(page, live_server, enter, coordinator, world):
    enter(coordinator)
    page.goto(live_server.url + at("who_is_abroad"))
    assert page.locator(".u-side").is_visible()
    page.emulate_media(media="print")
    for away in (".u-side", ".u-noprint >> nth=0", "#header"):
        assert not page.locator(away).is_visible(), away
    assert page.locator("table").first.is_visible()
