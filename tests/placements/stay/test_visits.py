"""Booking and cancelling tutor visits."""

import datetime
from functools import partial

import pytest
from icalendar import Calendar

from mobility.common import clock
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail, StoredFile
from partners.models import VisitSlot
from placements.enums import PlacementStatus, VisitStatus
from placements.models import Visit
from placements.selectors.visits import offered_days
from placements.services import visits as services
from placements.services.visits import book_visit, cancel_visit
from tests import factories
from tests.at_once import together
from tests.factories import days

pytestmark = pytest.mark.django_db


def calendar_of(stored):
    with stored.content.open("rb") as content:
        return Calendar.from_ical(content.read())


def mails_to(address):
    return [mail.template.rsplit("/", 1)[-1] for mail in OutboundMail.objects.filter(to_address=address).order_by("pk")]


def test_a_booking_takes_the_first_free_place_and_tells_three(stay, instructor, visit_day, instructor_user):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)

    assert (visit.slot.visit_day, visit.slot.number, visit.status) == (visit_day, 1, VisitStatus.BOOKED)
    assert [(c.name, c.to_status, c.by) for c in visit.status_changes.all()] == [("book", "booked", instructor_user)]
    assert mails_to(instructor.email) == ["visit_booked"]
    assert mails_to(stay.partner.email) == ["visit_announced"]
    assert mails_to(stay.apprentice.email) == ["visit_announced"]


def test_the_instructor_gets_a_calendar_file_in_the_partners_zone(stay, instructor, visit_day, instructor_user):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)

    mail = OutboundMail.objects.get(to_address=instructor.email)
    stored = mail.attachments.get()
    calendar = calendar_of(stored)
    event = calendar.walk("VEVENT")[0]
    assert (stored.content_type, str(calendar["METHOD"])) == ("text/calendar", "REQUEST")
    assert str(event["UID"]) == visit.calendar_uid
    assert event["DTSTART"].params["TZID"] == "Europe/Madrid"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.datetime.combine(visit_day.on, datetime.time(9))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Madrid"]
    assert [m.attachments.count() for m in OutboundMail.objects.exclude(pk=mail.pk)] == [0, 0]


def test_a_double_click_books_once(stay, instructor, visit_day, instructor_user):
    VisitSlot.objects.create(visit_day=visit_day, number=2)
    first = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    second = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)

    assert first == second
    assert Visit.objects.count() == 1
    assert mails_to(instructor.email) == ["visit_booked"]


def test_another_instructor_gets_the_next_place(stay, instructor, visit_day, coordinator):
    VisitSlot.objects.create(visit_day=visit_day, number=2)
    other = factories.InstructorFactory(office=stay.office)
    places = [
        book_visit(placement=stay, visit_day=visit_day, instructor=person, by=coordinator).slot.number
        for person in (instructor, other)
    ]
    assert places == [1, 2]


def test_a_full_day_is_refused_and_nothing_is_kept(stay, instructor, visit_day, coordinator):
    other = factories.InstructorFactory(office=stay.office)
    book_visit(placement=stay, visit_day=visit_day, instructor=other, by=coordinator)
    sent = OutboundMail.objects.count()

    with pytest.raises(AlreadyTaken, match="has just been taken"):
        book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=coordinator)
    assert (Visit.objects.count(), OutboundMail.objects.count(), StoredFile.objects.count()) == (1, sent, 1)


@pytest.mark.parametrize("offset", [99, 201])
def test_a_day_outside_the_stay_is_refused(stay, instructor, coordinator, offset):
    outside = factories.VisitDayFactory(partner=stay.partner, on=days(offset))
    with pytest.raises(Refused, match="outside the stay"):
        book_visit(placement=stay, visit_day=outside, instructor=instructor, by=coordinator)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("offset", [100, 200])
def test_the_first_and_the_last_day_of_the_stay_can_be_booked(stay, instructor, coordinator, offset):
    edge = factories.VisitDayFactory(partner=stay.partner, on=days(offset))
    assert list(offered_days(stay)) == [edge]
    assert book_visit(placement=stay, visit_day=edge, instructor=instructor, by=coordinator).slot.visit_day == edge


def test_an_unknown_last_day_limits_nothing(stay, instructor, coordinator):
    stay.ends_on = None
    stay.save()
    late = factories.VisitDayFactory(partner=stay.partner, on=days(400))
    assert list(offered_days(stay)) == [late]
    assert book_visit(placement=stay, visit_day=late, instructor=instructor, by=coordinator).slot.visit_day == late


def test_a_day_that_has_passed_is_refused(abroad, instructor, coordinator):
    gone = factories.VisitDayFactory(partner=abroad.partner, on=days(-1))
    assert list(offered_days(abroad)) == []
    with pytest.raises(Refused, match="has passed"):
        book_visit(placement=abroad, visit_day=gone, instructor=instructor, by=coordinator)


def test_another_partners_day_is_refused(stay, instructor, coordinator):
    foreign = factories.VisitDayFactory(partner=factories.PartnerFactory(office=stay.office))
    with pytest.raises(Refused, match="another partner"):
        book_visit(placement=stay, visit_day=foreign, instructor=instructor, by=coordinator)


def test_an_instructor_of_another_office_is_refused(stay, visit_day, coordinator):
    with pytest.raises(Refused, match="another office"):
        book_visit(placement=stay, visit_day=visit_day, instructor=factories.InstructorFactory(), by=coordinator)


@pytest.mark.parametrize(
    "status", sorted(set(PlacementStatus) - {PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD})
)
def test_a_stay_in_another_state_is_not_visited(stay, instructor, visit_day, coordinator, status):
    stay.status = status
    stay.save()
    with pytest.raises(Refused, match="when the stay is confirmed"):
        book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=coordinator)


def test_a_cancelled_visit_frees_the_place_and_the_calendar(stay, instructor, visit_day, instructor_user):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    cancel_visit(visit=visit, by=instructor_user, note="Jeg er syk.")

    visit.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED
    assert [day.free for day in offered_days(stay)] == [1]
    mail = OutboundMail.objects.filter(to_address=instructor.email).order_by("pk").last()
    calendar = calendar_of(mail.attachments.get())
    event = calendar.walk("VEVENT")[0]
    assert (str(calendar["METHOD"]), str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert str(event["UID"]) == visit.calendar_uid
    assert "Jeg er syk." in mail.body
    assert mails_to(stay.partner.email)[-1] == mails_to(stay.apprentice.email)[-1] == "visit_cancelled"
    assert book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user).pk != visit.pk


def test_a_cancelled_visit_is_not_cancelled_again(stay, instructor, visit_day, instructor_user):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    cancel_visit(visit=visit, by=instructor_user)
    sent = OutboundMail.objects.count()
    with pytest.raises(TransitionNotAllowed):
        cancel_visit(visit=visit, by=instructor_user)
    assert OutboundMail.objects.count() == sent


def test_summer_time_of_the_partner_is_in_the_file(stay, instructor, coordinator):
    """A visit in London at nine is at nine there, whatever the clock at home says."""
    stay.partner.country, stay.partner.city = "GB", "London"
    stay.partner.save()
    day = factories.VisitDayFactory(partner=stay.partner, on=days(150))
    book_visit(placement=stay, visit_day=day, instructor=instructor, by=coordinator)
    stored = StoredFile.objects.get(kind="visit-calendar")
    event = calendar_of(stored).walk("VEVENT")[0]
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["DTSTART"].dt.hour == 9


def test_sixteen_bookings_of_the_last_place_have_one_winner(many_connections, office, coordinator):
    partner = factories.PartnerFactory(office=office)
    day = factories.VisitDayFactory(partner=partner, on=days(150))
    stays = [
        factories.PlacementFactory(office=office, partner=partner, status=PlacementStatus.CONFIRMED) for _n in range(16)
    ]
    travellers = [factories.InstructorFactory(office=office) for _n in range(16)]
    many_connections()

    def book(placement, instructor):
        try:
            book_visit(placement=placement, visit_day=day, instructor=instructor, by=coordinator)
        except AlreadyTaken:
            return "taken"
        return "booked"

    results = together(*[partial(book, *pair) for pair in zip(stays, travellers, strict=True)])
    counted = together(Visit.objects.booked().filter(slot__visit_day=day).count)
    assert sorted(results, key=str) == ["booked"] + ["taken"] * 15
    assert counted == [1]


def test_the_database_itself_refuses_a_second_visit_on_one_place(stay, instructor, visit_day, coordinator, monkeypatch):
    """Without the lock and the look the constraint is the last word, and the loser gets the same sentence."""
    booked = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=coordinator)
    other = factories.InstructorFactory(office=stay.office)

    monkeypatch.setattr(services.VisitSlot, "objects", type("M", (), {"filter": lambda *a, **k: _Found(booked.slot)})())
    with pytest.raises(AlreadyTaken, match="has just been taken"):
        book_visit(placement=stay, visit_day=visit_day, instructor=other, by=coordinator)


class _Found:
    """What a query would give if another booking slipped in between."""

    def __init__(self, slot):
        self.slot = slot

    def exclude(self, **_kwargs):
        return self

    def order_by(self, *_names):
        return self

    def first(self):
        return self.slot


def test_now_is_the_clocks(stay, instructor, visit_day, coordinator):
    before = clock.now()
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=coordinator)
    assert before <= visit.booked_at <= clock.now()
