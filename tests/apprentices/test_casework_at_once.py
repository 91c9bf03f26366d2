"""Two colleagues on one case in the same moment, on SQLite and on PostgreSQL."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from apprentices.models import Application, CaseNote
from apprentices.selectors.changes import version_of
from apprentices.services.casework import add_note, finish_follow_up, hand_over
from mobility.accounts.enums import Role
from mobility.common.errors import Refused
from tests.factories import ApplicationFactory, CaseNoteFactory, RoundFactory, member

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_take_over_at_once_the_second_is_told(office, coordinator, head, race):
    case = ApplicationFactory(round=RoundFactory(office=office), submitted=True)
    seen = version_of([case])
    address = f"{reverse('apprentices:give_cases')}?application={case.pk}"

    def take(user):
        browser = Client()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = browser.post(address, {"owner": user.pk, "seen": seen})
        if answer.status_code != 302:
            raise Refused("told" if "New case officer" in answer.content.decode() else "not told")

    result, given = race(
        lambda: take(coordinator),
        lambda: take(head),
        count=lambda: Application.history.filter(history_change_reason="given").count(),
    )
    assert (result, given) == (["done", "told"], 1)


def test_a_note_sent_twice_at_once_is_kept_once(office, coordinator, race):
    case = ApplicationFactory(round=RoundFactory(office=office), submitted=True)
    key = uuid.uuid4()
    send = lambda: add_note(application=case, by=coordinator, text="Hei", key=key)  # noqa: E731 - sent twice
    result, kept = race(send, send, count=CaseNote.objects.count)
    assert (result, kept) == (["done", "done"], 1)


def test_a_follow_up_is_finished_by_one_of_two(office, coordinator, head, race):
    case = ApplicationFactory(round=RoundFactory(office=office), submitted=True)
    note = CaseNoteFactory(application=case, follow_up_for=coordinator)
    result, done = race(
        lambda: finish_follow_up(note=note, by=coordinator),
        lambda: finish_follow_up(note=note, by=head),
        count=lambda: CaseNote.objects.exclude(done_at=None).count(),
    )
    assert (result, done) == (["Somebody has done this already.", "done"], 1)


def test_two_who_hand_over_at_once_leave_no_case_between_them(office, coordinator, head, race):
    leaving = member(Role.COORDINATOR, office)
    for _ in range(3):
        ApplicationFactory(round=RoundFactory(office=office), submitted=True, owner=leaving)
    result, left = race(
        lambda: hand_over(office=office, leaving=leaving, to=coordinator, by=coordinator),
        lambda: hand_over(office=office, leaving=leaving, to=head, by=head),
        count=lambda: Application.objects.filter(owner=leaving).count(),
    )
    assert (result, left) == (["done", "done"], 0)
