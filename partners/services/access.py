"""Who signs in for a partner."""

from django.db import transaction

from mobility.accounts.enums import Role
from mobility.accounts.services import memberships
from partners.models import ContactAccess


@transaction.atomic
def invite_contact(*, partner, address, given_name, family_name="", language, by):
    """Invite a person to the portal of one partner, by mail; the membership reaches that partner and no other.

    Raises Refused if the person signs in for a partner of this office already.
    """
    invited = memberships.invite(
        office=partner.office,
        role=Role.PARTNER,
        address=address,
        given_name=given_name,
        family_name=family_name,
        language=language,
        by=by,
    )
    return ContactAccess.objects.create(membership=invited.membership, partner=partner)
