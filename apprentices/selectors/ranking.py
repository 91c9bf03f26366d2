"""The ranking list of a round: weighted scores, ties, what is missing, who lies above the line of places."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum

from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, CompletionRequest, Decision, Review, ReviewMark

RANKED = (
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.OFFERED,
    ApplicationStatus.WAITING_LIST,
    ApplicationStatus.REJECTED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.DECLINED,
    ApplicationStatus.LAPSED,
    ApplicationStatus.DEFERRED,
)
"""Every application of the round that was, or is being, judged. Withdrawn ones leave the list."""

HOLDS_PLACE = (ApplicationStatus.OFFERED, ApplicationStatus.ACCEPTED)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Standing:
    """One application's place in the list. ``score``: mean of the given reviews, 1.00 to 5.00; None before the first.
    ``position`` counts rows, ``rank`` counts ties as one. ``totals``: hundredths by review."""

    application_id: int
    position: int
    score: Decimal | None
    rank: int | None
    is_tied: bool
    totals: dict[int, int]

    @property
    def given(self) -> int:
        return len(self.totals)


@dataclass(frozen=True)
class Seats:
    """Places of a round: how many there are, are held, are about to be offered, and are left.

    ``not_started``: applications that were sent in and have no reviewers yet.
    """

    places: int
    held: int
    pending: int
    not_started: int

    @property
    def left(self) -> int:
        return self.places - self.held - self.pending


def standings(round) -> list[Standing]:  # noqa: A002 - the domain's word
    """Best first; equal scores share a rank, and the next rank counts on (1, 2, 2, 4). Two queries at any size.

    The score of one review is the sum of mark x weight / 100; the score of an application is the mean of its given
    reviews, rounded half up to two decimals. What looks equal is equal.
    """
    ids = list(_ranked_applications(round).order_by("reference").values_list("pk", flat=True))
    sums: dict[int, dict[int, int]] = defaultdict(dict)
    for application_id, review_id, total in (
        ReviewMark.objects.filter(review__application__round=round, review__given_at__isnull=False)
        .order_by()
        .values_list("review__application", "review")
        .annotate(total=Sum(F("mark") * F("criterion__weight")))
    ):
        sums[application_id][review_id] = total
    scores = {pk: mean(list(sums[pk].values())) for pk in ids}
    order = sorted(ids, key=lambda pk: (scores[pk] is None, -(scores[pk] or 0)))
    return _ranked(order, scores, sums)


def _ranked_applications(round):  # noqa: A002
    """Those of RANKED, and what was returned for completion out of the review: it is still the reviewers'."""
    from_review = CompletionRequest.objects.open().filter(returned_from=ApplicationStatus.IN_REVIEW)
    is_returned = Q(status=ApplicationStatus.RETURNED, pk__in=from_review.values("application"))
    return Application.objects.filter(Q(status__in=RANKED) | is_returned, round=round)


def mean(totals: list[int]) -> Decimal | None:
    """The score of an application from the totals (hundredths) of its reviews."""
    if not totals:
        return None
    return (Decimal(sum(totals)) / len(totals) / 100).quantize(CENT, rounding=ROUND_HALF_UP)


def seats(round) -> Seats:  # noqa: A002
    """How the places of the round are used: offers out and accepted, and pending offers."""
    counts = Application.objects.filter(round=round).aggregate(
        held=Count("pk", filter=Q(status__in=HOLDS_PLACE)),
        not_started=Count("pk", filter=Q(status=ApplicationStatus.SUBMITTED)),
    )
    pending = (
        Decision.objects.pending()
        .filter(application__round=round, result=DecisionResult.OFFER)
        .exclude(application__status=ApplicationStatus.WITHDRAWN)
    )
    return Seats(places=round.places, pending=pending.count(), **counts)


def review_scores(applications, totals=None, sheets=None) -> dict[int, list[tuple[str, Decimal | None]]]:
    """For each application: (reviewer, score or None while the sheet is empty), in the order of assignment.

    ``totals``: what ``standings`` has read already (hundredths by review); ``sheets``: the reviews with their reviewers.
    """
    if totals is None:
        totals = dict(
            ReviewMark.objects.filter(review__application__in=applications)
            .order_by()
            .values_list("review")
            .annotate(total=Sum(F("mark") * F("criterion__weight")))
        )
    found = defaultdict(list)
    if sheets is None:
        sheets = Review.objects.filter(application__in=applications).select_related("reviewer")
    for review in sheets:
        score = mean([totals[review.pk]]) if review.given_at and review.pk in totals else None
        found[review.application_id].append((str(review.reviewer), score))
    return found


def _ranked(order, scores, totals):
    lines = []
    rank = None
    for position, pk in enumerate(order, start=1):
        score = scores[pk]
        before = scores[order[position - 2]] if position > 1 else None
        after = scores[order[position]] if position < len(order) else None
        if score is not None and score != before:
            rank = position
        is_tied = score is not None and score in (before, after)
        lines.append(Standing(pk, position, score, rank if score is not None else None, is_tied, totals[pk]))
    return lines
