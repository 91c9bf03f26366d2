"""Two applicants and one place at the same moment, on SQLite and on PostgreSQL."""

import pytest

from apprentices.models import Interview
from apprentices.services.interviews import pick_time
from apprentices.services.reviews import give_review
from mobility.accounts.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_place_of_a_time_is_booked_once(office, coordinator, race):
    round_ = factories.RoundFactory(office=office)
    time = factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
    first, second = (factories.InterviewFactory(application__round=round_, invited_by=coordinator) for _ in range(2))
    results, booked = race(
        lambda: pick_time(interview=first, time=time, by=coordinator),
        lambda: pick_time(interview=second, time=time, by=coordinator),
        count=Interview.objects.exclude(place=None).count,
    )
    assert (results[1], booked) == ("done", 1)
    assert "has just been taken" in results[0]


def test_two_reviewers_who_give_at_once_both_give(office, race):
    round_ = factories.RoundFactory(office=office)
    criterion = factories.CriterionFactory(round=round_, weight=100)
    application = factories.ApplicationFactory(round=round_, submitted=True, status="in_review")
    people = [factories.member(Role.REVIEWER, office) for _ in range(2)]
    sheets = [factories.ReviewFactory(application=application, reviewer=person) for person in people]
    results, given = race(
        lambda: give_review(review=sheets[0], marks={criterion.pk: (5, "")}, by=people[0]),
        lambda: give_review(review=sheets[1], marks={criterion.pk: (2, "")}, by=people[1]),
        count=application.reviews.exclude(given_at=None).count,
    )
    assert (results, given) == (["done", "done"], 2)
