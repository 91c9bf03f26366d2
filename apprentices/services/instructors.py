"""Which instructor of the register signs in."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import Instructor
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.accounts.services import memberships
from mobility.common.errors import Refused


@transaction.atomic
def invite_instructor(*, instructor, by):
    """Invite an instructor of the register by mail: the account sees the visits of this entry.

    Raises Refused if the entry has an account that is in use, or the person has this role already.
    """
    instructor = Instructor.objects.select_for_update(of=("self",)).select_related("office").get(pk=instructor.pk)
    working = Membership.objects.in_force().filter(office=instructor.office, role=Role.INSTRUCTOR)
    if instructor.user_id is not None and working.filter(user=instructor.user_id).exists():
        raise Refused(_("This instructor has an account already."))
    invited = memberships.invite(
        office=instructor.office,
        role=Role.INSTRUCTOR,
        address=instructor.email,
        given_name=instructor.given_name,
        family_name=instructor.family_name,
        language=instructor.written_form,
        by=by,
    )
    instructor.user = invited.membership.user
    instructor.save(update_fields=["user"])
    return instructor
