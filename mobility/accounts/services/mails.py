"""What a coordinator can do about a mail that did not go out."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock, jobs
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail


@transaction.atomic
def retry_mail(*, mail, by):
    """Queue a failed mail again, as if it were new. Its Message-ID stays. Raises Refused unless it has failed."""
    mail = OutboundMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state != OutboundMail.State.FAILED:
        raise Refused(_("Only a mail that has failed can be tried again."))
    mail.state = OutboundMail.State.QUEUED
    mail.tries = 0
    mail.next_try_at = clock.now()
    mail.save(update_fields=["state", "tries", "next_try_at"])
    jobs.wake("common.send_mail", mail.pk)
    return mail
