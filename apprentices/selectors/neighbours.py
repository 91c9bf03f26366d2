"""Where a case stands in the list that the reader came from: the one before, the one after, "3 of 27"."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, When, Window
from django.db.models.functions import Lag, Lead, RowNumber


@dataclass(frozen=True)
class Neighbours:
    """``place`` None: the case is not in the list any more (somebody acted on it); ``after`` is its first one then."""

    before: int | None
    after: int | None
    place: int | None
    total: int


def neighbours_in(rows, order, pk) -> Neighbours:
    """``rows``: the whole list; ``order``: as ``order_by`` takes it. One query; two where the case is not there any more."""
    order = [*order, *([] if {"pk", "-pk"} & set(order) else ["-pk"])]
    windows = rows.order_by().annotate(
        before=Window(Lag("pk"), order_by=order),
        after=Window(Lead("pk"), order_by=order),
        place=Window(RowNumber(), order_by=order),
        total=Window(Count("pk")),
    )
    # a condition on a window is asked of the whole list; a plain one on the key would cut the list down first
    here = windows.annotate(here=Case(When(pk=pk, then=F("place")))).filter(here__isnull=False)
    found = here.values_list("before", "after", "place", "total").first()
    if found is not None:
        return Neighbours(*found)
    return Neighbours(None, rows.order_by(*order).values_list("pk", flat=True).first(), None, 0)
