"""The case page: interviews, declared and detected conflicts of interest, each for whom the round's pages show them."""

import datetime

import pytest
from django.urls import reverse

from apprentices.models import Conflict
from apprentices.selectors.conflicts import detected_about
from mobility.accounts.enums import Role
from mobility.common import clock, formats
from tests.apprentices.deciding import in_review
from tests.bench.pages import GOALS
from tests.factories import InterviewFactory, InterviewTimeFactory, RoundFactory, TieFactory, member
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
WORDS = "Reflects well.\nAsk about the certificate."


@pytest.fixture
def application(office):
    return in_review(RoundFactory(office=office), company_name="Furukollen bo- og omsorgssenter")


@pytest.fixture
def held(application, coordinator, reviewer):
    """An interview that was held, after one that the office had called off."""
    InterviewFactory(application=application, status="called_off", invited_at=clock.now() - datetime.timedelta(days=9))
    time = InterviewTimeFactory(
        round=application.round,
        interviewer=reviewer,
        starts_at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC),
    )
    return InterviewFactory(
        application=application, status="held", place=time.places.get(), outcome=WORDS, outcome_by=reviewer
    )


@pytest.fixture
def declared(application):
    person = member(Role.REVIEWER, application.office, given_name="Solveig")
    return Conflict.objects.create(application=application, person=person, reason="We play in one band.")


def case(application):
    return reverse("admin:apprentices_application_change", args=[application.pk])


def page_for(client, application):
    return client.get(case(application), headers={"accept-language": "en"}).content.decode()


def found_for(application):
    return reverse("apprentices:case_conflicts", args=[application.pk])


def test_the_case_shows_its_interviews_by_the_offices_clock_with_the_note(sign_in, coordinator, application, held):
    page = page_for(sign_in(coordinator), application)
    block = page.split('id="case-interviews"')[1].split("</section>")[0]
    starts_at = held.place.time.starts_at.astimezone(application.office.tz)
    assert f"{formats.moment(starts_at, 'short')} · {held.place.time.interviewer}" in block
    assert "00:30" in block
    assert "Reflects well.<br>Ask about the certificate." in block
    assert block.index("Held") < block.index("Called off")
    assert reverse("apprentices:note_interview", args=[held.pk]) in block


def test_who_does_not_plan_interviews_notes_nothing(sign_in, auditor, application, held):
    page = page_for(sign_in(auditor), application)
    assert "Reflects well." in page
    assert reverse("apprentices:note_interview", args=[held.pk]) not in page


def test_an_assistant_sees_neither_interviews_nor_conflicts(sign_in, assistant, application, held, declared):
    page = page_for(sign_in(assistant), application)
    assert application.full_name in page
    assert [
        words for words in ("Reflects well.", "case-interviews", "one band", "case-conflicts") if words in page
    ] == []


def test_a_declared_conflict_stands_with_who_and_why(sign_in, auditor, application, declared):
    block = page_for(sign_in(auditor), application).split('id="case-conflicts"')[1].split("</section>")[0]
    assert f"Declared by {declared.person}" in block
    assert "We play in one band." in block
    assert found_for(application) not in block


def test_the_coordinator_looks_up_what_the_registers_say(sign_in, coordinator, application, declared):
    tied = member(Role.REVIEWER, application.office, given_name="Odd")
    TieFactory(office=application.office, person=tied)
    namesake = member(Role.REVIEWER, application.office, family_name=application.family_name)
    client = sign_in(coordinator)
    assert found_for(application) in page_for(client, application)
    alone = client.get(found_for(application), headers={"accept-language": "en"}).content.decode()
    part = client.get(found_for(application), headers={"accept-language": "en", "hx-request": "true"}).content.decode()
    for shown in (alone, part):
        assert shown.index(f"{tied} has declared a tie to Furukollen") < shown.index(f"{namesake} and ")
        assert ("cannot review this application" in shown, "a warning that you confirm" in shown) == (True, True)
        assert "one band" not in shown  # declared: stands on the case itself
    assert ("<html" in alone, "<html" in part) == (True, False)


def test_nobody_is_tied_is_said_in_a_sentence(sign_in, coordinator, reviewer, application):
    assert detected_about(application, [reviewer]) == []
    page = sign_in(coordinator).get(found_for(application), headers={"accept-language": "en"}).content.decode()
    assert "No reviewer of today is tied to the applicant." in page


@pytest.mark.parametrize("status", ["offered", "rejected"])
def test_when_nobody_judges_any_more_there_is_nothing_to_look_up(sign_in, coordinator, application, status):
    application.status = status
    application.save(update_fields=["status"])
    assert "case-conflicts" not in page_for(sign_in(coordinator), application)


def test_a_case_with_both_keeps_to_the_goal_of_queries(sign_in, coordinator, application, held, declared):
    assert queries_of(sign_in(coordinator), case(application)) <= GOALS["detail"]
