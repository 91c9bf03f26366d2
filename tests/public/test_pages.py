"""Public pages: what a stranger sees, and what not."""

import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from apprentices import consent
from mobility.common import clock
from mobility.common.models import OutboundMail
from mobility.public.selectors import offices_with_rounds, rounds_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


def round_of(office, **facts):
    return factories.RoundFactory(office=office, project=None, **facts)


def test_a_stranger_finds_every_office_on_the_front_page(client, office):
    other = factories.OfficeFactory(name="Vuxenutbildning Westum")
    page = client.get("/")
    assert page.templates[0].name == "public/front.html"
    assert office.name in page.text
    assert other.get_absolute_url() in page.text


def test_with_one_office_the_front_page_is_its_page(client, office):
    page = client.get("/")
    assert page.templates[0].name == "public/office.html"
    assert page.context["office"] == office


def test_without_an_office_the_front_page_says_so(client, db):
    assert "No office yet" in client.get("/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_costs_two_queries(db, count, django_assert_num_queries):
    for _number in range(count):
        round_of(factories.OfficeFactory())
    with django_assert_num_queries(2):
        offices_with_rounds()


def test_an_office_shows_open_rounds_with_closing_moment_and_days_left(client, office):
    now = datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False):
        shown = round_of(
            office, name="Høst 2027", closes_at=datetime.datetime(2027, 2, 10, 22, 59, tzinfo=datetime.UTC)
        )
        page = client.get(office.get_absolute_url()).text
    assert "Høst 2027" in page
    assert "Apply by Wednesday 10 February 2027 at 23:59, Norwegian time" in page
    assert "9 days left" in page
    assert f'href="{reverse("apprentices:apply", args=[shown.pk])}">Apply for Høst 2027' in page


def test_a_round_that_closes_at_midnight_has_its_last_day_before(office):
    with time_machine.travel(datetime.datetime(2027, 2, 10, 9, tzinfo=datetime.UTC), tick=False):
        round_of(office, closes_at=datetime.datetime(2027, 2, 10, 23, 0, tzinfo=datetime.UTC))  # 00:00 in Oslo
        assert [entry.days_left for entry in rounds_of(office).open] == [0]


def test_a_round_that_opens_later_stands_with_its_moment_and_cannot_be_applied_for(client, office):
    later = round_of(office, name="Vår 2028", opens_at=clock.now() + datetime.timedelta(days=5))
    page = client.get(office.get_absolute_url())
    assert page.context["entry"].later == [later]
    assert "Vår 2028" in page.text
    assert "Apply for Vår 2028" not in page.text


def test_rounds_in_preparation_and_rounds_that_are_over_are_not_shown(client, office):
    round_of(office, name="Kladd", prepared=True)
    round_of(office, name="Over", closes_at=clock.now() - datetime.timedelta(minutes=1))
    page = client.get(office.get_absolute_url())
    assert page.context["entry"].open == []
    assert "Kladd" not in page.text
    assert "Over<" not in page.text


def test_the_next_dates_stand_in_order_and_in_the_future(office):
    round_ = round_of(office)
    dates = rounds_of(office).dates
    assert [what for _date, what, _round in dates] == ["closes", "answer", "departs", "returns"]
    assert [date for date, _what, _round in dates] == sorted(date for date, _what, _round in dates)
    assert {entry[2] for entry in dates} == {round_}


def test_the_office_page_gives_the_contact(client, office):
    page = client.get(office.get_absolute_url()).text
    assert f"mailto:{office.email}" in page
    assert f"tel:{office.phone}" in page


def test_an_unknown_office_is_a_missing_page(client, office):
    assert client.get(reverse("public:office", args=["nowhere"])).status_code == 404
    assert client.get(reverse("public:office_privacy", args=["nowhere"])).status_code == 404


def test_the_privacy_notice_names_who_is_responsible_and_every_kind_of_data(client, office):
    page = client.get(reverse("public:office_privacy", args=[office.slug]))
    assert office.name in page.text
    for kind in page.context["kinds"]:
        assert all([kind.what, kind.purpose, kind.basis, kind.kept, kind.seen_by])
        assert f'id="kind-{kind.code}"' in page.text


def test_the_privacy_notice_shows_the_consent_text_and_its_version(client, office):
    page = client.get(reverse("public:office_privacy", args=[office.slug])).text
    assert consent.text(office.name) in page
    assert f"This is version {consent.VERSION}." in page


def test_the_general_privacy_notice_leads_to_the_offices(client, office):
    assert reverse("public:office_privacy", args=[office.slug]) in client.get(reverse("public:privacy")).text


def test_the_accessibility_statement_leads_to_the_fault_form(client, db):
    assert f'href="{reverse("public:fault")}"' in client.get(reverse("public:accessibility")).text


# --- the fault form -----------------------------------------------------------------------------------------------
def send_fault(client, **fields):
    return client.post(reverse("public:fault"), {"text": "Menu cannot be reached.", **fields})


def test_a_fault_reaches_the_office_in_its_language(client, office):
    office.default_language = "sv"
    office.save()
    response = send_fault(client, office=office.pk, email="kari@example.org", page="/o/intsek/")
    assert response.url == reverse("public:fault_thanks")
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.office, mail.language) == (office.email, office, "sv")
    assert "Menu cannot be reached." in mail.body
    assert "kari@example.org" in mail.body
    assert "We have your report" in client.get(response.url).text


def test_a_fault_without_an_office_reaches_every_coordinator_once(client, coordinator, other_coordinator, head):
    factories.MembershipFactory(user=coordinator, office=factories.OfficeFactory())
    send_fault(client)
    mails = OutboundMail.objects.values_list("to_address", flat=True)
    assert sorted(mails) == sorted([coordinator.email, other_coordinator.email])


def test_without_any_coordinator_a_fault_reaches_the_offices(client, office):
    send_fault(client)
    assert OutboundMail.objects.get().to_address == office.email


def test_a_fault_report_with_errors_keeps_what_was_typed_and_sends_nothing(client, office):
    page = client.post(reverse("public:fault"), {"text": "", "email": "not-an-address", "page": "/somewhere/"})
    assert OutboundMail.objects.count() == 0
    assert "2 things must be put right" in page.text
    assert 'value="not-an-address"' in page.text
    assert 'value="/somewhere/"' in page.text
    assert "<title>Error: Report a fault" in page.text


def test_the_fault_form_closes_after_twenty_reports_an_hour_and_keeps_the_text(client, office):
    for _number in range(20):
        send_fault(client, office=office.pk)
    page = send_fault(client, office=office.pk, text="One too many")
    assert OutboundMail.objects.count() == 20
    assert "One too many" in page.text
    assert "Many reports came from this network" in page.text


def test_a_line_break_in_a_field_gets_into_no_header(client, office):
    send_fault(client, office=office.pk, page="x\r\nBcc: everybody@example.org")
    assert OutboundMail.objects.get().subject.splitlines() == [OutboundMail.objects.get().subject]
