"""A coordinator's morning at 1280 px with the keyboard alone, in four languages: from the workbench to published decisions."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application, CaseNote, CaseReading, Decision
from apprentices.services.casework import note_news
from mobility.accounts.models import User
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories
from tests.e2e.keyboard import LANGUAGES, OWN_BUTTON, Keyboard, link, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_ROUND = "Høst 2027, tre måneder i Danmark, Tyskland, Østerrike og Italia"


@pytest.fixture
def scene(office, coordinator):
    """A round that is nearly decided: one employer is silent, one case waits for a decision, a follow-up is due."""
    round_ = factories.RoundFactory(office=office, name=LONG_ROUND, places=5, owner=coordinator)
    factories.CriterionFactory(round=round_, weight=100)
    silent = factories.ApplicationFactory(
        round=round_, submitted=True, owner=coordinator, given_name="Ida", family_name="Myhre"
    )
    asked = clock.now() - datetime.timedelta(days=20)
    factories.EndorsementFactory(application=silent, name="Gunn Helen", asked_at=asked)
    ready = factories.ApplicationFactory(
        round=round_, submitted=True, status=A.IN_REVIEW, owner=coordinator, given_name="Nguyễn", family_name="Thị Mỹ",
        written_form="nn",
    )  # fmt: skip
    factories.EndorsementFactory(application=ready, answered="yes")
    for _ in range(2):
        factories.ReviewFactory(application=ready, marks=4)
    factories.CaseNoteFactory(application=silent, follow_up_for=coordinator, text="Ring Gunn Helen.")
    note_news(silent)
    return round_, silent, ready


def speaks(user, language):
    User.objects.filter(pk=user.pk).update(language=language)


@pytest.fixture
def keyboard(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    return Keyboard(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_morning_from_the_workbench_to_published_decisions_by_keyboard(
    page, live_server, enter, axe, told, coordinator, scene, keyboard, language
):
    round_, silent, ready = scene
    speaks(coordinator, language)
    enter(coordinator)

    def looks_right():
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert axe() == []

    page.goto(live_server.url + reverse("admin:index"))
    looks_right()
    assert said(language, "Come back to %(name)s", name="Ida Myhre") in page.locator("#content").inner_text()

    # the follow-up that is due, and what was agreed
    keyboard.press(f'a.u-tasks__what[href*="/{silent.pk}/change/"]')
    page.locator("form[data-mark-read]").wait_for(state="hidden")
    assert CaseReading.objects.filter(user=coordinator, application=silent).exclude(read_at=None).exists()
    looks_right()
    keyboard.press('form[action*="/done/"] button')
    assert CaseNote.objects.get().done_by == coordinator
    keyboard.go_to(".u-notes__new summary")
    page.keyboard.press("Enter")
    keyboard.write("#id_text", "Gunn Helen svarer i dag.")
    keyboard.press(f'form[action^="{reverse("apprentices:add_note", args=[silent.pk])}"] button')
    assert CaseNote.objects.count() == 2

    # what is missing, and whose turn it is: the employer, who is reminded after the mail was read
    keyboard.press("#header a, #site-name a")
    keyboard.press(link("apprentices:completeness"))
    assert "Ida Myhre" in page.locator("#content").inner_text()
    looks_right()
    keyboard.press("#header a, #site-name a")
    keyboard.press(link("reporting:turns"))
    looks_right()
    keyboard.press('a[href*="/turns/endorsement/"]')
    looks_right()
    keyboard.press(OWN_BUTTON)
    assert OutboundMail.objects.filter(template="apprentices/email/endorsement_reminder").count() == 1

    # the pipeline, and from its figure to the case that waits for a decision
    page.goto(live_server.url + reverse("admin:index"))
    keyboard.press(link("reporting:pipeline"))
    looks_right()
    keyboard.press('.u-bands a[href*="status__exact=in_review"]')
    keyboard.press(f'#result_list a[href*="/{ready.pk}/change/"]')
    in_list = said(language, "%(place)s of %(total)s", place=1, total=1)
    assert in_list in page.locator(".u-caseline").inner_text()

    # an offer, looked at, and published
    keyboard.press('a[href*="result=offer"]')
    looks_right()
    keyboard.press(OWN_BUTTON)
    assert Decision.objects.pending().get().application == ready
    page.goto(live_server.url + reverse("admin:apprentices_application_change", args=[ready.pk]))
    keyboard.press(link("apprentices:publish", round_.pk))
    looks_right()
    keyboard.press(OWN_BUTTON)
    assert Application.objects.get(pk=ready.pk).status == A.OFFERED
    assert OutboundMail.objects.get(template="apprentices/email/decision").language == "nn"
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_beside_the_way(
    page, live_server, enter, axe, told, coordinator, scene, language
):
    _round, silent, _ready = scene
    speaks(coordinator, language)
    enter(coordinator)
    page.set_viewport_size({"width": 1280, "height": 900})
    pages = {
        "case": reverse("admin:apprentices_application_change", args=[silent.pk]) + "?in=completeness",
        "note": reverse("apprentices:add_note", args=[silent.pk]),
        "officer": f"{reverse('apprentices:give_cases')}?application={silent.pk}",
        "duties": reverse("apprentices:hand_over"),
    }
    titles = set()
    for name, path in pages.items():
        page.goto(live_server.url + path)
        assert page.locator("html").get_attribute("lang") == language
        assert (name, page.locator("h1").count()) == (name, 1)
        assert (name, axe()) == (name, [])
        titles.add(page.title())
    assert (len(titles), told) == (len(pages), [])


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_the_day_fit_in_the_dark_too(page, live_server, enter, axe, coordinator, scene, width):
    _round, silent, _ready = scene
    enter(coordinator)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        reverse("reporting:turns"),
        reverse("reporting:pipeline"),
        reverse("apprentices:completeness"),
        reverse("apprentices:hand_over"),
        reverse("admin:apprentices_application_change", args=[silent.pk]) + "?in=completeness",
    ):
        page.goto(live_server.url + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
        assert (path, axe()) == (path, [])
