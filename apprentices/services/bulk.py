"""One act for many applications at once: each row by its own service, all of it or none."""

from django.db import transaction

from apprentices.models import Endorsement
from apprentices.selectors.bulk import why_not_reminded
from apprentices.services.chasing import remind_now


@transaction.atomic
def remind_employers(*, endorsements, by) -> tuple[int, list[Endorsement]]:
    """Remind every employer of the list who still has not answered. Mails each a fresh link.

    Returns how many were reminded, and whom it left out, because something happened since the page was shown: an answer, a
    decision, another reminder. Pressing twice therefore sends once.
    """
    reminded, left_out = 0, []
    rows = (
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(pk__in=[row.pk for row in endorsements])
        .order_by("pk")
    )
    for row in rows:
        if why_not_reminded(row.application, row):
            left_out.append(row)
            continue
        remind_now(endorsement=row, by=by)
        reminded += 1
    return reminded, left_out
