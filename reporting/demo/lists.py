"""What the lists and the outbox of the demo show: filters by name; mails that went out, are held, or did not arrive."""

import datetime

from apprentices.models import Application
from apprentices.notifications.applications import application_received
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.models import OutboundMail, SavedFilter
from reporting.demo.source import Demo

OF_LIST = "apprentices.application"
FILTERS = (("Venter på vurdering", "status__exact=in_review", True), ("Må sees på", "eligibility=warn", False))
REFUSED = "SMTPRecipientsRefused: 550 5.1.1 no such mailbox"


def load(demo: Demo) -> None:
    office = demo["office-intsek"]
    owner = Membership.objects.filter(office=office, role=Role.COORDINATOR).order_by("pk").first().user
    SavedFilter.objects.bulk_create(
        SavedFilter(office=office, owner=owner, of_list=OF_LIST, name=name, query=query, is_shared=is_shared)
        for name, query, is_shared in FILTERS
    )
    newest = Application.objects.submitted().filter(office=office).order_by("-submitted_at", "-pk")
    sent, failed, held = list(newest[:3]), newest[3], newest[4]
    for number, application in enumerate(sent):
        _mail(application, OutboundMail.State.SENT, hours=30 + number)
    _mail(failed, OutboundMail.State.FAILED, hours=8)
    _mail(failed, OutboundMail.State.FAILED, hours=4)
    _mail(held, OutboundMail.State.HELD, hours=2).changes.create(
        what="held", by=owner, note="Adressen er sjekket med lærebedriften først"
    )


def _mail(application, state, *, hours):
    """The receipt of an application, as it was written then, and what became of it."""
    application_received(application)
    mail = OutboundMail.objects.order_by("-pk")[0]
    mail.state, mail.created_at = state, clock.now() - datetime.timedelta(hours=hours)
    if state == OutboundMail.State.SENT:
        mail.sent_at, mail.tries = mail.created_at, 1
    if state == OutboundMail.State.FAILED:
        mail.tries, mail.last_error = 1, REFUSED
    mail.save()
    return mail
