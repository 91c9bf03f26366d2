"""Mails to reviewers."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse

from apprentices.notifications.mail import FOLDER
from mobility.common import outbox


def reviews_assigned(reviews):
    """One mail to each reviewer, with the number of applications that wait for marks."""
    by_person = defaultdict(list)
    for review in reviews:
        by_person[review.reviewer].append(review)
    for person, mine in by_person.items():
        office = mine[0].application.office
        outbox.queue(
            f"{FOLDER}/reviews_assigned",
            to=outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
            office=office,
            context={
                "number": len(mine),
                "round": mine[0].application.round,
                "url": settings.SITE_URL + reverse("apprentices:reviews"),
            },
            about={"reviews": [review.pk for review in mine]},
        )
