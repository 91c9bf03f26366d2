"""Next year's round from this year's: same weekdays, same clock, same criteria; nobody's application, once only."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from apprentices.enums import RoundStatus
from apprentices.models import Criterion, Round, Trade
from apprentices.services.copying import A_YEAR, BEGINS_ANEW, next_name, next_round
from apprentices.services.rounds import add_standard_criteria
from mobility.grants.models import Project
from tests.factories import ApplicationFactory, ProjectFactory, RoundFactory

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def source(office):
    made = RoundFactory(
        office=office, prepared=True, name="Høst 2026", grace_minutes=30, minimum_age=18, minimum_months_served=6,
        opens_at=datetime.datetime(2026, 3, 30, 9, 0, tzinfo=OSLO),  # the day after the clocks went forward
        closes_at=datetime.datetime(2026, 4, 24, 23, 59, tzinfo=OSLO),
        departs_from=datetime.date(2026, 8, 31), departs_to=datetime.date(2026, 9, 7),
        returns_from=datetime.date(2026, 12, 7), returns_to=datetime.date(2026, 12, 14),
        decisions_by=datetime.date(2026, 5, 29), answer_by=None,
        project=ProjectFactory(office=office, starts_on=datetime.date(2026, 6, 1), ends_on=datetime.date(2027, 8, 31)),
    )  # fmt: skip
    add_standard_criteria(round=made)
    made.criteria.filter(position=1).update(anchors={"1": {"nb": "Svak", "nn": "Veik", "sv": "Svag", "en": "Weak"}})
    made.trades.set(Trade.objects.filter(code="HSHEA3----"))
    Round.objects.filter(pk=made.pk).update(status=RoundStatus.PUBLISHED)
    return Round.objects.get(pk=made.pk)


def fields(page):
    """What a person sends who changes nothing."""
    form = page.context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        shown = form.fields[name].widget.format_value(value) if name not in {"trades", "project", "owner"} else value
        if value not in (None, False, []):
            data[name] = shown
    return data


def address(source):
    return reverse("apprentices:copy_round", args=[source.pk])


def test_a_copy_is_prepared_with_every_date_on_its_weekday(sign_in, coordinator, office, source):
    new_project = ProjectFactory(office=office, starts_on=datetime.date(2027, 6, 1), ends_on=datetime.date(2028, 8, 31))
    ApplicationFactory(round=source, submitted=True)
    client = sign_in(coordinator)
    page = client.get(address(source))
    assert "Every date is 52 weeks later" in page.text
    client.post(address(source), fields(page))
    copy = Round.objects.exclude(pk=source.pk).get()
    assert (copy.name, copy.status, copy.project, copy.criteria_version) == ("Høst 2027", "prepared", new_project, 1)
    assert copy.opens_at == datetime.datetime(2027, 3, 29, 9, 0, tzinfo=OSLO)
    assert copy.closes_at == datetime.datetime(2027, 4, 23, 23, 59, tzinfo=OSLO)
    for name in ("departs_from", "departs_to", "returns_from", "returns_to", "decisions_by"):
        assert getattr(copy, name) - getattr(source, name) == A_YEAR
    assert copy.answer_by is None
    assert (copy.grace_minutes, copy.minimum_age, copy.minimum_months_served) == (30, 18, 6)
    assert [trade.code for trade in copy.trades.all()] == ["HSHEA3----"]
    assert copy.applications.count() == 0


def test_the_criteria_are_the_same_in_four_languages_and_their_own(sign_in, coordinator, source):
    client = sign_in(coordinator)
    client.post(address(source), fields(client.get(address(source))))
    columns = [field.name for field in Criterion._meta.concrete_fields if field.name not in {"id", "round"}]
    old, new = (list(each.criteria.values(*columns)) for each in Round.objects.order_by("pk"))
    assert old == new
    assert len(new) == 5
    assert new[0]["anchors"]["1"] == {"nb": "Svak", "nn": "Veik", "sv": "Svag", "en": "Weak"}


def test_what_was_changed_in_the_form_is_saved_and_a_second_click_makes_no_second_round(sign_in, coordinator, source):
    client = sign_in(coordinator)
    data = fields(client.get(address(source))) | {"name": "Høst i Polen", "places": "7"}
    first, second = client.post(address(source), data), client.post(address(source), data)
    copy = Round.objects.exclude(pk=source.pk).get()
    assert (copy.name, copy.places, copy.criteria.count()) == ("Høst i Polen", 7, 5)
    assert first.url == second.url == reverse("admin:apprentices_round_change", args=[copy.pk])


def test_a_date_without_sense_is_refused_and_everything_typed_is_kept(sign_in, coordinator, source):
    client = sign_in(coordinator)
    data = fields(client.get(address(source))) | {"closes_at": "2027-01-01T12:00", "name": "Mitt navn"}
    page = client.post(address(source), data)
    assert "The round closes before it opens." in page.text
    assert ('value="Mitt navn"' in page.text, Round.objects.count()) == (True, 1)


def test_only_the_offices_projects_are_offered(sign_in, coordinator, source):
    foreign = ProjectFactory(starts_on=datetime.date(2027, 1, 1), ends_on=datetime.date(2029, 1, 1))
    client = sign_in(coordinator)
    page = client.get(address(source))
    assert list(page.context["form"].fields["project"].queryset) == [source.project]
    client.post(address(source), fields(page) | {"project": foreign.pk})
    assert Round.objects.count() == 1


def test_others_copy_nothing(sign_in, head, assistant, other_coordinator, source):
    for user, status in ((head, 403), (assistant, 403), (other_coordinator, 404)):
        assert sign_in(user).post(address(source), {}).status_code == status
    assert "Copy for the next year" not in sign_in(head).get(
        reverse("admin:apprentices_round_change", args=[source.pk])
    ).text  # fmt: skip


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("Høst 2026", "Høst 2027"),
        ("2026/2027 vår", "2027/2028 vår"),
        ("Sommer", "Sommer 2027"),
        ("Nr 20260 av 2026", "Nr 20260 av 2027"),
    ],
)
def test_the_name_says_the_next_year(name, later):
    assert next_name(name, 2027) == later


@given(moment=st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2032, 12, 31)))  # noqa: DTZ001 - UTC below
def test_the_wall_clock_and_the_weekday_stay_whatever_summer_time_does(moment):
    source = RoundFactory.build(
        office__time_zone="Europe/Oslo", project=None, opens_at=moment.replace(tzinfo=datetime.UTC),
        closes_at=moment.replace(tzinfo=datetime.UTC) + datetime.timedelta(days=9),
    )  # fmt: skip
    copy = next_round(source, projects=Project.objects.none())
    old, new = source.opens_at.astimezone(OSLO), copy.opens_at.astimezone(OSLO)
    assert new.weekday() == old.weekday()
    exists = new.replace(tzinfo=None) == old.replace(tzinfo=None) + A_YEAR
    skipped = (old + A_YEAR).hour == 2 and new.hour == 3  # the hour that is not there on that night
    assert exists or skipped


def test_every_column_of_a_round_is_copied_moved_or_named_as_new(source):
    copy = next_round(source, projects=Project.objects.none())
    same = {
        field.name
        for field in Round._meta.concrete_fields
        if getattr(copy, field.attname) == getattr(source, field.attname)
    }
    moved = {"opens_at", "closes_at", "departs_from", "departs_to", "returns_from", "returns_to", "decisions_by"}
    assert same & moved == set()
    everything = {field.name for field in Round._meta.concrete_fields}
    assert everything - same - moved <= BEGINS_ANEW | {"name", "project"}
