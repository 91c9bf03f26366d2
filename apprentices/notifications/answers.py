"""Mails that follow what an applicant decided: yes or no to an offer, or to withdraw."""

from django.conf import settings
from django.urls import reverse

from apprentices.notifications.mail import queue, tell_applicant, to_applicant
from mobility.common import outbox


def offer_accepted(application):
    tell_applicant(application, "offer_accepted")


def offer_declined(application):
    queue(application, "offer_declined", to=to_applicant(application))


def application_withdrawn(application):
    queue(application, "withdrawn", to=to_applicant(application))


def accepted_withdrawn(application):
    """Tell the office that somebody with a place has withdrawn: host, journey and papers may have to be undone."""
    office = application.office
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    to = outbox.To(address=office.email, language=office.default_language, name=office.name)
    queue(application, "accepted_withdrawn", to=to, case_url=settings.SITE_URL + case)
