"""Reviewers and their marks."""

from collections import Counter

import pytest

from apprentices.enums import ApplicationStatus
from apprentices.models import Review
from apprentices.services.assigning import assign_reviewers
from apprentices.services.reviews import BEING_JUDGED, give_review
from mobility.accounts.enums import Role
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests.factories import ApplicationFactory, CriterionFactory, ReviewFactory, RoundFactory, member


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office)
    CriterionFactory(round=round_, weight=60, position=1, name_en="Motivation")
    CriterionFactory(round=round_, weight=40, position=2, name_en="Language")
    return round_


@pytest.fixture
def reviewers(office):
    return [member(Role.REVIEWER, office, written_form="en") for _ in range(3)]


def submitted(round_, **fields):
    return ApplicationFactory(round=round_, submitted=True, **fields)


def test_every_application_gets_two_reviewers_evenly_and_moves_to_review(round_, reviewers, coordinator):
    applications = [submitted(round_) for _ in range(6)]
    reviews = assign_reviewers(applications=applications, reviewers=reviewers, by=coordinator)
    assert Counter(review.application_id for review in reviews) == {each.pk: 2 for each in applications}
    assert Counter(review.reviewer_id for review in reviews) == {person.pk: 4 for person in reviewers}
    for application in applications:
        application.refresh_from_db()
        assert application.status == ApplicationStatus.IN_REVIEW
        assert application.status_changes.get().by == coordinator


def test_each_reviewer_gets_one_mail_with_the_number(round_, reviewers, coordinator):
    assign_reviewers(applications=[submitted(round_) for _ in range(3)], reviewers=reviewers[:2], by=coordinator)
    mails = OutboundMail.objects.order_by("recipient")
    assert [(mail.to_address, "3 applications" in mail.body) for mail in mails] == [
        (person.email, True) for person in sorted(reviewers[:2], key=lambda each: each.pk)
    ]


def test_nobody_judges_an_own_application_or_one_they_consented_to(round_, reviewers, coordinator):
    own, free, other = reviewers[0], reviewers[2], member(Role.REVIEWER, round_.office)
    employer = member(Role.REVIEWER, round_.office, email="gunn@furukollen.example")
    application = submitted(round_, manager_email=employer.email.upper())
    application.apprentice.user = own
    application.apprentice.save()
    reviews = assign_reviewers(applications=[application], reviewers=[own, employer, free, other], by=coordinator)
    assert {review.reviewer for review in reviews} == {free, other}


def test_too_few_reviewers_without_a_conflict_keep_everything_as_it_was(round_, reviewers, coordinator):
    fine = submitted(round_)
    conflict = submitted(round_, email=reviewers[0].email)
    with pytest.raises(NotReady) as refusal:
        assign_reviewers(applications=[fine, conflict], reviewers=reviewers[:2], by=coordinator)
    assert refusal.value.missing == [
        f"{conflict.full_name} needs two reviewers without a conflict of interest; choose more reviewers."
    ]
    fine.refresh_from_db()
    assert (fine.status, Review.objects.count(), OutboundMail.objects.count()) == ("submitted", 0, 0)


def test_a_reviewer_of_another_office_is_refused(round_, reviewers, coordinator):
    stranger = member(Role.REVIEWER)
    with pytest.raises(Refused, match="is not a reviewer of this office"):
        assign_reviewers(applications=[submitted(round_)], reviewers=[reviewers[0], stranger], by=coordinator)
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus.values) - {ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED})
)
def test_a_review_starts_only_from_submitted(round_, reviewers, coordinator, status):
    fine, wrong = submitted(round_), submitted(round_, status=status)
    with pytest.raises(TransitionNotAllowed, match=wrong.full_name):
        assign_reviewers(applications=[fine, wrong], reviewers=reviewers, by=coordinator)
    fine.refresh_from_db()
    assert (fine.status, Review.objects.count()) == ("submitted", 0)


# --- marks --------------------------------------------------------------------------------------------------------
def marks_for(review, mark=4):
    return {criterion.pk: (mark, "sees own learning") for criterion in review.application.round.criteria.all()}


@pytest.fixture
def review(round_, reviewer):
    application = submitted(round_, status=ApplicationStatus.IN_REVIEW)
    return ReviewFactory(application=application, reviewer=reviewer)


def test_marks_are_kept_and_the_sheet_counts_as_given(review, reviewer):
    given = give_review(review=review, marks=marks_for(review), by=reviewer)
    assert [(mark.criterion.name_en, mark.mark, mark.note) for mark in given.marks.order_by("criterion")] == [
        ("Motivation", 4, "sees own learning"),
        ("Language", 4, "sees own learning"),
    ]
    assert given.given_at is not None


def test_giving_twice_changes_the_marks_and_adds_none(review, reviewer):
    first = give_review(review=review, marks=marks_for(review, 2), by=reviewer)
    second = give_review(review=review, marks=marks_for(review, 5), by=reviewer)
    assert [mark.mark for mark in second.marks.all()] == [5, 5]
    assert second.given_at == first.given_at


def test_a_criterion_without_a_mark_is_named_and_nothing_is_kept(review, reviewer):
    incomplete = marks_for(review)
    incomplete.popitem()
    with pytest.raises(NotReady) as refusal:
        give_review(review=review, marks=incomplete, by=reviewer)
    assert refusal.value.missing == ["Give a mark for “Language”."]
    assert review.marks.count() == 0


def test_another_persons_sheet_is_refused(review, office):
    with pytest.raises(Refused, match="Only the reviewer"):
        give_review(review=review, marks=marks_for(review), by=member(Role.REVIEWER, office))
    assert review.marks.count() == 0


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus.values) - set(BEING_JUDGED) - {ApplicationStatus.DRAFT})
)
def test_marks_are_frozen_outside_of_the_review(review, reviewer, status):
    type(review.application).objects.update(status=status)
    with pytest.raises(TransitionNotAllowed):
        give_review(review=review, marks=marks_for(review), by=reviewer)
    assert review.marks.count() == 0
