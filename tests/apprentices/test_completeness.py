"""The completeness queue: which cases stand in it, what they lack, who acts, and stepping through it."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application, EligibilityCheck
from mobility.common import clock
from tests import factories
from tests.factories import days
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("apprentices:completeness")


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def complete(round_, status=A.SUBMITTED, **facts):
    """A case that lacks nothing."""
    case = factories.ApplicationFactory(round=round_, submitted=True, status=status, **facts)
    factories.EndorsementFactory(application=case, answered="yes")
    return case


def rows(browser, query=""):
    return browser.get(QUEUE + query).context["page"].object_list


def lacks(browser, query=""):
    return {
        row.application.pk: [(lack.sentence, lack.who, lack.do) for lack in row.lacks] for row in rows(browser, query)
    }


def test_a_case_that_lacks_nothing_does_not_stand_there(sign_in, round_, coordinator):
    complete(round_)
    complete(round_, A.IN_REVIEW)
    assert rows(sign_in(coordinator)) == []


def test_each_thing_that_is_missing_is_a_sentence_with_who_acts_and_the_next_step(sign_in, round_, coordinator):
    employer = factories.ApplicationFactory(round=round_, submitted=True)
    factories.EndorsementFactory(application=employer, name="Gunn")
    opinion = complete(round_)
    factories.EndorsementFactory(application=opinion, name="OK Nord", kind="training_office")
    refused = factories.ApplicationFactory(round=round_, submitted=True, status=A.IN_REVIEW)
    factories.EndorsementFactory(application=refused, name="Odd", answered="no")
    minor = complete(round_, birth_date=days(-6000))
    unasked = factories.ApplicationFactory(round=round_, submitted=True)
    late = complete(round_, A.RETURNED)
    late.completion_requests.create(
        fields=["phone"], message="?", due_on=days(-2), returned_from=A.SUBMITTED, asked_at=clock.now(),
        asked_by=coordinator,
    )  # fmt: skip
    ask = "Return for completion …"
    found = lacks(sign_in(coordinator))
    words = found[late.pk].pop()
    assert (words[0].startswith("What was to be completed by"), *words[1:]) == (
        True, "apprentice", "Go on without the answer …",
    )  # fmt: skip
    assert found == {
        employer.pk: [("The employer has not answered (Gunn).", "employer", "Remind now …")],
        opinion.pk: [("The training office has not given its opinion (OK Nord).", "training_office", "Remind now …")],
        refused.pk: [("The employer does not consent (Odd).", "office", "")],
        minor.pk: [("The applicant is under 18, and no guardian is named.", "apprentice", ask)],
        unasked.pk: [("The employer has not been asked.", "office", ask)],
        late.pk: [],
    }


@pytest.mark.parametrize(
    ("level", "do"),
    [("block", "Make an exception …"), ("unknown", "Return for completion …"), ("warn", None), ("ok", None)],
)
def test_an_open_question_of_eligibility_keeps_a_case_back(sign_in, round_, coordinator, level, do):
    case = complete(round_)
    finding = {"code": "earlier_stays_unknown", "level": level, "params": {}}
    EligibilityCheck.objects.create(application=case, level=level, rules_version="1", findings=[finding])
    found = [[lack.do for lack in row.lacks] for row in rows(sign_in(coordinator))]
    assert found == ([[do]] if do else [])


def test_with_an_exception_it_goes_on(sign_in, round_, coordinator):
    EligibilityCheck.objects.create(
        application=complete(round_), level="block", rules_version="1", excepted_at=clock.now(), excepted_by=coordinator,
        exception_reason="Fordi",
    )  # fmt: skip
    assert rows(sign_in(coordinator)) == []


@pytest.mark.parametrize("status", [A.OFFERED, A.WAITING_LIST, A.REJECTED, A.ACCEPTED, A.WITHDRAWN])
def test_a_decided_case_does_not_stand_there(sign_in, round_, coordinator, status):
    factories.ApplicationFactory(round=round_, submitted=True, status=status)
    assert rows(sign_in(coordinator)) == []


def test_filters_by_round_and_own_cases(sign_in, round_, coordinator, office):
    mine = factories.ApplicationFactory(round=round_, submitted=True, owner=coordinator)
    other = factories.ApplicationFactory(round=factories.RoundFactory(office=office), submitted=True)
    factories.ApplicationFactory(submitted=True)
    browser = sign_in(coordinator)
    assert set(lacks(browser)) == {mine.pk, other.pk}
    assert set(lacks(browser, f"?round={other.round_id}")) == {other.pk}
    assert set(lacks(browser, "?mine=1")) == {mine.pk}
    assert set(lacks(browser, "?round=x&page=y")) == {mine.pk, other.pk}


def test_one_steps_through_it_and_the_filters_stay(sign_in, round_, coordinator):
    made = [factories.ApplicationFactory(round=round_, submitted=True) for _ in range(3)]
    for number, case in enumerate(made):
        since = clock.now() - datetime.timedelta(days=9 - number)
        Application.objects.filter(pk=case.pk).update(status_since=since)
    browser = sign_in(coordinator)
    query = f"?in=completeness&round={round_.pk}"
    page = browser.get(reverse("admin:apprentices_application_change", args=[made[1].pk]) + query)
    found = page.context["listed"]
    assert [found[name].split("/")[4] for name in ("before", "after")] == [str(made[0].pk), str(made[2].pk)]
    assert (found["place"], found["total"], found["after"].endswith(query)) == (2, 3, True)
    assert found["back_url"] == f"{QUEUE}?round={round_.pk}"


def test_the_same_number_of_queries_for_one_and_three(sign_in, round_, coordinator):
    browser = sign_in(coordinator)
    factories.ApplicationFactory(round=round_, submitted=True)
    one = queries_of(browser, QUEUE)
    for _ in range(2):
        factories.ApplicationFactory(round=round_, submitted=True)
    assert (queries_of(browser, QUEUE), one <= 10) == (one, True)


def test_an_assistant_reads_it_without_buttons_and_a_reviewer_not_at_all(sign_in, round_, assistant, reviewer):
    factories.ApplicationFactory(round=round_, submitted=True)
    browser = sign_in(assistant)
    assert [lack.url for row in rows(browser) for lack in row.lacks] == [""]
    assert sign_in(reviewer).get(QUEUE).status_code == 403
