"""A reviewer's hour in four languages: from the mail to the last sheet by keyboard; axe there and on the pages beside it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apprentices.enums import ApplicationStatus, RoundStatus
from apprentices.models import Conflict, Review, Round
from apprentices.services.assigning import assign_reviewers
from apprentices.services.interviews import pick_time
from apprentices.services.reviews import give_review
from apprentices.services.rounds import add_standard_criteria
from mobility.accounts.enums import Role
from mobility.accounts.models import User
from mobility.common.models import OutboundMail
from tests import factories
from tests.e2e.keyboard import LANGUAGES, OWN_BUTTON, Keyboard, link, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(office):
    """Three reviewers, so that one of them can step in."""
    return [
        factories.member(Role.REVIEWER, office, given_name=name, family_name=family, email=f"{name}@intsek.example.org")
        for name, family in (("espen", "Grotli"), ("siri", "Vangen"), ("jakob", "Stordal"))
    ]


@pytest.fixture
def round_(office):
    found = factories.RoundFactory(office=office, places=2, name="Høst 2027", prepared=True)
    add_standard_criteria(round=found)
    Round.objects.filter(pk=found.pk).update(status=RoundStatus.OPEN)
    found.refresh_from_db()
    return found


@pytest.fixture
def shared(round_, people, coordinator):
    """Six applications, two readers each: four sheets for everybody."""
    applications = [
        factories.ApplicationFactory(round=round_, submitted=True, family_name=f"Øygården-{letter}", trade=None)
        for letter in "ABCDEF"
    ]
    assign_reviewers(applications=applications, reviewers=people, by=coordinator)
    return applications


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewers_hour_by_keyboard_alone(page, live_server, enter, axe, told, people, round_, shared, language):
    page.set_viewport_size({"width": 1280, "height": 900})
    keyboard = Keyboard(page)
    siri = people[1]
    User.objects.filter(pk=siri.pk).update(language=language)
    enter(siri)
    mail = OutboundMail.objects.get(recipient=siri)
    page.goto(live_server.url + re.search(r"https?://[^/\s]+(/selection/reviews/)", mail.body)[1])
    assert page.locator("html").get_attribute("lang") == language
    assert axe() == []
    criteria = [each.pk for each in round_.criteria.all()]

    def progress(number, of):
        return said(language, "Sheet %(number)s of %(all)s", number=number, all=of)

    keyboard.press(f"a.u-btn--primary{link('apprentices:reviews')[1:]}")  # begin with the first
    assert page.locator(".u-progress strong").inner_text() == progress(1, 4)

    # the first one is a neighbour: somebody else gets it
    neighbour = page.locator("h1").inner_text()
    mine = Review.objects.get(reviewer=siri, application__family_name=neighbour.split()[-1])
    keyboard.press(link("apprentices:declare_review_conflict", mine.pk))
    assert axe() == []
    keyboard.write("[name=reason]", "We are neighbours.")
    keyboard.press(OWN_BUTTON)
    conflict = Conflict.objects.get()
    assert (conflict.person, conflict.application.full_name) == (siri, neighbour)
    assert Review.objects.filter(application=conflict.application).count() == 2
    assert page.locator(".u-progress strong").inner_text() == progress(1, 3)
    assert axe() == []

    # five digits give five marks, and the focus walks on
    keyboard.go_to(f"[name=mark_{criteria[0]}]")
    for here, digit in zip(criteria, "45342", strict=True):
        assert keyboard.focused() == f"mark_{here}"
        page.keyboard.press(digit)
    assert keyboard.focused() == "remark"
    page.keyboard.type("Knows what she wants 3 times over")  # digits in a text are digits
    kept = said(language, "Saved as a draft %(clock)s", clock="")
    expect(page.locator("#saved")).to_have_text(re.compile(f"^{re.escape(kept)}"))

    # away and back, and a reload: nothing is lost
    first = page.locator("h1").inner_text()
    page.goto(live_server.url + reverse("apprentices:reviews"))
    page.go_back()
    page.reload()
    assert page.input_value("[name=remark]") == "Knows what she wants 3 times over"
    assert [page.locator(f"[name=mark_{key}]:checked").get_attribute("value") for key in criteria] == list("45342")
    assert Review.objects.exclude(given_at=None).count() == 0

    # reloaded in the middle of a word: this tab still has it
    keyboard.write(f"[name=note_{criteria[0]}]", "Reflects on her own learn")
    page.reload()
    assert page.input_value(f"[name=note_{criteria[0]}]") == "Reflects on her own learn"

    keyboard.go_to(f"[name=note_{criteria[0]}]")
    keyboard.follow("Control+Enter")
    done = said(language, "Your marks for %(applicant)s are saved.", applicant=first)
    assert page.locator(".u-msg--ok").inner_text() == done
    given = said(language, "%(given)s given", given=1)
    assert page.locator(".u-progress").inner_text().split("\n") == [progress(2, 3), given]

    # the arrows choose, too; then digits and Ctrl + Enter to the end
    for last in (False, True):
        keyboard.go_to(f"[name=mark_{criteria[0]}]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        assert page.locator(f"[name=mark_{criteria[0]}]:checked").get_attribute("value") == "2"
        page.keyboard.press("3")
        for digit in "3333":
            page.keyboard.press(digit)
        if last:
            assert page.locator("#sheet [name=next]").count() == 0
        keyboard.follow("Control+Enter")
    assert page.url.endswith(reverse("apprentices:reviews"))
    mine = Review.objects.filter(reviewer=siri)
    assert sorted(mine.values_list("total", flat=True)) == [300, 300, 375]
    assert mine.get(total=375).marks.get(criterion=criteria[0]).note == "Reflects on her own learn"
    assert said(language, "Nothing waits for you") in page.locator("#content").inner_text()
    assert (axe(), told) == ([], [])


def test_a_digit_outside_of_the_marks_does_nothing(page, live_server, enter, people, shared):
    enter(people[0])
    sheet = Review.objects.filter(reviewer=people[0]).first()
    page.goto(live_server.url + reverse("apprentices:review", args=[sheet.pk]))
    page.locator("#application-head").click()
    page.keyboard.press("4")
    assert page.locator("input[type=radio]:checked").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_ties_the_board_and_the_interviews(
    page, live_server, enter, axe, told, coordinator, people, round_, shared, apprentice_user, language
):
    User.objects.update(language=language)
    for review in Review.objects.filter(application__in=shared[:3]).exclude(application=shared[0], reviewer=people[0]):
        marks = {each.pk: (3 + review.pk % 3, "") for each in round_.criteria.all()}
        give_review(review=review, marks=marks, by=review.reviewer)
    time = factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
    factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
    picked = factories.InterviewFactory(application=shared[0], invited_by=coordinator)
    pick_time(interview=picked, time=time, by=coordinator)
    waiting = factories.InterviewFactory(application=shared[1], invited_by=coordinator)
    waiting.application.apprentice.user = apprentice_user
    waiting.application.apprentice.save()
    fresh = factories.ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.SUBMITTED, trade=None)
    pages = {
        people[0]: [reverse("apprentices:ties")],
        coordinator: [
            reverse("apprentices:ranking", args=[round_.pk]),
            reverse("apprentices:assign_reviewers", args=[round_.pk]) + f"?application={fresh.pk}",
            reverse("apprentices:round_reviewers", args=[round_.pk]),
            reverse("apprentices:change_criteria", args=[round_.pk]),
            reverse("apprentices:interviews", args=[round_.pk]),
        ],
        apprentice_user: [reverse("apprentices:my_interview", args=[waiting.application_id])],
    }
    for person, addresses in pages.items():
        enter(person)
        for address in addresses:
            page.goto(live_server.url + address)
            assert (address, page.locator("html").get_attribute("lang")) == (address, language)
            assert (address, page.locator("h1").count()) == (address, 1)
            assert (address, axe()) == (address, [])
            assert (address, told) == (address, [])
