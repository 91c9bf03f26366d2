"""Two people on one case: the second is told what changed, loses nothing typed, and sends again knowingly."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import CaseNote, CompletionRequest, Decision, EligibilityCheck, Endorsement
from apprentices.selectors.changes import changes_since, version_of
from apprentices.services import casework, chasing
from apprentices.services.answers import withdraw_application
from apprentices.services.decisions import decide
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories
from tests.factories import days, member

pytestmark = pytest.mark.django_db
TOLD = "Somebody worked on this meanwhile."


@pytest.fixture
def kari(office):
    return member(Role.COORDINATOR, office, given_name="Kari", family_name="Moe")


@pytest.fixture
def per(office):
    return member(Role.COORDINATOR, office, given_name="Per", family_name="Eide")


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, places=5)


@pytest.fixture
def case(round_):
    return factories.ApplicationFactory(round=round_, submitted=True, status=A.IN_REVIEW)


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def opened(browser, address):
    """The version that the page's form carries."""
    context = browser.get(address).context
    return dict(context["together"].hidden if "together" in context else context["hidden"])


def add(case, by, text="Ringte bedriften."):
    return casework.add_note(application=case, by=by, text=text, key=uuid.uuid4())


# --- every form that acts on a case -----------------------------------------------------------------------------------
def note_form(case, round_, criterion):
    return reverse("apprentices:add_note", args=[case.pk]), {"text": "Min lange tekst", "key": str(uuid.uuid4())}


def officer_form(case, round_, criterion):
    owner = member(Role.COORDINATOR, case.office)
    return f"{reverse('apprentices:give_cases')}?application={case.pk}", {"owner": owner.pk}


def decision_form(case, round_, criterion):
    address = f"{reverse('apprentices:decide', args=[round_.pk])}?application={case.pk}&result=rejection"
    return address, {"criterion": criterion.pk, "reasons": "Min lange tekst"}


def exception_form(case, round_, criterion):
    EligibilityCheck.objects.update_or_create(
        application=case,
        defaults={"level": "block", "rules_version": "1", "findings": []},
    )
    return reverse("apprentices:make_exception", args=[case.pk]), {"reason": "Min lange tekst"}


def return_form(case, round_, criterion):
    address = reverse("apprentices:return_application", args=[case.pk])
    return address, {"topics": ["phone"], "message": "Min lange tekst", "due_on": days(9).isoformat(), "send": "1"}


def correction_form(case, round_, criterion):
    row = factories.EndorsementFactory(application=case)
    address = reverse("apprentices:correct_endorsement", args=[row.pk])
    return address, {"name": "Min lange tekst", "email": "ny@example.com"}


def deferral_form(case, round_, criterion):
    return reverse("apprentices:defer_application", args=[case.pk]), {"reason": "Min lange tekst"}


def done(case):
    """What the forms above leave behind."""
    case.refresh_from_db()
    return (
        CaseNote.objects.filter(text="Min lange tekst").count()
        + Decision.objects.filter(reasons="Min lange tekst").count()
        + EligibilityCheck.objects.filter(exception_reason="Min lange tekst").count()
        + CompletionRequest.objects.count()
        + Endorsement.objects.filter(name="Min lange tekst").count()
        + (case.owner is not None)
        + (case.status == A.DEFERRED)
    )


FORMS = [note_form, officer_form, decision_form, exception_form, return_form, correction_form, deferral_form]


@pytest.mark.parametrize("form", FORMS)
def test_the_second_is_told_keeps_what_was_typed_and_sends_again_knowingly(case, round_, kari, per, form):
    address, typed = form(case, round_, factories.CriterionFactory(round=round_, weight=100))
    browser = browser_of(per)
    seen = opened(browser, address)
    add(case, kari)
    answer = browser.post(address, typed | seen)
    body = answer.content.decode()
    assert (answer.status_code, done(case)) == (200, 0)
    assert TOLD in body
    assert "Kari Moe, just now: Note: Ringte bedriften." in body
    if "Min lange tekst" in typed.values():
        assert "Min lange tekst" in body
    context = answer.context
    again = dict(context["together"].hidden if "together" in context else context["hidden"])
    assert browser.post(address, typed | again).status_code == 302
    assert done(case) == 1


@pytest.mark.parametrize("form", FORMS)
def test_alone_nobody_is_told_anything(case, round_, per, form):
    address, typed = form(case, round_, factories.CriterionFactory(round=round_, weight=100))
    browser = browser_of(per)
    assert browser.post(address, typed | opened(browser, address)).status_code == 302
    assert done(case) == 1


def test_a_reminder_is_not_sent_twice_by_two(case, kari, per):
    row = factories.EndorsementFactory(application=case)
    address = reverse("apprentices:remind_endorsement", args=[row.pk])
    browser = browser_of(per)
    seen = opened(browser, address)
    chasing.remind_now(endorsement=row, by=kari)
    body = browser.post(address, seen, follow=True).content.decode()
    assert (OutboundMail.objects.count(), "Reminder to Gunn Helen Strømsør" in body, TOLD in body) == (1, True, True)


def test_taking_back_a_decision_that_a_colleague_made_anew_asks_first(case, round_, kari, per):
    factories.DecisionFactory(application=case, decided_by=per)
    address = f"{reverse('apprentices:decide', args=[round_.pk])}?application={case.pk}&result=take_back"
    browser = browser_of(per)
    seen = opened(browser, address)
    decide(round=round_, applications=[case], result="waiting_list", by=kari)
    body = browser.post(address, seen).content.decode()
    assert (Decision.objects.pending().count(), "Kari Moe, just now: Pending decision: waiting list" in body) == (
        1,
        True,
    )


def test_the_case_page_gives_its_note_form_a_version(case, per):
    page = browser_of(per).get(reverse("admin:apprentices_application_change", args=[case.pk]))
    assert 'name="seen"' in page.content.decode()
    assert page.context["together"].version.count("|") == 5


# --- what counts as a change ------------------------------------------------------------------------------------------
def told(version, case, reader):
    return [(change.who, change.what) for change in changes_since(version, [case], reader=reader)]


def test_own_steps_in_another_window_are_not_told(case, kari, per):
    before = version_of([case])
    add(case, kari)
    assert told(before, case, kari) == []
    assert told(before, case, per) == [("Kari Moe", "Note: Ringte bedriften.")]


def test_what_was_there_when_the_page_was_made_is_not_told(case, kari, per):
    add(case, kari, "Før")
    before = version_of([case])
    assert told(before, case, per) == []


def test_moves_notes_officers_answers_decisions_exceptions_and_marks_are_told(case, round_, kari, per, reviewer):
    row = factories.EndorsementFactory(application=case)
    check = EligibilityCheck.objects.create(application=case, level="block", rules_version="1")
    before = version_of([case])
    casework.give_cases(applications=[case], owner=per, by=kari)
    chasing.remind_now(endorsement=row, by=kari)
    row.replies.create(answer="yes", name="Gunn", email="g@example.com", given_at=clock.now())
    check.excepted_at, check.excepted_by, check.exception_reason = clock.now(), kari, "Fordi"
    check.save()
    factories.CriterionFactory(round=round_, weight=100)
    factories.ReviewFactory(application=case, reviewer=reviewer, marks=4)
    decide(round=round_, applications=[case], result="offer", by=kari)
    found = told(before, case, per)
    assert sorted(found) == sorted(
        [
            ("Kari Moe", "New case officer: Per Eide"),
            ("Kari Moe", "Reminder to Gunn Helen Strømsør"),
            ("Gunn", "Employer: consents"),
            ("Kari Moe", "Exception from the rules of eligibility"),
            (str(reviewer), "Marks given"),
            ("Kari Moe", "Pending decision: offer"),
        ]
    )


def test_what_the_applicant_does_is_told_too(case, per):
    before = version_of([case])
    withdraw_application(application=case, by=None, reason="")
    assert told(before, case, per) == [("", "Application withdrawn")]


def test_among_many_the_change_names_its_case(round_, kari, per):
    first, second = factories.ApplicationFactory.create_batch(2, round=round_, submitted=True, status=A.IN_REVIEW)
    query = f"application={first.pk}&application={second.pk}&result=offer"
    address = f"{reverse('apprentices:decide', args=[round_.pk])}?{query}"
    browser = browser_of(per)
    seen = opened(browser, address)
    add(second, kari)
    assert f"Ringte bedriften. ({second.full_name})" in browser.post(address, seen).content.decode()


@pytest.mark.parametrize("version", ["", "1|2", "nonsense", "1|2|3|4|5|never"])
def test_a_version_of_another_time_stops_nobody(case, kari, per, version):
    add(case, kari)
    assert changes_since(version, [case], reader=per) == []


def test_the_words_say_how_long_ago(case, kari, per, monkeypatch):
    before = version_of([case])
    add(case, kari)
    later = clock.now() + datetime.timedelta(minutes=2, seconds=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    browser = browser_of(per)
    answer = browser.post(
        reverse("apprentices:add_note", args=[case.pk]), {"text": "x", "key": str(uuid.uuid4()), "seen": before}
    )
    assert "Kari Moe, 2 minutes ago: Note" in answer.content.decode()
