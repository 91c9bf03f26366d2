"""What a visitor may cause: a report of a fault, as a mail to those who can act on it."""

from django.db import transaction

from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, Office
from mobility.common import outbox


@transaction.atomic
def report_fault(*, office, page, text, email):
    """Mail the report to the office, or to the coordinators of every office if the visitor knows none.

    Returns the mails, at least one wherever an office is installed.
    """
    context = {"page": page, "text": text, "email": email}
    if office is not None:
        to = outbox.To(address=office.email, language=office.default_language, name=office.name)
        return [outbox.queue("public/email/fault", to=to, office=office, context=context)]
    mails = []
    for office_, user in _coordinators():
        to = outbox.To(address=user.email, language=user.written_form, name=user.get_full_name(), user=user)
        mails.append(outbox.queue("public/email/fault", to=to, office=office_, context=context))
    if not mails:
        for office_ in Office.objects.all():
            mails += report_fault(office=office_, page=page, text=text, email=email)
    return mails


def _coordinators():
    """(office, person) for each coordinator, every person once."""
    rows = Membership.objects.in_force().filter(role=Role.COORDINATOR, user__is_active=True)
    once = {row.user_id: (row.office, row.user) for row in rows.select_related("office", "user").order_by("-pk")}
    return list(once.values())
