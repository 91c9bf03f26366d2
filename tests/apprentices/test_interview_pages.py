"""Pages of interviews: the office's times and invitations, the applicant's choice, the interviewer's notes."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.enums import ApplicationStatus, InterviewStatus
from apprentices.models import Interview, InterviewTime
from apprentices.services.interviews import pick_time
from mobility.accounts.enums import Role
from mobility.common import clock, formats
from tests import factories
from tests.factories import days, member
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
TWENTY = datetime.timedelta(minutes=20)


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


@pytest.fixture
def interview(round_, coordinator, apprentice_user):
    application = factories.ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    application.apprentice.user = apprentice_user
    application.apprentice.save()
    return factories.InterviewFactory(application=application, invited_by=coordinator)


@pytest.fixture
def time(round_, coordinator):
    return factories.InterviewTimeFactory(round=round_, interviewer=coordinator)


def my_page(interview, name="my_interview"):
    return reverse(f"apprentices:{name}", args=[interview.application_id])


def times_url(round_):
    return reverse("apprentices:interviews", args=[round_.pk])


def times(coordinator, **fields):
    return {
        "on": days(9).isoformat(), "at": "09:00", "times": 2, "minutes": 20, "pause": 10, "places": 1,
        "interviewer": coordinator.pk, "where": "Parkgata 64", "video_url": "", **fields,
    }  # fmt: skip


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- the office -----------------------------------------------------------------------------------------------------
def test_times_are_opened_by_the_offices_clock(sign_in, coordinator, round_, office):
    page = sign_in(coordinator).post(times_url(round_), times(coordinator), follow=True)
    assert said(page) == ["2 interview times are open."]
    found = [each.starts_at.astimezone(office.tz).strftime("%H:%M") for each in InterviewTime.objects.all()]
    assert found == ["09:00", "09:30"]


@pytest.mark.parametrize("on_at", [("2027-03-28", "02:30"), ("2027-10-31", "02:30")])
def test_the_hour_that_does_not_exist_and_the_one_that_comes_twice_are_refused(sign_in, coordinator, round_, on_at):
    on, at = on_at
    page = sign_in(coordinator).post(times_url(round_), times(coordinator, on=on, at=at))
    assert page.context["form"].errors == {
        "at": ["At this clock the time changes between summer and winter. Choose another hour."]
    }
    assert InterviewTime.objects.count() == 0


def test_a_refused_form_comes_back_filled(sign_in, coordinator, round_):
    page = sign_in(coordinator).post(times_url(round_), times(coordinator, where="", times=7))
    assert ("Say where you meet" in page.text, 'value="7"' in page.text) == (True, True)


def test_inviting_shows_who_gets_a_mail_first(sign_in, coordinator, round_, time):
    application = factories.ApplicationFactory(round=round_, submitted=True, status="in_review")
    browser = sign_in(coordinator)
    url = reverse("apprentices:invite_to_interview", args=[round_.pk]) + f"?application={application.pk}"
    page = browser.get(url)
    assert (application.email in page.text, "1 time is free now" in page.text) == (True, True)
    assert Interview.objects.count() == 0
    assert said(browser.post(url, {"pick_by": days(4).isoformat()}, follow=True)) == ["1 applicant is invited."]
    assert Interview.objects.get().pick_by == days(4)
    assert "is invited already" in said(browser.post(url, {"pick_by": days(4).isoformat()}))[0]


def test_the_page_of_times_costs_the_same_for_one_and_three(sign_in, coordinator, round_, interview, time):
    browser = sign_in(coordinator)
    pick_time(interview=interview, time=time, by=coordinator)
    one = queries_of(browser, times_url(round_))
    for _ in range(2):
        more = factories.InterviewFactory(application__round=round_, invited_by=coordinator)
        new = factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
        pick_time(interview=more, time=new, by=coordinator)
    assert queries_of(browser, times_url(round_)) == one


def test_an_auditor_reads_and_opens_nothing(sign_in, auditor, coordinator, round_):
    browser = sign_in(auditor)
    assert browser.get(times_url(round_)).context["form"] is None
    assert browser.post(times_url(round_), times(coordinator)).status_code == 403
    assert InterviewTime.objects.count() == 0


# --- the applicant --------------------------------------------------------------------------------------------------
def test_the_status_page_says_what_to_do_and_leads_there(sign_in, apprentice_user, interview):
    page = sign_in(apprentice_user).get(reverse("apprentices:status", args=[interview.application_id]))
    assert page.context["first"].url == my_page(interview)
    assert "Choose a time for your interview" in page.text


def test_a_time_is_picked_moved_and_given_back(sign_in, apprentice_user, interview, time, round_, coordinator):
    other = factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
    browser = sign_in(apprentice_user)
    wrong = browser.post(my_page(interview), {}).text
    assert ("data-error-summary" in wrong, wrong.count("Error:")) == (True, 1)
    browser.post(my_page(interview), {"time": time.pk})
    interview.refresh_from_db()
    assert interview.place.time == time
    page = browser.get(my_page(interview))
    assert (page.context["may_pick"], "Choose another time" in page.text) == (False, True)
    assert browser.get(my_page(interview) + "?move=1").context["may_pick"] is True
    browser.post(my_page(interview), {"time": other.pk})
    interview.refresh_from_db()
    assert interview.place.time == other
    browser.post(my_page(interview, "give_interview_back"))
    interview.refresh_from_db()
    assert (interview.status, interview.place) == (InterviewStatus.INVITED, None)


def test_a_time_that_somebody_else_took_meanwhile_is_told_and_the_rest_is_shown(
    sign_in, apprentice_user, interview, time, round_, coordinator
):
    free = factories.InterviewTimeFactory(round=round_, interviewer=coordinator)
    other = factories.InterviewFactory(application__round=round_, invited_by=coordinator)
    pick_time(interview=other, time=time, by=coordinator)
    page = sign_in(apprentice_user).post(my_page(interview), {"time": time.pk})
    assert "This time is not free any more" in page.text
    assert list(page.context["form"].times) == [free.pk]


def test_free_times_stand_under_their_day_and_place_and_each_says_both_to_who_only_hears_it(
    sign_in, apprentice_user, interview, round_, coordinator
):
    morning = (clock.now() + datetime.timedelta(days=10)).replace(hour=8, minute=0, second=0, microsecond=0)
    for minutes in (0, 30, 24 * 60):
        starts_at = morning + datetime.timedelta(minutes=minutes)
        factories.InterviewTimeFactory(round=round_, interviewer=coordinator, starts_at=starts_at)
    page = sign_in(apprentice_user).get(my_page(interview))
    groups = page.context["form"].fields["time"].choices
    assert [len(options) for _day, options in groups] == [2, 1]
    with timezone.override(round_.office.tz):
        day, start, end = formats.day(morning), formats.clock(morning), formats.clock(morning + TWENTY)
    assert str(groups[0][0]).startswith(f"{day}, ")
    assert str(groups[0][1][0][1]) == f'{start}–{end}<span class="u-vh">, {day}, Parkgata 64, Hamar</span>'


def test_a_time_that_has_passed_is_not_offered_to_the_calendar(
    sign_in, apprentice_user, interview, round_, coordinator
):
    gone = factories.InterviewTimeFactory(
        round=round_, interviewer=coordinator, starts_at=clock.now() - datetime.timedelta(days=1)
    )
    Interview.objects.update(place=gone.places.get(), status=InterviewStatus.BOOKED)
    browser = sign_in(apprentice_user)
    shown = [
        (browser.get(my_page(interview)), InterviewTime.objects.update(starts_at=moment))[0].text.count(
            "Into my calendar"
        )
        for moment in (clock.now() + datetime.timedelta(days=3), clock.now())
    ]
    assert shown == [0, 1]


def test_the_calendar_file(sign_in, apprentice_user, interview, time):
    browser = sign_in(apprentice_user)
    assert browser.get(my_page(interview, "my_interview_calendar")).status_code == 404
    pick_time(interview=interview, time=time, by=apprentice_user)
    answer = browser.get(my_page(interview, "my_interview_calendar"))
    assert (answer["Content-Type"], b"BEGIN:VEVENT" in answer.content) == ("text/calendar; charset=utf-8", True)


def test_without_an_invitation_there_is_no_page(sign_in, apprentice_user, interview):
    Interview.objects.update(status=InterviewStatus.CALLED_OFF)
    assert sign_in(apprentice_user).get(my_page(interview)).status_code == 404


# --- the interviewer ------------------------------------------------------------------------------------------------
def test_an_interviewer_who_reviews_notes_the_outcome_and_nobody_else_outside_the_office_reads_it(
    sign_in, office, round_, interview, apprentice_user, reviewer
):
    siri = member(Role.REVIEWER, office)
    time = factories.InterviewTimeFactory(round=round_, interviewer=siri)
    pick_time(interview=interview, time=time, by=apprentice_user)
    InterviewTime.objects.update(starts_at=clock.now() - datetime.timedelta(minutes=5))
    url = reverse("apprentices:note_interview", args=[interview.pk])
    assert sign_in(reviewer).get(url).status_code == 404
    browser = sign_in(siri)
    assert interview.application.full_name in browser.get(reverse("apprentices:my_interviews")).text
    assert "data-error-summary" in browser.post(url, {"outcome": ""}).text
    browser.post(url, {"outcome": "Knows what she wants"})
    interview.refresh_from_db()
    assert (interview.outcome, interview.status) == ("Knows what she wants", InterviewStatus.HELD)
    for name in ("status", "my_interview"):
        page = sign_in(apprentice_user).get(reverse(f"apprentices:{name}", args=[interview.application_id]))
        assert "Knows what she wants" not in page.text
    sheet = factories.ReviewFactory(application=interview.application, reviewer=reviewer)
    assert "Knows what she wants" in sign_in(reviewer).get(reverse("apprentices:review", args=[sheet.pk])).text


def test_the_office_calls_an_interview_off_with_a_reason(sign_in, coordinator, interview):
    browser = sign_in(coordinator)
    url = reverse("apprentices:call_off_interview", args=[interview.pk])
    assert "data-error-summary" in browser.post(url, {"reason": ""}).text
    browser.post(url, {"reason": "Ill"})
    interview.refresh_from_db()
    assert interview.status == InterviewStatus.CALLED_OFF
