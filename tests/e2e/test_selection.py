"""The coordinator's and the reviewers' steps of the selection in a browser, and axe on each of their pages."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, EndorsementAnswer, RoundStatus
from apprentices.models import Decision, Endorsement, Review, Round
from apprentices.services.decisions import decide
from apprentices.services.rounds import add_standard_criteria
from mobility.accounts.enums import Role
from mobility.accounts.models import User
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Wolfeschlegelsteinhausenbergerdorff-Øygårdstrøm Żółć"


@pytest.fixture
def reviewers(office):
    names = (("Espen", "Strand"), ("Siri", LONG))
    return [factories.member(Role.REVIEWER, office, given_name=given, family_name=family) for given, family in names]


@pytest.fixture
def scene(office, coordinator, reviewers):
    """An opened round with applications in every state that the pages show, one with a very long name."""
    round_ = factories.RoundFactory(office=office, places=2, name="Høst 2027", prepared=True)
    add_standard_criteria(round=round_)
    Round.objects.filter(pk=round_.pk).update(status=RoundStatus.OPEN)
    round_.refresh_from_db()
    trade = factories.TradeFactory()
    made = []
    for number, (status, marks) in enumerate(
        [("submitted", ()), ("in_review", (5, 4)), ("in_review", (4, 4)), ("in_review", (4, 4)), ("in_review", (2,))]
    ):
        application = factories.ApplicationFactory(
            round=round_,
            submitted=True,
            status=status,
            trade=trade,
            family_name=LONG if number == 1 else f"Øygården {number}",
            written_form=("nb", "nn", "sv", "en", "nb")[number],
            second_country="IT",
        )
        Endorsement.objects.create(
            application=application,
            name="Gunn Helen Strømsør",
            email="gunn@example.com",
            answer=EndorsementAnswer.YES if marks else EndorsementAnswer.WAITING,
            asked_at=clock.now() - datetime.timedelta(days=16),
            answered_at=clock.now() if marks else None,
            wages="full" if marks else "",
            opinion="Åse-Marie er klar for dette." if marks else "",
        )
        people = [*reviewers][: len(marks)]
        for person, mark in zip(people, marks, strict=True):
            factories.ReviewFactory(application=application, reviewer=person, marks=mark)
        if len(marks) == 1:
            factories.ReviewFactory(application=application, reviewer=reviewers[1])
        made.append(application)
    decide(round=round_, applications=made[1:2], result="offer", by=coordinator)
    decide(
        round=round_,
        applications=made[4:],
        result="rejection",
        criterion=round_.criteria.first(),
        reasons="Du skriver lite om hvorfor du vil reise.",
        by=coordinator,
    )
    prepared = factories.RoundFactory(office=office, prepared=True, name="Vår 2028")
    add_standard_criteria(round=prepared)
    factories.ContractFactory(apprentice=made[1].apprentice, company__office=office)
    return round_, made


def office_pages(scene):
    round_, made = scene
    person = made[1].apprentice
    return {
        "applications": reverse("admin:apprentices_application_changelist"),
        "nothing-found": reverse("admin:apprentices_application_changelist") + "?q=nobody",
        "case": reverse("admin:apprentices_application_change", args=[made[1].pk]),
        "case-new": reverse("admin:apprentices_application_change", args=[made[0].pk]),
        "history": reverse("admin:apprentices_application_history", args=[made[1].pk]),
        "rounds": reverse("admin:apprentices_round_changelist"),
        "round": reverse("admin:apprentices_round_change", args=[round_.pk]),
        "round-prepared": reverse("admin:apprentices_round_change", args=[Round.objects.get(name="Vår 2028").pk]),
        "round-open": reverse("apprentices:open_round", args=[Round.objects.get(name="Vår 2028").pk]),
        "round-new": reverse("admin:apprentices_round_add"),
        "assign": reverse("apprentices:assign_reviewers", args=[round_.pk]) + f"?application={made[0].pk}",
        "ranking": reverse("apprentices:ranking", args=[round_.pk]),
        "decide": reverse("apprentices:decide", args=[round_.pk]) + f"?application={made[2].pk}&result=rejection",
        "publish": reverse("apprentices:publish", args=[round_.pk]),
        "apprentices": reverse("admin:apprentices_apprentice_changelist"),
        "apprentice": reverse("admin:apprentices_apprentice_change", args=[person.pk]),
        "companies": reverse("admin:apprentices_trainingcompany_changelist"),
        "company-new": reverse("admin:apprentices_trainingcompany_add"),
        "training-office-new": reverse("admin:apprentices_trainingoffice_add"),
        "managers": reverse("admin:apprentices_trainingmanager_changelist"),
        "instructor-new": reverse("admin:apprentices_instructor_add"),
        "trades": reverse("admin:apprentices_trade_changelist"),
    }


def reviewer_pages(scene):
    review = Review.objects.filter(given_at=None).get()
    return {
        "reviews": reverse("apprentices:reviews"),
        "sheet": reverse("apprentices:review", args=[review.pk]),
    }


def speaks(user, language):
    User.objects.filter(pk=user.pk).update(language=language)


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_the_pages_of_selection(
    page, live_server, enter, axe, told, coordinator, reviewers, scene, language
):
    for user, pages in ((coordinator, office_pages(scene)), (reviewers[1], reviewer_pages(scene))):
        speaks(user, language)
        enter(user)
        titles = {}
        for name, path in pages.items():
            page.goto(live_server.url + path)
            assert page.locator("html").get_attribute("lang") == language
            assert (name, page.locator("h1").count()) == (name, 1)
            titles[page.title()] = name
            assert (name, axe()) == (name, [])
            assert (name, told) == (name, [])
        assert len(titles) == len(pages)


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_pages_with_errors(page, live_server, enter, axe, coordinator, reviewers, scene, language):
    tries = {
        coordinator: ["round-new", "decide", "company-new"],
        reviewers[1]: ["sheet"],
    }
    for user, names in tries.items():
        speaks(user, language)
        enter(user)
        pages = office_pages(scene) | reviewer_pages(scene)
        for name in names:
            page.goto(live_server.url + pages[name])
            with page.expect_navigation():
                page.locator("#content form[method=post] [type=submit]").first.click()
            assert (name, page.evaluate("document.activeElement.hasAttribute('data-error-summary')")) == (name, True)
            assert (name, page.title().split(":")[0] in {"Error", "Feil", "Fel"}) == (name, True)
            assert (name, axe()) == (name, [])


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_selection_fit_in_the_dark_too(page, live_server, enter, axe, coordinator, reviewers, scene, width):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 900})
    for user, pages in ((coordinator, office_pages(scene)), (reviewers[1], reviewer_pages(scene))):
        enter(user)
        for name, path in pages.items():
            page.goto(live_server.url + path)
            assert (name, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (name, True)
            assert width > 390 or (name, axe()) == (name, [])  # colours are the same at every width


def test_on_a_phone_every_row_of_a_list_can_be_ticked_at_once(page, live_server, enter, coordinator, scene):
    _round, made = scene
    enter(coordinator)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("admin:apprentices_application_changelist"))
    page.check("#action-toggle", timeout=5000)  # refused while something lies above it
    assert page.locator(".action-select:checked").count() == len(made)
    heads = page.locator("#result_list thead a")
    assert [head.is_visible() for head in heads.all()] == [False] * heads.count()  # none has the focus unseen


def test_a_coordinator_takes_a_round_from_its_first_line_to_the_letters(
    page, live_server, enter, coordinator, reviewers, office
):
    speaks(coordinator, "en")
    enter(coordinator)
    page.goto(live_server.url + reverse("admin:apprentices_round_add"))
    now = clock.now().astimezone(office.tz)
    fields = {
        "name": "Høst 2027",
        "places": "1",
        "opens_at": (now - datetime.timedelta(days=1)).strftime("%Y-%m-%dT09:00"),
        "closes_at": (now + datetime.timedelta(days=20)).strftime("%Y-%m-%dT12:00"),
        "departs_from": factories.days(100).isoformat(),
        "departs_to": factories.days(107).isoformat(),
        "returns_from": factories.days(190).isoformat(),
        "returns_to": factories.days(200).isoformat(),
        "answer_by": factories.days(50).isoformat(),
    }
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    press(page, "[name=_save]")
    round_ = Round.objects.get()
    press(page, "text=Open the round …")
    press(page, "#content form button[type=submit]")
    assert page.locator(".u-msg--ok").inner_text() == "The round Høst 2027 is open."

    applications = [
        factories.ApplicationFactory(round=round_, submitted=True, written_form=form) for form in ("nn", "sv")
    ]
    page.goto(live_server.url + reverse("admin:apprentices_application_changelist"))
    page.check("#action-toggle")
    page.select_option("select[name=action]", "choose_reviewers")
    press(page, "button[name=index]")
    for box in page.locator("[name=reviewers]").all():
        box.check()
    press(page, "#content form button[type=submit]")
    assert Review.objects.count() == 4

    for person, mark in zip(reviewers, ("4", "5"), strict=True):
        speaks(person, "en")
        enter(person)
        for application in applications:
            page.goto(live_server.url + reverse("apprentices:reviews"))
            press(page, f"text={application.full_name}")
            for group in page.locator("#content form fieldset fieldset").all() or []:
                group.locator(f"input[value='{mark}']").focus()
                page.keyboard.press("Space")
            press(page, "#content form button[type=submit]")
    assert Review.objects.exclude(given_at=None).count() == 4

    enter(coordinator)
    page.goto(live_server.url + reverse("apprentices:ranking", args=[round_.pk]))
    choose(page, applications[0], "offer")
    press(page, "#content form button[type=submit]")
    choose(page, applications[1], "rejection")
    page.select_option("#id_criterion", index=1)
    page.fill("#id_reasons", "Andra hade högre poäng.")
    press(page, "#content form button[type=submit]")
    assert Decision.objects.pending().count() == 2
    press(page, "text=Preview and publish")
    assert page.locator("#letters ~ table tbody th[scope=row]").count() == 2
    press(page, "#content form button.u-btn--primary")
    for application in applications:
        application.refresh_from_db()
    assert [each.status for each in applications] == [ApplicationStatus.OFFERED, ApplicationStatus.REJECTED]
    letters = OutboundMail.objects.filter(template="apprentices/email/decision").order_by("pk")
    assert [(mail.to_address, mail.language, mail.attachments.count()) for mail in letters] == [
        (each.email, each.written_form, 1) for each in applications
    ]


def press(page, where):
    with page.expect_navigation():
        page.locator(where).first.click()


def choose(page, application, result):
    page.check(f"#tick-{application.pk}")
    press(page, f"button[value={result}]")
