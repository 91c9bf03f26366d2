"""Who is where on a date. Nobody falls out of this list because a date is missing."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q

from mobility.common import clock, countries
from placements.enums import PlacementStatus
from placements.models import Placement

NOT_ARRIVED = (PlacementStatus.CONFIRMED, PlacementStatus.READY)


@dataclass(frozen=True)
class Stay:
    """One line: the person, the place, and whom to ring."""

    placement: Placement
    mentor: str
    mentor_phone: str
    is_overdue: bool = False

    @property
    def city(self):
        return self.placement.host.city

    @property
    def lacks_end(self):
        return self.placement.ends_on is None


@dataclass(frozen=True)
class Place:
    """Everybody in one city, with the partners who receive them."""

    country: str
    city: str
    stays: list[Stay]

    @property
    def partners(self):
        return list({stay.placement.partner_id: stay.placement.partner for stay in self.stays}.values())


@dataclass(frozen=True)
class Abroad:
    """The list of a date: red group, those abroad by place, those whose end is missing, and who is expected."""

    on: datetime.date
    not_arrived: list[Stay]
    present: list[Stay]
    expected: list[Stay]
    places: list[Place] = field(default_factory=list)

    @property
    def without_end(self):
        return [stay for stay in self.present if stay.lacks_end]

    @property
    def overdue(self):
        return [stay for stay in self.present if stay.is_overdue]

    @property
    def everybody(self):
        """All lines, most pressing first: what the list on paper and the export hold."""
        return [*self.not_arrived, *self.present, *self.expected]


def who_is_abroad(user, office, on: datetime.date | None = None) -> Abroad:
    """The stays of a date (today if none is given) that this person may see; two queries whatever their number.

    On today everybody whose arrival is confirmed and whose return is not counts, whatever the planned end says. A past
    date counts who had arrived and not yet returned; a future one adds the confirmed stays whose dates cover it.
    """
    today = clock.today(office.tz)
    on = on or today
    stays = (
        Placement.objects.visible_to(user)
        .select_related("apprentice", "partner", "host_company", "office")
        .prefetch_related("partner__contacts")
    )
    stays = stays.filter(_here(on, today) | Q(status__in=NOT_ARRIVED, starts_on__lte=on))
    not_arrived, present, expected = [], [], []
    for placement in stays.order_by("starts_on", "apprentice__family_name", "apprentice__given_name", "pk"):
        stay = _stay(placement, today)
        if placement.status not in NOT_ARRIVED:
            present.append(stay)
        elif placement.starts_on <= min(on, today):
            not_arrived.append(stay)
        elif placement.ends_on is None or placement.ends_on >= on:
            expected.append(stay)
    present.sort(key=_by_place)
    places = [
        Place(country, city, list(found))
        for (country, city), found in groupby(present, key=lambda stay: (stay.placement.partner.country, stay.city))
    ]
    return Abroad(on, not_arrived, present, expected, places)


def _here(on, today):
    arrived = Q(arrived_on__lte=on)
    if on < today:
        return arrived & (Q(returned_on=None, status=PlacementStatus.ABROAD) | Q(returned_on__gte=on))
    here = arrived & Q(status=PlacementStatus.ABROAD)
    if on > today:
        # who should have been home before today, and is not, is still counted
        here &= Q(ends_on=None) | Q(ends_on__gte=on) | Q(ends_on__lt=today)
    return here


def _stay(placement, today):
    company = placement.host_company
    if company is not None:
        mentor, phone = company.contact_name, company.contact_phone
    else:
        contact = next(iter(placement.partner.contacts.all()), None)
        mentor, phone = (contact.name, contact.phone) if contact else ("", "")
    is_abroad = placement.status == PlacementStatus.ABROAD
    overdue = is_abroad and placement.ends_on is not None and placement.ends_on < today
    return Stay(placement=placement, mentor=mentor, mentor_phone=phone, is_overdue=overdue)


def _by_place(stay):
    apprentice, partner = stay.placement.apprentice, stay.placement.partner
    return countries.name(partner.country), partner.country, stay.city, apprentice.family_name, apprentice.given_name
