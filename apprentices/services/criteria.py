"""Correcting the frozen criteria of an opened round: with a reason, logged, and never after decisions are published."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import CriteriaChange, Review
from apprentices.selectors.criteria import TEXTS, missing_for_change, snapshot, totals_of
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock, require_nothing_missing

CHANGEABLE = frozenset({"weight", "anchors", *TEXTS})
BATCH = 2000


@transaction.atomic
def change_criteria(*, round, changes: Mapping[int, Mapping], reason: str, by, seen_version: int | None = None):  # noqa: A002
    """Correct texts, or weights, of the criteria of an opened round, and keep what stood there before.

    ``changes``: by the criterion's key, the fields that change. Other weights make a new version and compute every total
    anew: marks stay, and a decision keeps the score and the version that it was made on. ``seen_version``: the version that
    the effect was shown for. Returns the row of the log. Raises NotReady (not open, published, no reason, weights not
    100 %), TransitionNotAllowed (somebody changed the weights meanwhile) or Refused (nothing changes).
    """
    round = lock(round)  # noqa: A001
    require_nothing_missing(missing_for_change(round))
    if seen_version is not None and seen_version != round.criteria_version:
        raise TransitionNotAllowed(_("Somebody has changed the weights meanwhile. Look at the effect once more."))
    if not reason.strip():
        raise NotReady([_("Write why the criteria are changed.")])
    criteria = list(round.criteria.all())
    before = snapshot(criteria)
    for criterion in criteria:
        _set(criterion, changes.get(criterion.pk, {}))
    after = snapshot(criteria)
    if after == before:
        raise Refused(_("Nothing was changed."))
    require_nothing_missing(missing_weights(criteria))
    for criterion in criteria:
        criterion.save()
    if any(after[code]["weight"] != before[code]["weight"] for code in before):
        round.criteria_version += 1
        round.save(update_fields=["criteria_version"])
        _weigh_anew(round)
    return CriteriaChange.objects.create(
        round=round,
        version=round.criteria_version,
        before=before,
        after=after,
        reason=reason.strip(),
        at=clock.now(),
        by=by,
    )


def missing_weights(criteria) -> list[str]:
    """The weights of a round are percent of one whole."""
    weights = sum(criterion.weight for criterion in criteria)
    if weights == 100:
        return []
    return [_("The weights of the criteria add up to %(sum)s %%; they must be 100 %%.") % {"sum": weights}]


def _set(criterion, fields):
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise ValueError(f"not a changeable field of a criterion: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(criterion, name, value)


def _weigh_anew(round):  # noqa: A002
    """The totals of all given reviews by the weights that now hold."""
    rows = [Review(pk=pk, total=total) for pk, total in totals_of(round)]
    Review.objects.bulk_update(rows, ["total"], batch_size=BATCH)
