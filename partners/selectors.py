"""What partners offer: openings and visit days, with what is taken."""

from django.db.models import Count, Q

from mobility.common import clock
from partners.models import ContactAccess, Opening, Partner, VisitDay


def partner_of(user) -> Partner | None:
    """The partner that this person signs in for."""
    return Partner.objects.filter(accesses__in=ContactAccess.objects.in_force_for(user)).order_by("pk").first()


def openings_of(partner):
    """The partner's openings that still lie ahead, with their trades."""
    return (
        Opening.objects.filter(partner=partner, ends_on__gte=clock.today())
        .select_related("host_company", "partner")
        .prefetch_related("trades")
    )


def visit_days_of(partner):
    """The partner's visit days from today on, with how many places there are and how many are booked."""
    return with_places(VisitDay.objects.filter(partner=partner, on__gte=clock.today())).order_by("on")


def with_places(days):
    """Annotate ``places`` and ``booked``. The bookings are rows of the floor above, reached by name."""
    return days.annotate(
        places=Count("slots", distinct=True),
        booked=Count("slots__visits", filter=Q(slots__visits__status="booked"), distinct=True),
    )


def fewest_places(day) -> int:
    """Below this the number of places cannot fall: a place that was ever booked stays."""
    return day.slots.filter(visits__isnull=False).distinct().count()
