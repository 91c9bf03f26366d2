"""Partners: the admin, openings, visit days and their places, the portal page of what a partner offers."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from mobility.common.errors import Refused
from partners import selectors
from partners.models import Opening, Partner, VisitDay
from partners.services import visit_days as services
from tests import factories
from tests.factories import days
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
NINE, THREE = datetime.time(9), datetime.time(15)


@pytest.fixture
def partner(partner_access):
    return partner_access.partner


def offered(partner, by=None, **facts):
    defaults = {"on": days(100), "from_time": NINE, "to_time": THREE, "places": 2}
    return services.offer_visit_day(partner=partner, by=by, **(defaults | facts))


def book(slot, office, status="booked"):
    placement = factories.PlacementFactory(office=office, partner=slot.visit_day.partner)
    instructor = factories.InstructorFactory(office=office)
    return placement.visits.create(instructor=instructor, slot=slot, status=status, calendar_uid=str(slot.pk))


# --- visit days ----------------------------------------------------------------------------------------------------
def test_a_day_is_offered_with_its_places(partner):
    day = offered(partner, places=3)
    assert list(day.slots.values_list("number", flat=True)) == [1, 2, 3]


def test_a_day_is_offered_once(partner):
    offered(partner)
    with pytest.raises(Refused, match="offered already"):
        offered(partner)
    assert VisitDay.objects.count() == 1


def test_a_day_of_the_past_is_not_offered(partner):
    with pytest.raises(Refused, match="has passed"):
        offered(partner, on=days(-1))


@pytest.mark.parametrize(("places", "numbers"), [(1, [1]), (2, [1, 2]), (4, [1, 2, 3, 4]), (0, [])])
def test_the_number_of_places_is_changed(partner, places, numbers):
    day = services.set_places(visit_day=offered(partner), places=places, by=None)
    assert list(day.slots.values_list("number", flat=True)) == numbers


@pytest.mark.parametrize("status", ["booked", "cancelled"])
def test_a_place_that_is_or_was_booked_stays(partner, office, status):
    day = offered(partner, places=3)
    book(day.slots.get(number=3), office, status)
    services.set_places(visit_day=day, places=1, by=None)
    assert list(day.slots.values_list("number", flat=True)) == [3]
    with pytest.raises(Refused, match="At least 1 places must stay"):
        services.set_places(visit_day=day, places=0, by=None)
    assert day.slots.count() == 1


def test_booked_places_are_counted_beside_all(partner, office):
    day = offered(partner, places=3)
    book(day.slots.get(number=1), office)
    book(day.slots.get(number=2), office, "cancelled")
    found = selectors.visit_days_of(partner).get()
    assert (found.places, found.booked) == (3, 1)


# --- the portal ----------------------------------------------------------------------------------------------------
OFFER = "/offer/"
DAY = {"on": "2099-03-02", "from_time": "09:00", "to_time": "15:00", "places": "2"}


def test_a_partner_sees_its_own_offer_and_no_other(partner, partner_user, office, sign_in):
    mine = factories.OpeningFactory(partner=partner)
    factories.OpeningFactory(partner__office=office)
    response = sign_in(partner_user).get(OFFER)
    assert list(response.context["openings"]) == [mine]


def test_a_partner_adds_a_visit_day(partner, partner_user, sign_in):
    response = sign_in(partner_user).post(OFFER, DAY)
    assert response["Location"] == OFFER
    day = VisitDay.objects.get()
    assert (day.partner, day.slots.count()) == (partner, 2)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": ""}, "Choose the day."),
        ({"on": "2020-01-01"}, "This day has passed."),
        ({"to_time": "08:00"}, "The visit ends before it begins."),
        ({"places": "0"}, "Places"),
    ],
)
def test_a_wrong_day_is_named_and_kept(partner_user, sign_in, wrong, words):
    page = sign_in(partner_user).post(OFFER, DAY | wrong).content.decode()
    assert "<title>Error:" in page
    assert words in page
    assert VisitDay.objects.count() == 0


@pytest.mark.parametrize("who", ["coordinator", "apprentice_user", "instructor_user"])
def test_the_offer_is_the_partners_page(request, sign_in, who):
    assert sign_in(request.getfixturevalue(who)).get(OFFER).status_code == 403


def test_an_ended_membership_opens_nothing(partner_access, partner_user, sign_in):
    partner_access.membership.ends_on = days(-1)
    partner_access.membership.save()
    assert sign_in(partner_user).get(OFFER).status_code == 403


# --- the admin -----------------------------------------------------------------------------------------------------
def change(partner):
    return reverse("admin:partners_partner_change", args=[partner.pk])


def form_of(partner, **more):
    data = {
        "name": partner.name, "country": "ES", "city": "Sevilla", "email": partner.email, "language": "en",
        "is_active": "on",
    }  # fmt: skip
    for prefix in ("contacts", "host_companies", "visit_days"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | more


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("head", 200), ("assistant", 200), ("auditor", 200), ("reviewer", 403),
     ("other_coordinator", 404), ("partner_user", 302)],
)  # fmt: skip
def test_a_partners_page_is_for_its_office(request, partner, sign_in, who, status):
    assert sign_in(request.getfixturevalue(who)).get(change(partner)).status_code == status


def test_the_button_to_invite_is_there_for_the_coordinator_only(partner, coordinator, head, sign_in):
    invite = reverse("partners:invite_contact", args=[partner.pk])
    assert invite in sign_in(coordinator).get(change(partner)).content.decode()
    assert invite not in sign_in(head).get(change(partner)).content.decode()


def test_a_new_partner_belongs_to_the_working_office(coordinator, office, sign_in):
    address = reverse("admin:partners_partner_add")
    new = factories.PartnerFactory.build(office=office, name="Nuevo", email="nuevo@example.com")
    response = sign_in(coordinator).post(
        address,
        form_of(
            new,
            **{
                "contacts-TOTAL_FORMS": "1",
                "contacts-0-name": "Paloma",
                "contacts-0-email": "p@example.com",
                "visit_days-TOTAL_FORMS": "1",
                "visit_days-0-on": days(50).isoformat(),
                "visit_days-0-from_time": "09:00",
                "visit_days-0-to_time": "15:00",
                "visit_days-0-places": "3",
            },
        ),
    )
    assert response.status_code == 302
    made = Partner.objects.get(name="Nuevo")
    assert (made.office, made.contacts.get().name) == (office, "Paloma")
    assert made.visit_days.get().slots.count() == 3


def day_rows(day, **row):
    facts = {
        "id": day.pk, "partner": day.partner_id, "on": day.on.isoformat(), "from_time": "09:00", "to_time": "15:00",
    }  # fmt: skip
    counts = {"visit_days-TOTAL_FORMS": "1", "visit_days-INITIAL_FORMS": "1"}
    return counts | {f"visit_days-0-{name}": value for name, value in (facts | row).items()}


def test_places_are_changed_on_the_partners_page(partner, coordinator, sign_in):
    day = offered(partner)
    client = sign_in(coordinator)
    assert client.post(change(partner), form_of(partner, **day_rows(day, places="4"))).status_code == 302
    assert day.slots.count() == 4


def test_places_below_the_booked_are_refused_on_the_partners_page(partner, coordinator, office, sign_in):
    day = offered(partner, places=2)
    for slot in day.slots.all():
        book(slot, office)
    page = sign_in(coordinator).post(change(partner), form_of(partner, **day_rows(day, places="1"))).content.decode()
    assert "At least 2 places must stay: they are or were booked." in page
    assert day.slots.count() == 2


def opening_form(own, **more):
    return {
        "partner": own.pk, "starts_on": days(10).isoformat(), "ends_on": days(100).isoformat(), "places": "2",
    } | more  # fmt: skip


def test_an_opening_is_made_for_trades_of_the_list(partner, coordinator, sign_in):
    trade = factories.TradeFactory()
    company = factories.HostCompanyFactory(partner=partner)
    address = reverse("admin:partners_opening_add")
    sign_in(coordinator).post(
        address, opening_form(partner, host_company=company.pk, trades=[trade.pk], minimum_age="18", lodging="Room")
    )
    opening = Opening.objects.get()
    assert (opening.host_company, list(opening.trades.all()), opening.minimum_age) == (company, [trade], 18)


@pytest.mark.parametrize("foreign", ["partner", "host_company"])
def test_an_opening_takes_no_partner_or_company_of_others(partner, coordinator, sign_in, foreign):
    other = factories.HostCompanyFactory()
    wrong = {"partner": other.partner_id} if foreign == "partner" else {"host_company": other.pk}
    response = sign_in(coordinator).post(reverse("admin:partners_opening_add"), opening_form(partner, **wrong))
    assert (response.status_code, Opening.objects.count()) == (200, 0)


def test_openings_of_another_office_are_not_there(coordinator, sign_in):
    foreign = factories.OpeningFactory()
    client = sign_in(coordinator)
    assert client.get(reverse("admin:partners_opening_changelist")).context["cl"].result_count == 0
    assert client.get(reverse("admin:partners_opening_change", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("model", [Partner, Opening])
def test_a_list_costs_the_same_queries_for_1_and_3(partner, office, coordinator, sign_in, model):
    factories.OpeningFactory(partner=partner).trades.add(factories.TradeFactory())
    client = sign_in(coordinator)

    def more():
        for _number in range(2):
            factories.OpeningFactory(partner__office=office).trades.add(factories.TradeFactory())

    address = reverse(f"admin:partners_{model._meta.model_name}_changelist")
    before = queries_of(client, address)
    more()
    assert queries_of(client, address) == before


def test_both_are_in_the_admin():
    assert {Partner, Opening} <= set(admin.site._registry)
