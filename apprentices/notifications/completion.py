"""Mails about what an applicant has to complete."""

from django.conf import settings
from django.urls import reverse

from apprentices.notifications.mail import FOLDER, queue, tell_applicant, to_applicant
from apprentices.selectors.completion import topics_of
from mobility.common import outbox


def completion_mail(application, *, message, due_on, fields):
    """(subject, text) of the request for completion as it would go out now: the coordinator reads it first."""
    return outbox.written(
        f"{FOLDER}/completion_asked",
        to=to_applicant(application),
        office=application.office,
        context={
            "application": application,
            "round": application.round,
            **completion_context(application, message, due_on, fields),
        },
    )


def completion_asked(asked):
    """What is missing, by when, and where to write it."""
    context = completion_context(asked.application, asked.message, asked.due_on, asked.fields)
    queue(asked.application, "completion_asked", to=to_applicant(asked.application), **context)


def completion_reminder(asked):
    context = completion_context(asked.application, asked.message, asked.due_on, asked.fields)
    queue(asked.application, "completion_reminder", to=to_applicant(asked.application), **context)


def completion_closed(asked):
    """The office goes on without the answer."""
    tell_applicant(asked.application, "completion_closed")


def completion_answered(asked):
    """Tell the coordinator who asked that the application is complete."""
    person, application = asked.asked_by, asked.application
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    to = outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person)
    queue(application, "completion_answered", to=to, asked=asked, case_url=settings.SITE_URL + case)


def completion_context(application, message, due_on, fields):
    return {
        "message": message,
        "due_on": due_on,
        "topics": topics_of(fields),
        "complete_url": settings.SITE_URL + reverse("apprentices:complete", args=[application.pk]),
    }
