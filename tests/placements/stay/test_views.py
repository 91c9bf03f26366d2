"""Pages of the stay: who may open them, what they show, what a POST does, what bad input keeps."""

import csv
import io

import pytest
from django.urls import reverse

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as S
from placements.enums import VisitStatus
from placements.models import CriterionOutcome, Evaluation, Grant, Visit, WeeklyLog
from placements.services.evaluations import ask_for_evaluations
from placements.services.visits import book_visit
from tests import factories
from tests.factories import days

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"placements:{name}", args=args)


def body(response):
    return response.content.decode()


# --- who may open what ------------------------------------------------------------------------------------------------
CAST = ["coordinator", "head", "assistant", "auditor", "reviewer", "apprentice_user", "instructor_user", "partner_user",
        "other_coordinator"]  # fmt: skip
MATRIX = {
    "visits": (False, {"instructor_user": 200}, 403),
    "book_visit": (True, {"coordinator": 200, "instructor_user": 200}, 403),
    "confirm_arrival": (True, {"coordinator": 200, "partner_user": 200}, 403),
    "confirm_return": (True, {"coordinator": 200}, 403),
    "weekly_log": (True, {"apprentice_user": 200}, 403),
    "outcomes": (True, {"coordinator": 200, "head": 200, "auditor": 200}, 403),
    "finish_evaluation": (True, {"coordinator": 200}, 403),
    "close_placement": (True, {"coordinator": 200}, 403),
    "who_is_abroad": (False, {"coordinator": 200, "head": 200, "assistant": 200, "auditor": 200,
                              "other_coordinator": 200}, 403),
    "export_who_is_abroad": (False, {"coordinator": 200, "head": 200, "assistant": 200, "auditor": 200,
                                     "other_coordinator": 200}, 403),
}  # fmt: skip
STRANGERS = {"other_coordinator", "reviewer"}  # of a page about one stay: it is not there


@pytest.mark.parametrize("person", CAST)
@pytest.mark.parametrize("name", MATRIX)
def test_each_page_opens_for_those_who_may_and_for_nobody_else(name, person, abroad, sign_in, request):
    is_about_one, allowed, otherwise = MATRIX[name]
    client = sign_in(request.getfixturevalue(person))
    expected = allowed.get(person, 404 if is_about_one and person in STRANGERS else otherwise)
    address = at(name, abroad.pk) if is_about_one else at(name)
    assert client.get(address).status_code == expected
    if expected != 200:
        assert client.post(address, {}).status_code in {expected, 405}


@pytest.mark.parametrize("name", MATRIX)
def test_whoever_is_not_signed_in_goes_to_the_door(name, abroad, client):
    address = at(name, abroad.pk) if MATRIX[name][0] else at(name)
    response = client.get(address)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", [name for name, (is_about_one, *_rest) in MATRIX.items() if is_about_one])
def test_a_missing_stay_is_a_missing_page(name, coordinator, sign_in):
    assert sign_in(coordinator).get(at(name, 4711)).status_code == 404


# --- visits -----------------------------------------------------------------------------------------------------------
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


# --- arrival and return -----------------------------------------------------------------------------------------------
def test_the_partner_confirms_the_arrival(started, partner_user, sign_in):
    client = sign_in(partner_user)
    assert client.get(at("confirm_arrival", started.pk)).status_code == 200
    response = client.post(at("confirm_arrival", started.pk), {"arrived_on": days(-1).isoformat()})
    assert (response.status_code, response["Location"]) == (302, at("candidates"))
    started.refresh_from_db()
    assert (started.status, started.arrived_on) == (S.ABROAD, days(-1))


@pytest.mark.parametrize(
    ("arrived_on", "words"), [("", "Enter the day of arrival."), ("2099-01-01", "lies in the future")]
)
def test_a_wrong_day_of_arrival_is_told_and_kept(started, coordinator, sign_in, arrived_on, words):
    response = sign_in(coordinator).post(at("confirm_arrival", started.pk), {"arrived_on": arrived_on})
    assert response.status_code == 422
    assert words in body(response)
    assert f'value="{arrived_on}"' in body(response) or not arrived_on
    started.refresh_from_db()
    assert started.status == S.CONFIRMED


def test_a_return_is_confirmed_with_its_real_dates(abroad, coordinator, sign_in):
    data = {"ends_on": days(-1).isoformat(), "returned_on": days(0).isoformat(), "note": "Hjemlengsel"}
    response = sign_in(coordinator).post(at("confirm_return", abroad.pk), data)
    assert (response.status_code, response["Location"]) == (302, abroad.get_absolute_url())
    abroad.refresh_from_db()
    assert (abroad.status, abroad.ends_on, abroad.returned_on) == (S.RETURNED, days(-1), days(0))


def test_a_contradicting_return_keeps_what_was_typed(abroad, coordinator, sign_in):
    data = {"ends_on": days(0).isoformat(), "returned_on": days(-1).isoformat(), "note": "Hjemlengsel"}
    response = sign_in(coordinator).post(at("confirm_return", abroad.pk), data)
    assert response.status_code == 422
    assert "lies after the day of return" in body(response)
    assert "Hjemlengsel" in body(response)


# --- who is abroad ----------------------------------------------------------------------------------------------------
@pytest.fixture
def out(office):
    """Five stays: not arrived, abroad, without end, overdue, planned."""
    madrid = factories.PartnerFactory(office=office, city="Madrid", country="ES", phone="+34 600 000 001")
    berlin = factories.PartnerFactory(office=office, city="Berlin", country="DE", phone="+49 600 000 002")

    def stay(name, partner, status, starts, ends, **facts):
        return factories.PlacementFactory(
            office=office, partner=partner, host_company=None, status=status, starts_on=days(starts),
            ends_on=None if ends is None else days(ends),
            apprentice=factories.ApprenticeFactory(office=office, given_name=name, phone="+4799990109"), **facts,
        )  # fmt: skip

    return {
        "late": stay("Late", berlin, S.READY, -2, 60),
        "there": stay("There", madrid, S.ABROAD, -20, 60, arrived_on=days(-20), lodging="Calle Feria 3"),
        "open": stay("Open", madrid, S.ABROAD, -20, None, arrived_on=days(-20)),
        "over": stay("Over", berlin, S.ABROAD, -80, -3, arrived_on=days(-80)),
        "soon": stay("Soon", berlin, S.CONFIRMED, 20, 90),
        "home": stay("Home", berlin, S.RETURNED, -90, -5, arrived_on=days(-90), returned_on=days(-4)),
    }


def names(stays):
    return sorted(stay.placement.apprentice.given_name for stay in stays)


@pytest.mark.parametrize(
    ("on", "late", "present", "expected"),
    [
        (0, ["Late"], ["Open", "Over", "There"], []),
        (25, ["Late"], ["Open", "Over", "There"], ["Soon"]),
        (70, ["Late"], ["Open", "Over"], ["Soon"]),
        (-6, [], ["Home", "Open", "Over", "There"], []),
        (-30, [], ["Home", "Over"], []),
    ],
)
def test_nobody_falls_out_of_the_list(out, coordinator, sign_in, on, late, present, expected):
    response = sign_in(coordinator).get(at("who_is_abroad"), {"on": days(on).isoformat()})
    abroad = response.context["abroad"]
    assert (names(abroad.not_arrived), names(abroad.present), names(abroad.expected)) == (late, present, expected)


def test_the_list_shows_phones_lodging_and_what_is_missing(out, coordinator, sign_in):
    page = body(sign_in(coordinator).get(at("who_is_abroad")))
    assert "Start passed, arrival not confirmed" in page
    assert page.index("Start passed, arrival not confirmed") < page.index("Abroad, by place")
    for shown in ("+34 600 000 001", "Calle Feria 3", "date missing", "Madrid, Spain", "1 stay has no last day"):
        assert shown in page
    assert at("confirm_arrival", out["late"].pk) in page


def test_the_assistant_reads_the_list_and_confirms_nothing(out, assistant, sign_in):
    page = body(sign_in(assistant).get(at("who_is_abroad")))
    assert out["there"].apprentice.full_name in page
    assert at("confirm_arrival", out["late"].pk) not in page


def test_another_offices_people_are_not_in_the_list(out, other_coordinator, sign_in):
    client = sign_in(other_coordinator)
    assert "Nobody is abroad on this day" in body(client.get(at("who_is_abroad")))
    assert b"There" not in b"".join(client.get(at("export_who_is_abroad")).streaming_content)


def test_a_strange_date_is_told_and_today_shown(out, coordinator, sign_in):
    response = sign_in(coordinator).get(at("who_is_abroad"), {"on": "yesterday"})
    assert "Enter a date, such as" in body(response)
    assert response.context["abroad"].is_today


def test_the_file_holds_the_same_lines_and_no_formula(out, coordinator, sign_in):
    person = out["there"].apprentice
    person.given_name = "=cmd()"
    person.save()
    response = sign_in(coordinator).get(at("export_who_is_abroad"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["arrival not confirmed"] + ["abroad"] * 3
    assert "'=cmd()" in text
    assert [row[-1] for row in rows if row[1].startswith("Open")] == ["date missing"]


@pytest.mark.parametrize("name", ["who_is_abroad", "export_who_is_abroad"])
def test_the_list_costs_the_same_queries_for_one_and_for_three(
    office, coordinator, sign_in, name, django_assert_max_num_queries
):
    client = sign_in(coordinator)

    def add():
        factories.PlacementFactory(office=office, partner=factories.PartnerFactory(office=office), host_company=None,
                                   status=S.ABROAD, starts_on=days(-3), ends_on=days(30), arrived_on=days(-3))  # fmt: skip
        factories.PlacementFactory(office=office, partner=factories.PartnerFactory(office=office), status=S.READY,
                                   starts_on=days(-3), ends_on=days(30))  # fmt: skip

    def read():
        response = client.get(at(name))
        return b"".join(response) if response.streaming else response.content

    add()
    read()
    with django_assert_max_num_queries(8) as few:
        read()
    add()
    add()
    with django_assert_max_num_queries(8) as many:
        read()
    assert len(many) == len(few)


def test_the_visits_page_costs_the_same_queries_for_one_and_for_three(
    office, instructor, instructor_user, partner_access, sign_in, django_assert_max_num_queries
):
    def add():
        apprentice = factories.ApprenticeFactory(office=office)
        factories.ContractFactory(apprentice=apprentice, instructor=instructor)
        stay = factories.PlacementFactory(office=office, apprentice=apprentice, status=S.CONFIRMED)
        for offset in (110, 120):
            day = factories.VisitDayFactory(partner=stay.partner, on=days(offset))
            book_visit(placement=stay, visit_day=day, instructor=instructor, by=instructor_user)

    client = sign_in(instructor_user)
    add()
    client.get(at("visits"))
    with django_assert_max_num_queries(12) as few:
        client.get(at("visits"))
    add()
    add()
    with django_assert_max_num_queries(12) as many:
        client.get(at("visits"))
    assert len(many) == len(few)


# --- weekly log -------------------------------------------------------------------------------------------------------
WEEK = {"days_present": "4", "mood": "3", "text": "Jeg lærte å legge flis.", "wants_call": "on"}


def test_the_apprentice_writes_the_week_and_reads_it_again(abroad, apprentice_user, sign_in):
    client = sign_in(apprentice_user)
    response = client.post(at("weekly_log", abroad.pk), WEEK)
    assert (response.status_code, response["Location"]) == (302, at("weekly_log", abroad.pk))
    log = WeeklyLog.objects.get()
    assert (log.days_present, log.mood, log.text, log.wants_call) == (4, 3, WEEK["text"], True)
    page = body(client.get(at("weekly_log", abroad.pk)))
    assert WEEK["text"] in page
    assert "The office will call you." in page


def test_an_unfinished_week_keeps_the_text_and_says_what_is_missing(abroad, apprentice_user, sign_in):
    response = sign_in(apprentice_user).post(at("weekly_log", abroad.pk), {"text": "Bare tekst"})
    assert response.status_code == 422
    page = body(response)
    assert "2 things must be put right" in page
    assert "Bare tekst" in page
    assert 'href="#id_mood_0"' in page
    assert WeeklyLog.objects.count() == 0


def test_before_the_stay_the_page_says_when_it_opens(stay, apprentice_user, sign_in):
    client = sign_in(apprentice_user)
    assert "open while you are abroad" in body(client.get(at("weekly_log", stay.pk)))
    assert client.post(at("weekly_log", stay.pk), WEEK).status_code == 422
    assert WeeklyLog.objects.count() == 0


def test_another_apprentice_finds_no_such_page(abroad, office, sign_in):
    assert sign_in(factories.member("apprentice", office)).get(at("weekly_log", abroad.pk)).status_code == 404


def a_log(placement):
    return WeeklyLog.objects.create(
        placement=placement, week_starts_on=days(-7), days_present=3, mood=2, text="Hei", wants_call=True
    )


def test_the_office_notes_that_it_has_called(abroad, assistant, sign_in):
    log = a_log(abroad)
    response = sign_in(assistant).post(at("note_call", log.pk))
    assert (response.status_code, response["Location"]) == (302, abroad.get_absolute_url())
    log.refresh_from_db()
    assert log.called_by == assistant


@pytest.mark.parametrize(
    ("person", "status"),
    [("auditor", 403), ("apprentice_user", 403), ("partner_user", 404), ("other_coordinator", 404)],
)
def test_who_cannot_note_a_call(abroad, sign_in, request, person, status):
    log = a_log(abroad)
    client = sign_in(request.getfixturevalue(person))
    assert client.post(at("note_call", log.pk)).status_code == status
    assert client.get(at("note_call", log.pk)).status_code == 405
    log.refresh_from_db()
    assert log.called_at is None


# --- evaluation by link -----------------------------------------------------------------------------------------------
ANSWERS = {"overall": "5", "learning": "4", "support": "3", "language": "2", "lodging": "1", "comment": "Takk"}


@pytest.fixture
def link_to(returned):
    """``link_to("partner")``: the address in the mail."""
    ask_for_evaluations(placement=returned)

    def _address(party):
        mail = OutboundMail.objects.get(template=f"placements/email/evaluate_{party}")
        return "/" + mail.secrets[0].split("/", 3)[3]

    return _address


@pytest.mark.parametrize("party", ["apprentice", "partner"])
def test_a_link_shows_on_get_and_gives_on_post(link_to, client, party):
    address = link_to(party)
    for _n in range(2):  # a mail scanner opens it first
        page = body(client.get(address))
        assert "How was the stay?" in page
    assert Evaluation.objects.filter(given_at=None).count() == 2
    assert ("where you lived" in page) == (party == "apprentice")
    response = client.post(address, ANSWERS)
    assert (response.status_code, response["Location"]) == (302, at("evaluated"))
    given = Evaluation.objects.get(by=party)
    assert (given.overall, given.language, given.comment) == (5, 2, "Takk")
    assert Evaluation.objects.filter(given_at=None).count() == 1
    assert "We have your answers" in body(client.get(at("evaluated")))


def test_missing_marks_are_told_and_the_rest_is_kept(link_to, client):
    response = client.post(link_to("apprentice"), {"overall": "5", "comment": "Det var fint"})
    assert response.status_code == 422
    page = body(response)
    assert "4 things must be put right" in page
    assert "Det var fint" in page
    assert Evaluation.objects.filter(given_at=None).count() == 2


def test_a_mark_that_does_not_exist_is_refused(link_to, client):
    assert client.post(link_to("apprentice"), {**ANSWERS, "overall": "9"}).status_code == 422
    assert Evaluation.objects.filter(given_at=None).count() == 2


def test_a_used_link_says_so(link_to, client):
    address = link_to("apprentice")
    client.post(address, ANSWERS)
    assert client.get(address).status_code == 410
    assert client.post(address, {**ANSWERS, "overall": "1"}).status_code == 410
    assert Evaluation.objects.get(by="apprentice").overall == 5


def test_an_unknown_link_is_a_missing_page(client, db):
    assert client.get(at("evaluate", "nonsense")).status_code == 404


def test_a_fresh_link_after_the_answers_shows_that_they_are_there(link_to, client):
    client.post(link_to("apprentice"), ANSWERS)
    used = AccessLink.objects.get(used_at__isnull=False)
    links.renew(used)
    mail = OutboundMail.objects.get(template="accounts/email/link_renewed")
    address = "/" + mail.secrets[0].split("/", 3)[3]
    assert "We have your answers" in body(client.get(address))
    client.post(address, {**ANSWERS, "overall": "1"})
    assert Evaluation.objects.get(by="apprentice").overall == 5


def test_a_link_of_another_purpose_opens_nothing(returned, client):
    other = links.create(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=1, office=returned.office, address="x@example.com",
                         language="nb")  # fmt: skip
    token = other.url.rstrip("/").rsplit("/", 1)[1]
    assert client.get(at("evaluate", token)).status_code == 404


# --- criteria at the end, closing -------------------------------------------------------------------------------------
@pytest.fixture
def criteria(returned):
    application = factories.ApplicationFactory(
        round=factories.RoundFactory(office=returned.office), submitted=True, status="accepted"
    )
    returned.application = application
    returned.save()
    return [
        factories.CriterionFactory(round=application.round, position=n, name_en=name)
        for n, name in enumerate(("Motivation", "Maturity"))
    ]


def test_criteria_are_assessed_and_the_evaluation_finished(returned, criteria, coordinator, sign_in):
    client = sign_in(coordinator)
    first, second = criteria
    page = body(client.get(at("outcomes", returned.pk)))
    assert "“Motivation” is not assessed." in page
    data = {f"mark_{first.pk}": "4", f"note_{first.pk}": "Vokste", f"mark_{second.pk}": "3"}
    assert client.post(at("outcomes", returned.pk), data)["Location"] == at("outcomes", returned.pk)
    assert list(CriterionOutcome.objects.values_list("mark_at_end", "note", "assessed_by")) == [
        (4, "Vokste", coordinator.pk),
        (3, "", coordinator.pk),
    ]
    assert at("finish_evaluation", returned.pk) in body(client.get(at("outcomes", returned.pk)))
    client.post(at("finish_evaluation", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.EVALUATED


def test_a_note_without_a_mark_is_kept_and_asked_about(returned, criteria, coordinator, sign_in):
    first, second = criteria
    data = {f"note_{first.pk}": "Vokste", f"mark_{second.pk}": "3"}
    response = sign_in(coordinator).post(at("outcomes", returned.pk), data)
    assert response.status_code == 422
    assert "Choose a mark for “Motivation”, too." in body(response)
    assert "Vokste" in body(response)
    assert CriterionOutcome.objects.count() == 0


@pytest.mark.parametrize("person", ["head", "auditor"])
def test_who_reads_criteria_does_not_write_them(returned, criteria, sign_in, request, person):
    client = sign_in(request.getfixturevalue(person))
    assert client.post(at("outcomes", returned.pk), {f"mark_{criteria[0].pk}": "4"}).status_code == 403
    assert CriterionOutcome.objects.count() == 0


def test_an_evaluation_that_lacks_a_criterion_says_so(returned, criteria, coordinator, sign_in):
    client = sign_in(coordinator)
    response = client.post(at("finish_evaluation", returned.pk))
    assert response.status_code == 302
    assert "“Motivation” is not assessed." in body(client.get(at("outcomes", returned.pk)))
    returned.refresh_from_db()
    assert returned.status == S.RETURNED


def test_a_case_is_closed_after_a_page_that_lists_what_is_missing(returned, coordinator, sign_in):
    returned.status = S.EVALUATED
    returned.save()
    client = sign_in(coordinator)
    assert "The grant is not priced." in body(client.get(at("close_placement", returned.pk)))
    client.post(at("close_placement", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.EVALUATED

    factories.BaseRateFactory(project=returned.project, country_group=2)
    Grant.objects.create(placement=returned, rate_table="2026", total=1, computed_at=clock.now())
    client.post(at("close_placement", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.CLOSED


# --- the case page and the own stay -----------------------------------------------------------------------------------
def test_the_case_page_offers_what_is_next(abroad, instructor, visit_day, coordinator, sign_in):
    abroad.ends_on = days(150)
    abroad.save()
    book_visit(placement=abroad, visit_day=visit_day, instructor=instructor, by=coordinator)
    log = a_log(abroad)
    page = body(sign_in(coordinator).get(abroad.get_absolute_url()))
    for address in (at("confirm_return", abroad.pk), at("book_visit", abroad.pk), at("note_call", log.pk)):
        assert address in page
    assert at("confirm_arrival", abroad.pk) not in page


def test_the_assistant_sees_no_evaluations_on_the_case_page(returned, assistant, coordinator, sign_in):
    ask_for_evaluations(placement=returned)
    Evaluation.objects.update(given_at=clock.now(), comment="Bare for kontoret", overall=2)
    assert "Bare for kontoret" in body(sign_in(coordinator).get(returned.get_absolute_url()))
    assert "Bare for kontoret" not in body(sign_in(assistant).get(returned.get_absolute_url()))


def test_the_own_page_leads_to_the_weekly_log(abroad, apprentice_user, sign_in):
    page = body(sign_in(apprentice_user).get(at("my_stay", abroad.pk)))
    assert at("weekly_log", abroad.pk) in page
    assert "Write this week" in page
