"""Pages of arrival, return and who is abroad."""

import csv
import io

import pytest

from mobility.common import clock
from placements.enums import PlacementStatus as S
from placements.services.visits import book_visit
from tests import factories
from tests.factories import days
from tests.placements.stay.test_views import at, body

pytestmark = pytest.mark.django_db


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
    assert response.context["abroad"].on == clock.today(response.context["office"].tz)


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
