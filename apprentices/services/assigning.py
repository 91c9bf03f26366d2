"""Who reads which application: two each, evenly, never with a conflict of interest; and who steps in for whom."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.models import Application, Conflict, Review
from apprentices.notifications import reviews as mails
from apprentices.selectors.conflicts import conflict_of
from apprentices.selectors.reviewing import (
    BEING_JUDGED,
    REVIEWERS_EACH,
    Plan,
    open_reviews_of,
    plan_of,
    reviewers_of,
    short_of_reviewers,
)
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require, require_nothing_missing


@transaction.atomic
def assign_reviewers(*, applications: Iterable[Application], reviewers, by, confirmed=frozenset()) -> list[Review]:
    """Start the review: two of ``reviewers`` for every application, as evenly as conflicts of interest allow.

    ``confirmed``: (application, person) keys of pairs that only share a family name. Mails each reviewer once. Raises
    TransitionNotAllowed (one of them is not *submitted*), Refused (somebody is no reviewer of the office) or NotReady (too
    few reviewers without a conflict of interest); then nothing is kept.
    """
    locked = [lock(application) for application in sorted(applications, key=lambda each: each.pk)]
    for application in locked:
        _require_submitted(application)
    _require_reviewers(reviewers, {application.office_id for application in locked})
    plan = plan_of(locked, reviewers, confirmed=confirmed)
    require_nothing_missing(plan.missing)
    made = _make(plan, by=by)
    for application in locked:
        move(application, workflow.START_REVIEW, by=by)
    mails.reviews_assigned(made)
    return made


@transaction.atomic
def fill_up(*, round, reviewers, by, confirmed=frozenset()) -> list[Review]:  # noqa: A002 - the domain's word
    """Give every application of the round that too few people read its second reader.

    Mails each reviewer once. Raises Refused (nothing to fill, or no reviewer of the office) or NotReady.
    """
    applications = [lock(each) for each in short_of_reviewers(round.office_id).filter(round=round).order_by("pk")]
    if not applications:
        raise Refused(_("Every application has its two reviewers."))
    _require_reviewers(reviewers, {round.office_id})
    plan = plan_of(applications, reviewers, confirmed=confirmed, each=still_needed(applications))
    require_nothing_missing(plan.missing)
    made = _make(plan, by=by)
    mails.reviews_assigned(made)
    return made


@transaction.atomic
def hand_over(*, round, person, reviewers, reason: str, by, confirmed=frozenset()) -> list[Review]:  # noqa: A002
    """Give the open sheets of somebody who is ill or leaves to ``reviewers``, evenly; what is given stays.

    What the person had typed and not given is not passed on. Raises Refused (nothing open, nobody chosen, no reviewer of
    the office), or NotReady (no reason, or too few reviewers without a conflict); then nothing is kept.
    """
    if not reason.strip():
        raise NotReady([_("Write why the sheets are handed over.")])
    found = open_reviews_of(round, person).order_by("application")
    applications = [lock(each) for each in Application.objects.filter(reviews__in=found).order_by("pk")]
    sheets = list(open_reviews_of(round, person).select_for_update(of=("self",)))
    if not sheets:
        raise Refused(_("%(person)s has no open sheet in this round.") % {"person": person})
    _require_reviewers(reviewers, {round.office_id})
    others = [each for each in reviewers if each.pk != person.pk]
    plan = plan_of(applications, others, confirmed=confirmed, each=dict.fromkeys([a.pk for a in applications], 1))
    require_nothing_missing(plan.missing)
    for sheet in sheets:
        sheet.delete()
    made = _make(plan, by=by, took_over_from=person, took_over_reason=reason.strip())
    mails.reviews_assigned(made)
    return made


@transaction.atomic
def declare_conflict(*, review: Review, reason: str, by) -> Review | None:
    """A reviewer says: I cannot judge this one. The sheet is closed, and what was typed in it is gone.

    The colleague with the fewest open sheets who reads in this round, and whom nothing ties to the applicant, gets it at
    once; where nobody is free, the coordinator sees that a reader is missing. Returns the new sheet, or None. Raises Refused
    (somebody else's sheet), NotReady (no reason) or TransitionNotAllowed (marks are given, or the case is decided).
    """
    application = lock(review.application)
    review = _locked(review, by)
    if not reason.strip():
        raise NotReady([_("Write in a few words what ties you to the applicant.")])
    if review.given_at is not None:
        raise TransitionNotAllowed(_("You have given your marks. Tell the office, which decides what happens to them."))
    if application.status not in BEING_JUDGED:
        raise TransitionNotAllowed(_("The decision is published: marks cannot be changed any more."))
    Conflict.objects.create(application=application, person=by, reason=reason.strip()[:300], declared_at=clock.now())
    review.delete()
    colleagues = _colleagues(application, by)
    plan = plan_of([application], colleagues, each={application.pk: 1})
    if plan.short:
        return None
    (made,) = _make(plan, by=None, took_over_from=by, took_over_reason=_("conflict of interest"))
    mails.reviews_assigned([made])
    return made


def still_needed(applications) -> dict[int, int]:
    """How many readers each application lacks, by its key."""
    counted = Counter(Review.objects.filter(application__in=applications).values_list("application", flat=True))
    return {application.pk: REVIEWERS_EACH - counted[application.pk] for application in applications}


def _colleagues(application, person):
    """Reviewers of the office today who have a sheet in this round."""
    at_work = Review.objects.filter(application__round=application.round_id).values("reviewer")
    return list(reviewers_of(application.office_id).filter(pk__in=at_work).exclude(pk=person.pk))


def _make(plan: Plan, *, by, **fields) -> list[Review]:
    now = clock.now()
    warned = {(application.pk, person.pk) for application, person, _finding in plan.warnings}
    return [
        Review.objects.create(
            application=application,
            reviewer=person,
            assigned_at=now,
            assigned_by=by,
            has_confirmed_name=(application.pk, person.pk) in warned,
            **fields,
        )
        for application, person in plan.pairs
    ]


def _locked(review, by):
    found = Review.objects.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if found is None:
        raise Refused(_("This sheet was given to somebody else meanwhile."))
    if found.reviewer_id != by.pk:
        raise Refused(_("Only the reviewer fills in this sheet."))
    return found


def _require_submitted(application):
    try:
        require(application, workflow.START_REVIEW)
    except TransitionNotAllowed as error:
        raise TransitionNotAllowed(f"{application.full_name}: {error}") from error


def _require_reviewers(reviewers, offices):
    for office in offices:
        known = set(
            Membership.objects.in_force().filter(office=office, role=Role.REVIEWER).values_list("user_id", flat=True)
        )
        strangers = [person for person in reviewers if person.pk not in known]
        if strangers:
            raise Refused(_("%(person)s is not a reviewer of this office.") % {"person": strangers[0]})


def require_no_conflict(person, application):
    """Raise Refused with the one sentence that says what ties this person to the application."""
    finding = conflict_of(person, application)
    if finding is not None:
        raise Refused(finding.words)
