"""Sharing sheets evenly, handing them over, declaring a conflict, filling up."""

import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apprentices.enums import ApplicationStatus
from apprentices.models import Conflict, Review
from apprentices.selectors.reviewing import plan_of, short_of_reviewers
from apprentices.services.assigning import assign_reviewers, declare_conflict, fill_up, hand_over
from apprentices.services.reviews import save_draft
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    found = factories.RoundFactory(office=office)
    factories.CriterionFactory(round=found, weight=100)
    return found


@pytest.fixture
def people(office):
    return [member(Role.REVIEWER, office, family_name=f"Navn{n}", written_form="en") for n in "ABCD"]


def submitted(round_, **fields):
    return factories.ApplicationFactory(round=round_, submitted=True, **fields)


def read_by(round_, *reviewers):
    """An application in review with an open sheet of each of these people."""
    application = submitted(round_, status=ApplicationStatus.IN_REVIEW)
    for person in reviewers:
        factories.ReviewFactory(application=application, reviewer=person)
    return application


# --- evenly, as a law -----------------------------------------------------------------------------------------------
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_plan_is_even_and_never_pairs_a_conflict(office, data):
    """Among those whom nothing ties to anybody the loads differ by at most one; a conflicted pair never comes about."""
    count, size = data.draw(st.integers(2, 6)), data.draw(st.integers(1, 9))
    people = [
        factories.UserFactory.build(pk=n, family_name=f"R{n}", email=f"r{n}@a.example") for n in range(1, count + 1)
    ]
    round_ = factories.RoundFactory.build(office=office)
    applications = [
        factories.ApplicationFactory.build(
            pk=n,
            round=round_,
            office=office,
            trade=None,
            family_name=f"A{n}",
            email=f"a{n}@b.example",
            manager_email="",
        )
        for n in range(1, size + 1)
    ]
    tied = data.draw(st.sets(st.sampled_from(range(1, count + 1)), max_size=count))
    pairs = {(data.draw(st.sampled_from(applications)).pk, pk) for pk in tied}
    for application in applications:
        names = [person.get_full_name() for person in people if (application.pk, person.pk) in pairs]
        application.guardian_name, application.second_guardian_name = [*names, "", ""][:2]
        pairs -= {(application.pk, person.pk) for person in people if person.get_full_name() in names[2:]}
    plan = plan_of(applications, people)
    shared = {(application.pk, person.pk) for application, person in plan.pairs}
    conflicted = {(application.pk, person.pk) for application, person, _finding in plan.conflicts}
    assert shared & conflicted == set()
    assert conflicted >= {pair for pair in pairs if pair[0] <= size}
    readers = Counter(application for application, _person in shared)
    short = {application.pk for application in plan.short}
    assert readers == {application.pk: 2 for application in applications if application.pk not in short}
    free = [person.pk for person in people if person.pk not in {pk for _application, pk in conflicted}]
    loads = Counter(person for _application, person in shared)
    assert max((loads[pk] for pk in free), default=0) - min((loads[pk] for pk in free), default=0) <= 1


def test_open_sheets_count_before_new_ones_are_shared(round_, people, coordinator):
    for _ in range(3):
        read_by(round_, people[0])
    applications = [submitted(round_) for _ in range(3)]
    made = assign_reviewers(applications=applications, reviewers=people[:3], by=coordinator)
    assert Counter(review.reviewer for review in made) == {people[1]: 3, people[2]: 3}


def test_who_can_be_read_by_few_is_shared_first(round_, people, coordinator):
    """The last application has just two free readers: they are not full when its turn comes."""
    applications = [submitted(round_) for _ in range(2)]
    for person in people[:2]:
        Conflict.objects.create(application=applications[1], person=person, reason="Neighbour")
    plan = plan_of(applications, people)
    assert [application.pk for application, _person in plan.pairs][:2] == [applications[1].pk] * 2
    assert Counter(person for _application, person in plan.pairs) == dict.fromkeys(people, 1)


def test_a_shared_family_name_is_shared_out_only_once_it_is_confirmed(round_, people, coordinator):
    application = submitted(round_, family_name="NavnA")
    with pytest.raises(NotReady):
        assign_reviewers(applications=[application], reviewers=people[:2], by=coordinator)
    pair = (application.pk, people[0].pk)
    made = assign_reviewers(applications=[application], reviewers=people[:2], by=coordinator, confirmed={pair})
    assert {review.reviewer: (review.has_confirmed_name, review.assigned_by) for review in made} == {
        people[0]: (True, coordinator),
        people[1]: (False, coordinator),
    }


# --- a declared conflict --------------------------------------------------------------------------------------------
def test_a_declared_conflict_gives_the_sheet_to_the_one_with_the_fewest(round_, people):
    application = read_by(round_, people[0], people[1])
    read_by(round_, people[2], people[0])
    read_by(round_, people[2], people[3])
    sheet = application.reviews.get(reviewer=people[0])
    save_draft(review=sheet, typed={"remark": "Hm"}, by=people[0])
    made = declare_conflict(review=sheet, reason="My cousin", by=people[0])
    assert (made.reviewer, made.took_over_from, made.draft) == (people[3], people[0], {})
    assert set(application.reviews.values_list("reviewer", flat=True)) == {people[1].pk, people[3].pk}
    assert Conflict.objects.get().reason == "My cousin"
    assert [mail.recipient for mail in OutboundMail.objects.all()] == [people[3]]


def test_where_nobody_is_free_the_office_sees_that_a_reader_is_missing(round_, people):
    application = read_by(round_, people[0], people[1])
    sheet = application.reviews.get(reviewer=people[0])
    assert declare_conflict(review=sheet, reason="My cousin", by=people[0]) is None
    assert list(short_of_reviewers(round_.office_id)) == [application]
    assert OutboundMail.objects.count() == 0


def test_a_colleague_with_a_warning_is_not_taken_without_being_asked(round_, people):
    application = read_by(round_, people[0], people[1])
    type(application).objects.update(family_name=people[2].family_name)
    read_by(round_, people[2], people[1])
    type(application).objects.exclude(pk=application.pk).update(family_name="Vik")
    assert declare_conflict(review=application.reviews.get(reviewer=people[0]), reason="x", by=people[0]) is None


@pytest.mark.parametrize("case", ["somebody else", "no reason", "given", "decided"])
def test_guards_of_a_declared_conflict(round_, people, case):
    application = read_by(round_, people[0], people[1])
    sheet = application.reviews.get(reviewer=people[0])
    if case == "given":
        Review.objects.filter(pk=sheet.pk).update(given_at=sheet.assigned_at, total=400)
    if case == "decided":
        type(application).objects.update(status=ApplicationStatus.OFFERED)
    error = {
        "somebody else": Refused,
        "no reason": NotReady,
        "given": TransitionNotAllowed,
        "decided": TransitionNotAllowed,
    }
    by = people[1] if case == "somebody else" else people[0]
    with pytest.raises(error[case]):
        declare_conflict(review=sheet, reason=" " if case == "no reason" else "Cousin", by=by)
    assert (Conflict.objects.count(), application.reviews.count()) == (0, 2)


# --- ill, or gone ---------------------------------------------------------------------------------------------------
def test_open_sheets_go_to_others_and_given_ones_stay(round_, people, coordinator):
    ill = people[0]
    waiting = [read_by(round_, ill, people[1]) for _ in range(4)]
    given = submitted(round_, status=ApplicationStatus.IN_REVIEW)
    factories.ReviewFactory(application=given, reviewer=ill, marks=4)
    Membership.objects.filter(user=ill).delete()  # left altogether
    made = hand_over(round=round_, person=ill, reviewers=people[2:], reason="On leave", by=coordinator)
    assert Counter(review.reviewer for review in made) == {people[2]: 2, people[3]: 2}
    assert {review.application for review in made} == set(waiting)
    assert {(review.took_over_from, review.took_over_reason) for review in made} == {(ill, "On leave")}
    assert list(Review.objects.filter(reviewer=ill)) == [given.reviews.get()]
    assert OutboundMail.objects.count() == 2


@pytest.mark.parametrize("case", ["no reason", "nothing open", "nobody free", "a stranger"])
def test_guards_of_handing_over(round_, people, coordinator, case):
    application = read_by(round_, people[0], people[1])
    reviewers = {"nobody free": [people[1]], "a stranger": [member(Role.REVIEWER)]}.get(case, people[2:])
    person = people[3] if case == "nothing open" else people[0]
    error = NotReady if case in {"no reason", "nobody free"} else Refused
    with pytest.raises(error):
        hand_over(
            round=round_,
            person=person,
            reviewers=reviewers,
            reason="" if case == "no reason" else "Ill",
            by=coordinator,
        )
    assert set(application.reviews.values_list("reviewer", flat=True)) == {people[0].pk, people[1].pk}


def test_filling_up_gives_the_missing_reader_and_no_more(round_, people, coordinator):
    short, whole = read_by(round_, people[0]), read_by(round_, people[0], people[1])
    made = fill_up(round=round_, reviewers=people[1:], by=coordinator)
    assert [(review.application, review.reviewer) for review in made] == [(short, people[2])]
    assert whole.reviews.count() == 2
    with pytest.raises(Refused, match="has its two reviewers"):
        fill_up(round=round_, reviewers=people, by=coordinator)


def test_another_round_is_not_filled_up_along(round_, people, coordinator, office):
    other = factories.RoundFactory(office=office)
    theirs = read_by(other, people[0])
    read_by(round_, people[0])
    fill_up(round=round_, reviewers=people[1:], by=coordinator)
    assert theirs.reviews.count() == 1


def test_pairs_are_mixed_over_many_applications(round_, people):
    plan = plan_of([submitted(round_) for _ in range(6)], people)
    pairs = {}
    for application, person in plan.pairs:
        pairs.setdefault(application.pk, []).append(person.pk)
    assert {len(pair) for pair in pairs.values()} == {2}
    assert Counter(itertools.chain(*pairs.values())) == dict.fromkeys([person.pk for person in people], 3)
