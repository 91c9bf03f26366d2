"""Two rows of one person become one: everything moves to the row that is kept, and both histories stay readable."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from apprentices.enums import HintState
from apprentices.models import Apprentice, PersonMerge, SamePersonHint
from apprentices.selectors.merging import FIELDS, in_the_way, pointers
from apprentices.services.duplicates import require_open
from apprentices.services.eligibility import recheck_apprentice
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.accounts.services.memberships import end_membership
from mobility.common import clock
from mobility.common.errors import TransitionNotAllowed
from mobility.common.workflow import lock, require_nothing_missing

BATCH = 500


@transaction.atomic
def merge_people(*, hint, kept, take, by) -> PersonMerge:
    """Merge the other person of ``hint`` into ``kept``, with the fields in ``take`` from the other one.

    Applications, contracts, stays and whatever else names the other person name the kept one afterwards. The kept row
    keeps its account, or gets the other's; a second account loses its role as apprentice of this office. The merged row
    stays, out of every list. Raises NotReady (both have a row that the database allows once), TransitionNotAllowed
    (decided meanwhile), TypeError (not a field to choose).
    """
    if unknown := set(take) - set(FIELDS):
        raise TypeError(f"not fields to choose: {sorted(unknown)}")
    hint = lock(hint)
    require_open(hint)
    kept, merged = _locked(hint, kept)
    require_nothing_missing(in_the_way(kept, merged))
    reason = f"merge of {merged.pk} into {kept.pk}"
    moved = {pointer.model._meta.label: _move(pointer, kept, merged, by, reason) for pointer in pointers()}  # noqa: SLF001
    _settle_accounts(kept, merged, by)
    for name in take:
        setattr(kept, name, getattr(merged, name))
    merged.merged_into, merged.user = kept, None
    for person in (kept, merged):
        person._history_user, person._change_reason = by, reason  # noqa: SLF001 - simple-history's interface
        person.save()
    Apprentice.objects.filter(merged_into=merged).update(merged_into=kept)  # rows merged earlier; their log names both
    _settle_hints(hint, kept, merged, by)
    recheck_apprentice(apprentice=kept)  # contracts of both rows are one person's now
    return PersonMerge.objects.create(
        office=kept.office,
        kept=kept,
        merged=merged,
        taken=sorted(take),
        moved={label: number for label, number in moved.items() if number},
        by=by,
        at=clock.now(),
    )


def _locked(hint, kept):
    """Both people, held in the order of their keys; ``kept`` first. Raises TransitionNotAllowed if one was merged."""
    rows = {
        row.pk: row
        for row in Apprentice.objects.select_for_update(of=("self",))
        .filter(pk__in=[hint.first_id, hint.second_id], office=hint.office_id, merged_into=None)
        .order_by("pk")
    }
    if set(rows) != {hint.first_id, hint.second_id} or kept.pk not in rows:
        raise TransitionNotAllowed(_("Somebody has decided about these two meanwhile."))
    kept = rows.pop(kept.pk)
    return kept, rows.popitem()[1]


def _move(pointer, kept, merged, by, reason):
    """Point the rows at the person who is kept; with a row of history each where the model keeps one."""
    rows = list(pointer.rows_of(merged).select_for_update())
    for row in rows:
        setattr(row, f"{pointer.column}_id", kept.pk)
    if rows and hasattr(pointer.model, "history"):
        note = {"default_user": by, "default_change_reason": reason, "batch_size": BATCH}
        bulk_update_with_history(rows, pointer.model, [pointer.column], **note)
    elif rows:
        pointer.model._base_manager.bulk_update(rows, [pointer.column], batch_size=BATCH)  # noqa: SLF001
    return len(rows)


def _settle_accounts(kept, merged, by):
    other = merged.user
    if other is None or other == kept.user:
        return
    if kept.user is None:
        kept.user = other
        return
    still_somebody = Apprentice.objects.standing().filter(user=other, office=kept.office).exclude(pk=merged.pk)
    if still_somebody.exists():
        return
    held = Membership.objects.in_force().filter(user=other, office=kept.office, role=Role.APPRENTICE)
    for membership in held:
        end_membership(membership=membership, by=by)


def _settle_hints(hint, kept, merged, by):
    """This pair is decided. What was said about the merged row and a third person now holds for the kept one."""
    hint.state, hint.decided_at, hint.decided_by = HintState.MERGED, clock.now(), by
    hint.save(update_fields=["state", "decided_at", "decided_by"])
    others = SamePersonHint.objects.filter(Q(first=merged) | Q(second=merged)).exclude(pk=hint.pk)
    for other in others.filter(state=HintState.NOT_SAME):
        third = other.second_id if other.first_id == merged.pk else other.first_id
        first, second = sorted((kept.pk, third))
        SamePersonHint.objects.update_or_create(
            first_id=first,
            second_id=second,
            defaults={
                "office": kept.office,
                "reasons": other.reasons,
                "state": HintState.NOT_SAME,
                "decided_at": other.decided_at,
                "decided_by": other.decided_by,
            },
        )
    others.filter(state=HintState.OPEN).delete()
