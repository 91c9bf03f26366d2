"""Who works in an office: invite, invite again, accept, end."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import Membership, Office
from mobility.accounts.notifications import mail_invitation
from mobility.accounts.services import people
from mobility.common import clock
from mobility.common.errors import Refused


@dataclass(frozen=True)
class Invited:
    """The new membership, and the link that was mailed (only ``create_office`` prints it)."""

    membership: Membership
    url: str


@transaction.atomic
def invite(*, office, role, address, given_name="", family_name="", language, by=None, ends_on=None) -> Invited:
    """Give a person a role in the office from today and mail the link that opens the account.

    Somebody who has an account already keeps it, with its name, languages and password. What a membership is limited to
    (one partner, one entry of the register) is added by the floor above, in the same transaction.
    Raises Refused if the person holds the role already.
    """
    Office.objects.select_for_update().get(pk=office.pk)  # the second of two clicks waits, and is refused below
    user = people.person_for(address=address, given_name=given_name, family_name=family_name, language=language)
    open_ones = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))
    if open_ones.filter(user=user, office=office, role=role).exists():
        raise Refused(_("This person has this role already."))
    membership = Membership.objects.create(
        user=user, office=office, role=role, starts_on=clock.today(), ends_on=ends_on
    )
    return Invited(membership=membership, url=mail_invitation(membership, by=by).url)


@transaction.atomic
def invite_again(*, membership, by):
    """Mail a fresh invitation; earlier ones are worth nothing from now on. Raises Refused if the membership is over."""
    if membership.ends_on is not None and membership.ends_on < clock.today():
        raise Refused(_("This membership has ended."))
    links.revoke(purpose=LinkPurpose.INVITATION, object_id=membership.pk)
    mail_invitation(membership, by=by)
    return membership


@transaction.atomic
def accept_invitation(*, link, password=None):
    """Use the invitation: the address is proved, and a new account gets its password. Returns the membership.

    ``password`` is given only where the account has none; an existing password is never replaced by a link.
    Raises LinkSpent if the link was used meanwhile, Refused if the membership has ended.
    """
    links.spend(link)
    membership = Membership.objects.select_related("user", "office").get(pk=link.object_id)
    if not Membership.objects.in_force().filter(pk=membership.pk).exists():
        raise Refused(_("This invitation was withdrawn. Please ask the office."))
    user = membership.user
    people.confirm_address(user=user, address=link.address)
    if password and not user.has_usable_password():
        user.set_password(password)
        user.save(update_fields=["password"])
    return membership


@transaction.atomic
def end_membership(*, membership, by):
    """End a membership at once: the next request finds no right left, and open invitations are worth nothing.

    ``by`` may end the own one as well. Raises Refused for the last coordinator of an office, or if it has ended.
    """
    Office.objects.select_for_update().get(pk=membership.office_id)  # two coordinators ending each other: one waits
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    yesterday = clock.today() - datetime.timedelta(days=1)
    if membership.ends_on is not None and membership.ends_on <= yesterday:
        raise Refused(_("This membership has ended."))
    if membership.role == Role.COORDINATOR and not _other_coordinators(membership).exists():
        raise Refused(_("This is the last coordinator. Invite another one first."))
    membership.ends_on = max(yesterday, membership.starts_on - datetime.timedelta(days=1))
    membership.save(update_fields=["ends_on"])
    links.revoke(purpose=LinkPurpose.INVITATION, object_id=membership.pk)
    return membership


def _other_coordinators(membership):
    """Coordinators of the same office who can sign in."""
    others = Membership.objects.in_force().filter(office=membership.office_id, role=Role.COORDINATOR)
    return others.filter(user__is_active=True).exclude(user=membership.user_id)
