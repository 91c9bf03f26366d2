"""Pages of visits: days to choose, booking, cancelling, the calendar file."""

import pytest

from mobility.common.models import OutboundMail
from placements.enums import VisitStatus
from placements.models import Visit
from placements.services.visits import book_visit
from tests import factories
from tests.factories import days
from tests.placements.stay.test_views import at, body

pytestmark = pytest.mark.django_db


def test_the_instructor_sees_apprentices_to_visit_and_booked_visits(
    stay, instructor, visit_day, instructor_user, sign_in
):
    client = sign_in(instructor_user)
    page = body(client.get(at("visits")))
    assert str(stay.apprentice) in page
    assert "No visit is booked" in page
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    page = body(client.get(at("visits")))
    assert at("cancel_visit", visit.pk) in page
    assert at("visit_calendar", visit.pk) in page


def test_another_instructor_sees_none_of_it(stay, instructor, visit_day, instructor_user, office, sign_in):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    stranger = factories.member("instructor", office)
    client = sign_in(stranger)
    assert str(stay.apprentice) not in body(client.get(at("visits")))
    assert client.get(at("book_visit", stay.pk)).status_code == 404
    for name in ("cancel_visit", "visit_calendar"):
        assert client.get(at(name, visit.pk)).status_code == 404
    assert client.post(at("cancel_visit", visit.pk)).status_code == 404
    assert Visit.objects.booked().count() == 1


def test_a_day_is_chosen_by_a_get_and_booked_by_a_post(stay, visit_day, instructor_user, sign_in):
    client = sign_in(instructor_user)
    page = body(client.get(at("book_visit", stay.pk), {"day": visit_day.pk}))
    assert 'aria-pressed="true"' in page
    assert Visit.objects.count() == 0
    response = client.post(at("book_visit", stay.pk), {"day": visit_day.pk})
    assert (response.status_code, response["Location"]) == (302, at("visits"))
    visit = Visit.objects.get()
    assert (visit.slot.visit_day, visit.instructor.user) == (visit_day, instructor_user)


def test_days_outside_the_stay_have_no_button(stay, visit_day, instructor_user, sign_in):
    outside = factories.VisitDayFactory(partner=stay.partner, on=days(300))
    page = body(sign_in(instructor_user).get(at("book_visit", stay.pk)))
    assert f'value="{visit_day.pk}"' in page
    assert f'value="{outside.pk}"' not in page


def test_the_loser_is_told_and_sees_the_days_that_are_left(stay, visit_day, instructor_user, coordinator, sign_in):
    left = factories.VisitDayFactory(partner=stay.partner, on=days(121))
    rival = factories.InstructorFactory(office=stay.office)
    book_visit(placement=stay, visit_day=visit_day, instructor=rival, by=coordinator)
    response = sign_in(instructor_user).post(at("book_visit", stay.pk), {"day": visit_day.pk})
    assert response.status_code == 409
    page = body(response)
    assert "has just been taken. Choose another day." in page
    assert "<title>Error:" in page.replace("\n", "").replace("  ", "")
    assert f'value="{left.pk}"' in body(
        sign_in(instructor_user).get(at("book_visit", stay.pk), {"month": f"{left.on:%Y-%m}"})
    )


@pytest.mark.parametrize("day", ["", "4711", "x"])
def test_no_day_or_a_strange_one_is_told(stay, visit_day, instructor_user, sign_in, day):
    response = sign_in(instructor_user).post(at("book_visit", stay.pk), {"day": day})
    assert response.status_code == 422
    assert "Choose a" in body(response) or "Choose one" in body(response)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("month", ["", "x", "2027-13", "9999-12"])
def test_a_strange_month_shows_the_first_one_with_days(stay, visit_day, instructor_user, sign_in, month):
    page = body(sign_in(instructor_user).get(at("book_visit", stay.pk), {"month": month}))
    assert f'value="{visit_day.pk}"' in page


def test_the_office_books_for_an_instructor(stay, instructor, visit_day, coordinator, sign_in):
    client = sign_in(coordinator)
    page = body(client.get(at("book_visit", stay.pk), {"day": visit_day.pk}))
    assert f'<option value="{instructor.pk}" selected>' in page
    response = client.post(at("book_visit", stay.pk), {"day": visit_day.pk, "instructor": instructor.pk})
    assert (response.status_code, response["Location"]) == (302, stay.get_absolute_url())
    assert Visit.objects.get().instructor == instructor


def test_the_office_cannot_book_for_another_offices_instructor(stay, visit_day, coordinator, sign_in):
    foreign = factories.InstructorFactory()
    data = {"day": visit_day.pk, "instructor": foreign.pk}
    assert sign_in(coordinator).post(at("book_visit", stay.pk), data).status_code == 422
    assert Visit.objects.count() == 0


def test_a_visit_is_cancelled_after_a_page_that_says_who_hears(stay, instructor, visit_day, instructor_user, sign_in):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    client = sign_in(instructor_user)
    page = body(client.get(at("cancel_visit", visit.pk)))
    assert stay.partner.name in page
    assert Visit.objects.booked().count() == 1
    assert client.post(at("cancel_visit", visit.pk), {"note": "Syk"})["Location"] == at("visits")
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED
    assert client.post(at("cancel_visit", visit.pk), {"note": ""}).status_code == 302  # pressing again is safe
    assert OutboundMail.objects.filter(template__endswith="visit_cancelled").count() == 3


def test_the_right_to_cancel_is_the_travellers_and_the_offices(
    stay, instructor, visit_day, instructor_user, coordinator, head, office
):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    colleague = factories.member("instructor", office)
    may = [user.has_perm("placements.cancel_visit", visit) for user in (instructor_user, coordinator, colleague, head)]
    assert may == [True, True, False, False]


def test_the_office_cancels_from_the_case(stay, instructor, visit_day, instructor_user, coordinator, sign_in):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    client = sign_in(coordinator)
    assert "The place becomes free for others." in body(client.get(at("cancel_visit", visit.pk)))
    assert client.post(at("cancel_visit", visit.pk), {"note": ""})["Location"] == stay.get_absolute_url()
    assert Visit.objects.booked().count() == 0


def test_the_apprentice_and_the_partner_do_not_cancel(stay, instructor, visit_day, instructor_user, apprentice_user,
                                                      partner_user, sign_in):  # fmt: skip
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    for person in (apprentice_user, partner_user):
        client = sign_in(person)
        assert client.post(at("cancel_visit", visit.pk)).status_code == 403
        assert client.get(at("visit_calendar", visit.pk)).status_code == 200
    assert Visit.objects.booked().count() == 1


def test_the_calendar_file_is_a_download(stay, instructor, visit_day, instructor_user, sign_in):
    visit = book_visit(placement=stay, visit_day=visit_day, instructor=instructor, by=instructor_user)
    response = sign_in(instructor_user).get(at("visit_calendar", visit.pk))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"METHOD:REQUEST" in response.content
