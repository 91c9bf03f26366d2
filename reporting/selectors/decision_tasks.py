"""What waits on the workbench around decisions: the head's approval, proposals of the clock, plans, wishes to wait."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from apprentices.enums import AppealStatus, DecisionSource, DeferralState, PlanState
from apprentices.models import PlannedPublication

PENDING = Q(applications__decisions__isnull=False, applications__decisions__published_at=None)


def with_decision_tasks(rounds):
    """What ``decision_tasks`` reads of each round, in the query of the rounds themselves."""
    newest = PlannedPublication.objects.filter(round=OuterRef("pk")).order_by("-planned_at", "-pk").values("state")[:1]
    with_head = PENDING & Q(
        applications__decisions__sent_at__isnull=False, applications__decisions__approved_at__isnull=True
    )
    return rounds.annotate(
        with_head=Count("applications__decisions", filter=with_head, distinct=True),
        sent_back=Count(
            "applications__decisions",
            filter=PENDING & ~Q(applications__decisions__sent_back_words=""),
            distinct=True,
        ),
        proposals=Count(
            "applications__decisions",
            filter=PENDING
            & Q(
                applications__decisions__source=DecisionSource.WAITING_LIST,
                applications__decisions__decided_by=None,
            ),
            distinct=True,
        ),
        wishes=Count(
            "applications__deferrals", filter=Q(applications__deferrals__state=DeferralState.ASKED), distinct=True
        ),
        appeals=Count(
            "applications__decisions__appeal",
            filter=Q(
                applications__decisions__appeal__status__in=[
                    AppealStatus.RECEIVED,
                    AppealStatus.ADMITTED,
                    AppealStatus.SENT_ON,
                ]
            ),
            distinct=True,
        ),
        newest_plan=Subquery(newest),
    )


KINDS = [
    (
        "with_head", "apprentices.approve_decisions", "apprentices:approve", "you",
        ngettext_lazy("%(count)s decision waits for your approval", "%(count)s decisions wait for your approval", "count"),
    ),
    (
        "sent_back", "apprentices.decide_application", "apprentices:publish", "you",
        ngettext_lazy(
            "The head has sent %(count)s decision back", "The head has sent %(count)s decisions back", "count"
        ),
    ),
    (
        "proposals", "apprentices.decide_application", "apprentices:publish", "you",
        ngettext_lazy(
            "A place is free: %(count)s proposal to look at", "Places are free: %(count)s proposals to look at", "count"
        ),
    ),
    (
        "wishes", "apprentices.decide_application", "apprentices:deferrals", "you",
        ngettext_lazy(
            "%(count)s applicant asks to wait for a later round",
            "%(count)s applicants ask to wait for a later round",
            "count",
        ),
    ),
    (
        "appeals", "apprentices.answer_appeal", "apprentices:appeals", "you",
        ngettext_lazy("%(count)s appeal waits for an answer", "%(count)s appeals wait for an answer", "count"),
    ),
]  # fmt: skip
"""(annotation, who may, page of the round, state, words)"""


def decision_tasks(user, rounds, task) -> list[dict]:
    """One line for each kind and round. ``rounds`` come from ``with_decision_tasks``; ``task`` makes one of the list."""
    found = []
    for row in rounds:
        if row.pending and row.newest_plan == PlanState.FAILED and user.has_perm("apprentices.publish_decisions"):
            found.append(
                task(_("A planned publication did not happen"), row.name, ("apprentices:publish", row.pk), "stop")
            )
        for name, perm, page, state, words in KINDS:
            count = getattr(row, name)
            if count and user.has_perm(perm):
                found.append(task(words % {"count": count}, row.name, (page, row.pk), state))
    return found
