"""A wrong address, put right where it stands, and the mails that it lost sent to the right one."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.accounts import mail_text
from mobility.accounts.models import User
from mobility.accounts.services.mails import correct_mail, give_up_mail
from mobility.common import addresses
from mobility.common.addresses import Found, Place
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail


@dataclass(frozen=True)
class Corrected:
    """What ``correct_address`` did."""

    places: int
    sent: int
    replaced: int


@transaction.atomic
def correct_address(*, office, address, new, keys, by) -> Corrected:
    """Write ``new`` at the chosen sources of ``address``, and send the office's failed mails to it.

    All or nothing. A failed mail that a correction replaces by one of its own (a fresh link) is given up. Raises Refused:
    no mail to this address waits any more (somebody was faster), or a source refuses.
    """
    failed = list(
        OutboundMail.objects.select_for_update(of=("self",)).filter(
            office=office, to_address__iexact=address, state=OutboundMail.State.FAILED
        )
    )
    if not failed:
        raise Refused(_("No mail to this address waits any more: somebody has corrected it, or sent it again."))
    replaced, places = [], 0
    for source in addresses.sources_of(office.pk, [address]):
        if source.key in keys and source.can_correct:
            replaced += addresses.correct(source, new, by)
            places += 1
    sent = given_up = 0
    for mail in failed:
        if mail.template.startswith(tuple(replaced)) if replaced else False:
            give_up_mail(mail=mail, by=by, note=_("Asked again at the new address, with a fresh link."))
            given_up += 1
        else:
            text = mail_text.editable(mail)
            correct_mail(mail=mail, by=by, to_address=new, subject=mail.subject, body=text, send=True)
            sent += 1
    return Corrected(places, sent, given_up)


def find_users(office_id, wanted):
    """Accounts in the office: their address is how they sign in, so they change it themselves."""
    found = User.objects.filter(memberships__office=office_id, email__in=wanted).distinct()
    return [Found(user.pk, user.email, str(user), _("account; signs in with this address"), "") for user in found]


ACCOUNTS = Place("user", find_users)
