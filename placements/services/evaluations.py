"""What apprentice and partner say about the stay, each through a link of their own."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.accounts import links
from mobility.common import clock
from mobility.common.errors import Refused
from placements.enums import EvaluationBy, PlacementStatus
from placements.models import Evaluation
from placements.notifications import stays as notifications

MARKS = {
    EvaluationBy.APPRENTICE: ("overall", "learning", "support", "lodging", "language"),
    EvaluationBy.PARTNER: ("overall", "learning", "support", "language"),
}
"""What each party is asked to mark from 1 to 5."""


@transaction.atomic
def ask_for_evaluations(*, placement) -> list[Evaluation]:
    """One evaluation for each party, and a mailed link to it. Who has answered is not asked again."""
    asked = []
    for party in EvaluationBy:
        evaluation, _made = Evaluation.objects.get_or_create(
            placement=placement, by=party, defaults={"asked_at": clock.now()}
        )
        if evaluation.given_at is None:
            notifications.asked_to_evaluate(evaluation)
            asked.append(evaluation)
    return asked


@transaction.atomic
def give_evaluation(*, evaluation, link, marks, comment) -> Evaluation:
    """Keep the answers and spend the link. ``marks``: name -> 1..5 for each of ``MARKS`` of this party.

    Raises LinkSpent when another request was faster, and Refused when the answers were given or the case is closed.
    """
    links.spend(link)
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("placement").get(pk=evaluation.pk)
    require_open(evaluation)
    for name in MARKS[evaluation.by]:
        setattr(evaluation, name, marks[name])
    evaluation.comment = comment
    evaluation.given_at = clock.now()
    evaluation.save(update_fields=[*MARKS[evaluation.by], "comment", "given_at"])
    return evaluation


def require_open(evaluation):
    """Raise Refused unless answers can still be given."""
    if evaluation.given_at is not None:
        raise Refused(_("We have your answers. Thank you."))
    if evaluation.placement.status == PlacementStatus.CLOSED:
        raise Refused(_("This case is closed; answers are no longer taken."))
