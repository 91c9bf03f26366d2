"""The workbench's lines about the office's own work: follow-ups, news, what nobody has any more."""

import pytest

from apprentices.enums import ApplicationStatus as A
from apprentices.services.casework import note_news
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from reporting.selectors import workbench
from tests import factories
from tests.factories import days, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, coordinator):
    return factories.ApplicationFactory(
        round=factories.RoundFactory(office=office),
        submitted=True,
        owner=coordinator,
        given_name="Ida",
        family_name="Myhre",
    )


def ours(user):
    return [(task["what"], task["state"], task["days"]) for task in workbench(user)["ours"]]


def test_a_follow_up_comes_back_on_its_day_and_turns_red_after_it(case, coordinator):
    factories.CaseNoteFactory(application=case, follow_up_for=coordinator, follow_up_on=days(1))
    assert ours(coordinator) == []
    factories.CaseNoteFactory(application=case, follow_up_for=coordinator, follow_up_on=days(0))
    factories.CaseNoteFactory(application=case, follow_up_for=coordinator, follow_up_on=days(-3))
    assert ours(coordinator) == [("Come back to Ida Myhre", "stop", 3), ("Come back to Ida Myhre", "you", None)]


def test_a_follow_up_of_a_colleague_stands_with_the_colleague(case, coordinator, office):
    colleague = member(Role.COORDINATOR, office)
    factories.CaseNoteFactory(application=case, follow_up_for=colleague)
    assert (ours(coordinator), len(ours(colleague))) == ([], 1)


def test_own_cases_with_news_are_one_line_with_their_number(case, coordinator, office):
    note_news(case)
    other = factories.ApplicationFactory(round=case.round, submitted=True, owner=member(Role.COORDINATOR, office))
    note_news(other)
    assert ours(coordinator) == [("1 of your cases has news", "you", None)]


def test_cases_of_nobody_and_of_somebody_who_left_are_told(case, coordinator, office):
    gone = member(Role.COORDINATOR, office)
    factories.ApplicationFactory(round=case.round, submitted=True, owner=gone)
    factories.ApplicationFactory(round=case.round, submitted=True, status=A.REJECTED)
    Membership.objects.filter(user=gone).update(ends_on=days(-1))
    assert ours(coordinator) == [("1 open case or follow-up has no officer here", "stop", None)]


def test_an_assistant_sees_neither_notes_nor_who_has_what(case, coordinator, assistant):
    factories.CaseNoteFactory(application=case, follow_up_for=coordinator)
    factories.ApplicationFactory(round=case.round, submitted=True)
    assert ours(assistant) == []
