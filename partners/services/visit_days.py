"""Visit days: offered by a partner, with a number of places that are rows of their own."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock
from partners import selectors
from partners.models import VisitDay, VisitSlot

MOST_PLACES = 50


@transaction.atomic
def offer_visit_day(*, partner, on, from_time, to_time, places, by) -> VisitDay:
    """Offer a day with ``places`` bookable places. Raises Refused for a day that has passed or is offered already."""
    if on < clock.today():
        raise Refused(_("This day has passed."))
    try:
        with transaction.atomic():
            day = VisitDay.objects.create(partner=partner, on=on, from_time=from_time, to_time=to_time)
    except IntegrityError as error:  # one_visit_day_per_date is the last word
        raise Refused(_("This day is offered already.")) from error
    set_places(visit_day=day, places=places, by=by)
    return day


@transaction.atomic
def set_places(*, visit_day, places, by) -> VisitDay:
    """Make or take away places until there are ``places``. The day is locked, as booking locks it.

    Raises Refused when a place that is booked, or was once, would have to go.
    """
    day = lock(visit_day)
    fewest = selectors.fewest_places(day)
    if places < fewest:
        raise Refused(too_few_words(fewest))
    numbers = list(day.slots.order_by("number").values_list("number", flat=True))
    if len(numbers) > places:
        free = day.slots.filter(visits__isnull=True).order_by("-number")[: len(numbers) - places]
        VisitSlot.objects.filter(pk__in=[slot.pk for slot in free]).delete()
    last = max(numbers, default=0)
    missing = range(last + 1, last + 1 + places - len(numbers))
    VisitSlot.objects.bulk_create([VisitSlot(visit_day=day, number=number) for number in missing])
    return day


def too_few_words(fewest) -> str:
    return _("At least %(fewest)s places must stay: they are or were booked.") % {"fewest": fewest}
