"""Two reviewers for each application, and their marks."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Review, ReviewMark
from apprentices.notifications import reviews as notifications
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require

REVIEWERS_EACH = 2


@transaction.atomic
def assign_reviewers(*, applications: Iterable[Application], reviewers, by) -> list[Review]:
    """Start the review: two of ``reviewers`` for every application, as evenly as conflicts of interest allow.

    Mails each reviewer once. Raises TransitionNotAllowed (one of them is not *submitted*), Refused (somebody is no
    reviewer of the office) or NotReady (too few reviewers without a conflict of interest); then nothing is kept.
    """
    locked = [lock(application) for application in sorted(applications, key=lambda each: each.pk)]
    for application in locked:
        _require_submitted(application)
    reviewers = sorted(reviewers, key=lambda person: person.pk)
    _require_reviewers(reviewers, {application.office_id for application in locked})
    load = Counter({person.pk: person.reviews.filter(given_at=None).count() for person in reviewers})
    now = clock.now()
    made = []
    for application in locked:
        free = [person for person in reviewers if not has_conflict(person, application)]
        if len(free) < REVIEWERS_EACH:
            raise NotReady(
                [
                    _("%(applicant)s needs two reviewers without a conflict of interest; choose more reviewers.")
                    % {"applicant": application.full_name}
                ]
            )
        for person in sorted(free, key=lambda each: (load[each.pk], each.pk))[:REVIEWERS_EACH]:
            load[person.pk] += 1
            made.append(Review.objects.create(application=application, reviewer=person, assigned_at=now))
        move(application, workflow.START_REVIEW, by=by)
    notifications.reviews_assigned(made)
    return made


def has_conflict(person, application) -> bool:
    """Whether this person may not judge the application: the applicant, the employer's or the guardian's address."""
    related = {
        application.email,
        application.manager_email,
        application.guardian_email,
        application.second_guardian_email,
    } - {""}
    applicant = application.apprentice.user_id if application.apprentice_id else None
    return applicant == person.pk or person.email.casefold() in {address.casefold() for address in related}


BEING_JUDGED = (ApplicationStatus.IN_REVIEW, ApplicationStatus.RETURNED)
"""Marks are given while it is read, also while the applicant completes something."""


@transaction.atomic
def give_review(*, review: Review, marks: Mapping[int, tuple[int, str]], by) -> Review:
    """Keep one reviewer's marks: ``marks`` maps each criterion's key to (1 to 5, note). Again replaces them.

    Raises Refused (somebody else's sheet), TransitionNotAllowed (the decision is published) or NotReady (a criterion has
    no mark).
    """
    application = lock(review.application)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.reviewer_id != by.pk:
        raise Refused(_("Only the reviewer fills in this sheet."))
    if application.status not in BEING_JUDGED:
        raise TransitionNotAllowed(_("The decision is published: marks cannot be changed any more."))
    criteria = list(application.round.criteria.all())
    without = [criterion.name for criterion in criteria if criterion.pk not in marks]
    if without:
        raise NotReady([_("Give a mark for “%(criterion)s”.") % {"criterion": name} for name in without])
    for criterion in criteria:
        mark, note = marks[criterion.pk]
        ReviewMark.objects.update_or_create(review=review, criterion=criterion, defaults={"mark": mark, "note": note})
    if review.given_at is None:
        review.given_at = clock.now()
        review.save(update_fields=["given_at"])
    return review


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
