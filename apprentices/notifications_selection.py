"""Mails of the selection. Each is queued in the transaction of the step that causes it."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse

from mobility.common import outbox


def reviews_assigned(reviews):
    """One mail to each reviewer, with the number of applications that wait for marks."""
    by_person = defaultdict(list)
    for review in reviews:
        by_person[review.reviewer].append(review)
    for person, mine in by_person.items():
        office = mine[0].application.office
        outbox.queue(
            "apprentices/email/reviews_assigned",
            to=outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
            office=office,
            context={
                "number": len(mine),
                "round": mine[0].application.round,
                "url": settings.SITE_URL + reverse("apprentices:reviews"),
            },
            about={"reviews": [review.pk for review in mine]},
        )


def decision_published(decision):
    """The decision with its letter, in the applicant's own written form. The text says the state the case is in."""
    application = decision.application
    outbox.queue(
        "apprentices/email/decision",
        to=outbox.To(
            address=application.email,
            language=application.written_form,
            name=application.full_name,
            user=application.apprentice.user,
        ),
        office=application.office,
        context={
            "application": application,
            "decision": decision,
            "status_url": settings.SITE_URL + application.get_absolute_url(),
        },
        about={"application": application.pk, "decision": decision.pk},
        attachments=[decision.letter],
    )
