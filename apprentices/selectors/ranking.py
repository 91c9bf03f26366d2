"""The ranking list of a round: weighted scores, spread, ties, what is missing, who lies above the line of places."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, CompletionRequest, Decision, Review
from apprentices.selectors.decisions import LEFT

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

SUMMED = ("trade", "municipality", "gender", "first_country")
HOLDS_PLACE = (ApplicationStatus.OFFERED, ApplicationStatus.ACCEPTED)
WIDE_SPREAD = Decimal("1.00")
"""From this difference between two reviews on, the two should talk."""


@dataclass(frozen=True)
class Standing:
    """One application's place in the list. ``score``: mean of the given reviews, 1.00 to 5.00; None before the first.
    ``position`` counts rows, ``rank`` counts ties as one. ``spread``: highest minus lowest of the reviews, None before
    the second."""

    application_id: int
    position: int
    score: Decimal | None
    rank: int | None
    is_tied: bool
    given: int
    spread: Decimal | None
    has_priority: bool = False  # deferred from an earlier round

    @property
    def is_wide(self) -> bool:
        return self.spread is not None and self.spread >= WIDE_SPREAD


@dataclass(frozen=True)
class Seats:
    """Places of a round: how many there are, are held, are about to be offered, and are left.

    ``not_started``: applications that were sent in and have no reviewers yet. ``ranked``: lines of the list.
    """

    places: int
    held: int
    pending: int
    not_started: int
    ranked: int

    @property
    def left(self) -> int:
        return self.places - self.held - self.pending


def standings(round) -> list[Standing]:  # noqa: A002 - the domain's word
    """Every line, best first. One query at any size; a page that shows a part of it asks for ``first_rows``.

    Equal scores share a rank, and the next rank counts on (1, 2, 2, 4). The score of one review is the sum of mark x
    weight / 100; the score of an application is the mean of its given reviews, rounded half up to two decimals. What looks
    equal is equal.
    """
    return lines_of(list(_in_order(round)))


def first_rows(round, count: int) -> list[dict]:  # noqa: A002
    """The first rows of the list, with what the sums are made of: one query for a page and the line of places."""
    more = {f"{name}_": F(name) for name in (*SUMMED, "has_protected_address")}
    return list(_in_order(round).annotate(**more)[:count])


def lines_of(rows: list[dict]) -> list[Standing]:
    """Rows from the first of the list on as its lines. The last line may tie with a row that was not asked for."""
    lines: list[Standing] = []
    scores = [row["cents"] for row in rows]
    for number, row in enumerate(rows):
        score, before, after = row["cents"], scores[number - 1 : number], scores[number + 1 : number + 2]
        ties_before = before == [score]
        lines.append(
            Standing(
                application_id=row["pk"],
                position=number + 1,
                score=hundredths(score),
                rank=None if score is None else lines[-1].rank if ties_before else number + 1,
                is_tied=score is not None and (ties_before or after == [score]),
                given=row["given"],
                spread=hundredths(row["high"] - row["low"]) if row["given"] > 1 else None,
                has_priority=row["deferred_from"] is not None,
            )
        )
    return lines


def waiting_line(round) -> list[int]:  # noqa: A002
    """Ids of the applications on the waiting list, in the order in which they move up: one query."""
    waiting = _scored(round).filter(status=ApplicationStatus.WAITING_LIST)
    return [row["pk"] for row in waiting.order_by(*_order())]


def is_line_tied(rows: list[dict], places: int) -> bool:
    """Whether the last place and the first one without have the same score. ``rows``: one row more than the places."""
    if len(rows) <= places:
        return False
    return rows[places - 1]["cents"] is not None and rows[places - 1]["cents"] == rows[places]["cents"]


def _scored(round):  # noqa: A002
    """The judged applications with ``cents``, the score in hundredths; None before the first review."""
    found = (
        _ranked_applications(round)
        .order_by()
        .values("pk", "reference", "deferred_from")
        .annotate(
            sum=Sum("reviews__total"),
            given=Count("reviews__total"),
            high=Max("reviews__total"),
            low=Min("reviews__total"),
        )
    )
    half_up = (F("sum") * 2 + F("given")) / (F("given") * 2)  # whole numbers: rounds half up
    return found.annotate(cents=Case(When(given__gt=0, then=half_up), default=None, output_field=IntegerField()))


def _order():
    """What decides the position: the score; among equals who was deferred from an earlier round; then the reference."""
    return [F("cents").desc(nulls_last=True), F("deferred_from").asc(nulls_last=True), F("reference").asc()]


def _in_order(round):  # noqa: A002
    return _scored(round).order_by(*_order())


def hundredths(count: int | None) -> Decimal | None:
    """425 is 4.25."""
    return None if count is None else Decimal(count).scaleb(-2)


def _ranked_applications(round):  # noqa: A002
    """Those of RANKED, and what was returned for completion out of the review: it is still the reviewers'."""
    return Application.objects.filter(_is_ranked(), round=round)


def _is_ranked():
    from_review = CompletionRequest.objects.open().filter(returned_from=ApplicationStatus.IN_REVIEW)
    return Q(status__in=RANKED) | Q(status=ApplicationStatus.RETURNED, pk__in=from_review.values("application"))


def seats(round) -> Seats:  # noqa: A002
    """How the places of the round are used: offers out and accepted, and pending offers."""
    offers = Decision.objects.pending().filter(application=OuterRef("pk"), result=DecisionResult.OFFER)
    counts = Application.objects.filter(round=round).aggregate(
        held=Count("pk", filter=Q(status__in=HOLDS_PLACE)),
        not_started=Count("pk", filter=Q(status=ApplicationStatus.SUBMITTED)),
        pending=Count("pk", filter=Exists(offers) & ~Q(status__in=LEFT)),
        ranked=Count("pk", filter=_is_ranked()),
    )
    return Seats(places=round.places, **counts)


def review_scores(applications, sheets=None) -> dict[int, list[tuple[str, Decimal | None]]]:
    """For each application: (reviewer, score or None while the sheet is empty), in the order of assignment.

    ``sheets``: the reviews with their reviewers, if they are read already.
    """
    found = defaultdict(list)
    if sheets is None:
        sheets = Review.objects.filter(application__in=applications).select_related("reviewer")
    for review in sheets:
        found[review.application_id].append((str(review.reviewer), hundredths(review.total)))
    return found


# --- sums in view -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Share:
    """How many of one trade, place, gender or first wish are in the list, and how many of them above the line."""

    value: str
    above: int
    all: int


def shares(round, above: list[dict]) -> dict[str, list[Share]]:  # noqa: A002
    """For each of ``SUMMED``: its values, the most frequent first. One query at any size.

    ``above``: those of ``first_rows`` above the line. Where an address is protected, the place is left out (empty value).
    """
    total: dict[str, dict[str, int]] = {name: defaultdict(int) for name in SUMMED}
    trades: dict[int | None, str] = {}
    for trade, *values, count in _counted(_ranked_applications(round).order_by()):
        trades[trade] = values[0] or ""
        for name, value in zip(SUMMED, values, strict=True):
            total[name][value or ""] += count
    inside: dict[str, dict[str, int]] = {name: defaultdict(int) for name in SUMMED}
    for row in above:
        inside["trade"][trades.get(row["trade_"], "")] += 1
        inside["municipality"]["" if row["has_protected_address_"] else row["municipality_"]] += 1
        inside["gender"][row["gender_"]] += 1
        inside["first_country"][row["first_country_"]] += 1
    return {
        name: sorted(
            (Share(value, inside[name][value], count) for value, count in total[name].items()),
            key=lambda share: (-share.all, share.value),
        )
        for name in SUMMED
    }


def _counted(applications):
    """How many there are of each combination, the trade by its key and its name: one look at the list for all four sums."""
    own_name = NullIf(f"trade__name_{get_language() or 'nb'}", Value(""))
    place = Case(When(has_protected_address=True, then=Value("")), default=F("municipality"), output_field=CharField())
    parts = {
        "trade_key": F("trade"),
        "trade_": Coalesce(own_name, "trade__name_nb"),  # the Norwegian one where nobody has translated it
        "municipality_": place,
        "gender_": F("gender"),
        "first_country_": F("first_country"),
    }
    counted = applications.annotate(**parts).values(*parts).annotate(count=Count("pk"))
    return counted.values_list(*parts, "count")
