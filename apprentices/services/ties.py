"""Standing ties of a reviewer: declared once, they count in every round."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import Tie
from mobility.common import clock
from mobility.common.errors import Refused


@transaction.atomic
def declare_tie(*, office, by, kind, name, **fields) -> Tie:
    """Note a company or a person that ``by`` is close to. The same again changes nothing."""
    same = Tie.objects.in_force().filter(office=office, person=by, kind=kind, name__iexact=name.strip()).first()
    if same is not None:
        return same
    return Tie.objects.create(office=office, person=by, kind=kind, name=name.strip(), declared_at=clock.now(), **fields)


@transaction.atomic
def end_tie(*, tie: Tie, by) -> Tie:
    """It does not stand any more. Sheets that were given to others stay with them."""
    tie = Tie.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    if tie.person_id != by.pk:
        raise Refused(_("Only the person who declared a tie takes it back."))
    if tie.ended_at is None:
        tie.ended_at = clock.now()
        tie.save(update_fields=["ended_at"])
    return tie
