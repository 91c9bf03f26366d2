"""Pairs of the register that look alike: found anew, and remembered as two people."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import HintState
from apprentices.models import SamePersonHint
from apprentices.selectors.duplicates import look_alikes
from mobility.accounts.models import Office
from mobility.common import clock, jobs
from mobility.common.errors import TransitionNotAllowed
from mobility.common.workflow import lock

TASK = "apprentices.look_for_pairs"


def look_later(office):
    """Have a worker look for pairs after the commit: somebody new is in the register."""
    jobs.wake(TASK, office.pk)


@transaction.atomic
def look_for_pairs(*, office) -> int:
    """Write down new pairs and forget undecided ones that no longer look alike; returns how many are open.

    What somebody decided about a pair is never asked again. Safe to run twice.
    """
    Office.objects.select_for_update().get(pk=office.pk)  # two at once: one waits
    found = look_alikes(office)
    known = {(hint.first_id, hint.second_id): hint for hint in SamePersonHint.objects.filter(office=office)}
    SamePersonHint.objects.bulk_create(
        [
            SamePersonHint(office=office, first_id=first, second_id=second, reasons=reasons, found_at=clock.now())
            for (first, second), reasons in found.items()
            if (first, second) not in known
        ],
        batch_size=500,
    )
    open_ones = {pair: hint for pair, hint in known.items() if hint.state == HintState.OPEN}
    gone = [hint.pk for pair, hint in open_ones.items() if pair not in found]
    SamePersonHint.objects.filter(pk__in=gone).delete()
    changed = [hint for pair, hint in open_ones.items() if pair in found and hint.reasons != found[pair]]
    for hint in changed:
        hint.reasons = found[(hint.first_id, hint.second_id)]
    SamePersonHint.objects.bulk_update(changed, ["reasons"], batch_size=500)
    return SamePersonHint.objects.filter(office=office).open().count()


@transaction.atomic
def say_two_people(*, hint, by):
    """Remember that these are two people. Raises TransitionNotAllowed when the pair was decided meanwhile."""
    found = lock(hint)
    require_open(found)
    found.state = HintState.NOT_SAME
    found.decided_at, found.decided_by = clock.now(), by
    found.save(update_fields=["state", "decided_at", "decided_by"])
    return found


def require_open(hint):
    if hint.state != HintState.OPEN:
        raise TransitionNotAllowed(_("Somebody has decided about these two meanwhile."))
