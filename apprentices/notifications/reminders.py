"""Reminders that a coordinator sends by hand, each shown first: to applicants and reviewers who are waited for."""

from django.conf import settings
from django.urls import reverse

from apprentices.notifications.completion import completion_context
from apprentices.notifications.mail import FOLDER, context_of, to_applicant
from mobility.common import outbox
from mobility.common.prepared import Prepared


def completion(asked) -> Prepared:
    """What is still missing, as the clock's own reminder says it."""
    application = asked.application
    return _to_applicant(
        application,
        "completion_reminder",
        **completion_context(application, asked.message, asked.due_on, asked.fields),
    )


def details(application) -> Prepared:
    """The parts of the journey's papers that are not complete."""
    address = reverse("apprentices:details", args=[application.pk])
    return _to_applicant(application, "details_reminder", details_url=settings.SITE_URL + address)


def interview(found) -> Prepared:
    """A time is still to be chosen, as the clock's own reminder says it."""
    application = found.application
    url = settings.SITE_URL + reverse("apprentices:my_interview", args=[application.pk])
    return _to_applicant(application, "interview_reminder", interview=found, pick_by=found.pick_by, url=url)


def review(person, reviews) -> Prepared:
    """Every sheet that this reviewer owes in one round."""
    application = reviews[0].application
    return Prepared(
        f"{FOLDER}/reviews_reminder",
        outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
        application.office,
        {
            "number": len(reviews),
            "round": application.round,
            "since": min(each.assigned_at for each in reviews),
            "url": settings.SITE_URL + reverse("apprentices:reviews"),
        },
        {"reviews": [each.pk for each in reviews]},
    )


def _to_applicant(application, name, **context) -> Prepared:
    return Prepared(
        f"{FOLDER}/{name}",
        to_applicant(application),
        application.office,
        context_of(application, **context),
        {"application": application.pk},
    )
