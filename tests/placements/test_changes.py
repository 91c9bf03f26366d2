"""Other dates or another host: what follows is reckoned, shown, and carried out only if it still holds."""

import datetime
from decimal import Decimal

import pytest

from mobility.common.errors import NotReady, TransitionNotAllowed
from placements.enums import AgreementStatus, PlacementStatus
from placements.models import Grant, Placement
from placements.services import changes as services
from placements.services.changes import Change, ChangedMeanwhile
from placements.services.grants import price_placement
from placements.services.project_prices import price_open_placements
from tests import factories
from tests.factories import days
from tests.placements.conftest import mails

pytestmark = pytest.mark.django_db
A_WEEK = datetime.timedelta(days=7)


@pytest.fixture
def priced(stay, project, coordinator, office):
    """``priced(status)``: a stay of 98 days in Seville with its price."""
    office.postal_place = "Hamar"
    office.save()
    factories.BaseRateFactory(project=project)
    factories.BaseRateFactory(project=project, country_group=1, eur_per_day=120)

    def make(status=PlacementStatus.CONFIRMED, **facts):
        placement = stay(status, **facts)
        price_placement(placement=placement, by=coordinator)
        return Placement.objects.select_related("office", "partner", "project").get(pk=placement.pk)

    return make


@pytest.fixture
def in_aarhus(office):
    partner = factories.PartnerFactory(office=office, country="DK", city="Aarhus")
    company = factories.HostCompanyFactory(partner=partner, city="Aarhus")
    return factories.OpeningFactory(partner=partner, host_company=company, lodging="Havnegade 1")


def shorter(placement, by=9):
    return Change(placement.starts_on, placement.ends_on - datetime.timedelta(days=by))


def carry_out(placement, change, by):
    effect = services.effect_of(placement, change)
    services.change_placement(placement=placement, change=change, fingerprint=effect.fingerprint, by=by)
    return Placement.objects.get(pk=placement.pk)


def pairs(effect):
    return [(p.after.rule if p.after else None, p.difference) for p in effect.lines]


def test_crossing_the_boundary_shows_each_line_before_and_after(priced):
    placement = priced()
    effect = services.effect_of(placement, shorter(placement))  # 98 to 89 days
    assert (effect.before.days, effect.after.days) == (98, 89)
    assert (effect.before.activity, effect.after.activity) == ("long_term_learner", "short_term_learner")
    assert pairs(effect) == [
        ("individual_support", Decimal(-9 * 77)),
        ("travel", 0),
        ("organisational_support", Decimal(-150)),
        (None, Decimal(-150)),  # the reinforced linguistic support of long-term stays
    ]
    assert effect.difference == Decimal(-9 * 77 - 300)
    placement.refresh_from_db()
    assert (placement.days, Grant.objects.get(placement=placement).total) == (98, effect.price_before.total)


def test_the_change_keeps_what_was_shown(priced, coordinator):
    placement = priced()
    effect = services.effect_of(placement, shorter(placement))
    changed = carry_out(placement, shorter(placement), coordinator)
    assert (changed.days, changed.activity, changed.status) == (89, "short_term_learner", PlacementStatus.CONFIRMED)
    assert changed.grant.total == effect.price_after.total
    log = changed.status_changes.get()
    assert (log.name, log.from_status, log.to_status, log.by) == ("change", "confirmed", "confirmed", coordinator)
    assert log.note.endswith(" became " + services.dates_in_words(changed) + ".")
    assert changed.history.first().history_user == coordinator
    told = [(template, address) for template, address in mails()]
    assert told == [
        ("changed", changed.partner.email),
        ("changed", changed.apprentice.email),
        ("changed", changed.application.manager_email),
    ]


def test_another_country_has_its_own_distance_group_and_rate(priced, in_aarhus, coordinator):
    placement = priced(PlacementStatus.PROPOSED)
    effect = services.effect_of(placement, Change(placement.starts_on, placement.ends_on, in_aarhus))
    lines = {line.rule: line for line in effect.price_after.lines}
    assert (lines["individual_support"].facts["country_group"], lines["travel"].facts["min_km"]) == (1, 500)
    changed = carry_out(placement, Change(placement.starts_on, placement.ends_on, in_aarhus), coordinator)
    assert (changed.opening, changed.partner, changed.host_company) == (
        in_aarhus, in_aarhus.partner, in_aarhus.host_company,
    )  # fmt: skip
    assert (changed.lodging, changed.grant.total) == ("Havnegade 1", effect.price_after.total)
    assert 500 < changed.distance_km < 700


def test_another_partner_is_asked_first_and_the_old_one_told(priced, in_aarhus, coordinator, make):
    placement = priced()
    make(placement)
    changed = carry_out(placement, Change(placement.starts_on, placement.ends_on, in_aarhus), coordinator)
    assert changed.status == PlacementStatus.PROPOSED
    assert [a.status for a in changed.learning_agreements.all()] == [AgreementStatus.REPLACED]
    assert changed.status_changes.order_by("pk").last().name == "change_host"
    assert mails()[1:] == [
        ("proposed", in_aarhus.partner.email),
        ("left_partner", placement.partner.email),
        ("changed", placement.apprentice.email),
        ("changed", placement.application.manager_email),
    ]


def test_signed_dates_are_signed_again(priced, coordinator, make, sign_all):
    placement = priced()
    sign_all(make(placement))
    Placement.objects.filter(pk=placement.pk).update(status=PlacementStatus.READY)
    placement.refresh_from_db()
    effect = services.effect_of(placement, shorter(placement, by=3))
    assert (effect.signs_again, effect.after.status) == (True, PlacementStatus.CONFIRMED)
    changed = carry_out(placement, shorter(placement, by=3), coordinator)
    versions = [(a.version, a.status, a.outcomes.count()) for a in changed.learning_agreements.order_by("version")]
    assert versions == [(1, AgreementStatus.REPLACED, 2), (2, AgreementStatus.SIGNING, 2)]
    assert (changed.status, changed.status_changes.order_by("pk").last().name) == ("confirmed", "sign_again")


def test_visits_outside_the_new_dates_are_cancelled(priced, coordinator, instructor_user):
    placement = priced()
    instructor = factories.InstructorFactory(office=placement.office, user=instructor_user)
    visits = [
        placement.visits.create(
            instructor=instructor,
            slot=factories.VisitDayFactory(partner=placement.partner, on=on).slots.get(),
            calendar_uid=str(on),
        )
        for on in (placement.starts_on + A_WEEK, placement.ends_on - datetime.timedelta(days=1))
    ]
    effect = services.effect_of(placement, shorter(placement))
    assert effect.visits == visits[1:]
    carry_out(placement, shorter(placement), coordinator)
    for visit in visits:
        visit.refresh_from_db()
    assert [visit.status for visit in visits] == ["booked", "cancelled"]


def test_what_was_shown_is_what_is_confirmed(priced, coordinator):
    placement = priced()
    effect = services.effect_of(placement, shorter(placement))
    placement.project.base_rates.filter(country_group=2).update(eur_per_day=100)
    with pytest.raises(ChangedMeanwhile):
        services.change_placement(
            placement=placement, change=shorter(placement), fingerprint=effect.fingerprint, by=coordinator
        )
    placement.refresh_from_db()
    assert (placement.days, placement.status_changes.count(), mails()) == (98, 0, [])


def test_the_same_change_twice_is_carried_out_once(priced, coordinator):
    placement = priced()
    change = shorter(placement)
    effect = services.effect_of(placement, change)
    for _click in range(2):
        services.change_placement(placement=placement, change=change, fingerprint=effect.fingerprint, by=coordinator)
    placement.refresh_from_db()
    assert (placement.days, placement.status_changes.count(), len(mails())) == (89, 1, 3)


def test_a_stay_whose_new_way_nobody_knows_loses_its_price_and_says_so(priced, in_aarhus, coordinator):
    in_aarhus.host_company.city = in_aarhus.partner.city = "Qwertyuiop"
    in_aarhus.host_company.save()
    in_aarhus.partner.save()
    placement = priced(PlacementStatus.PROPOSED)
    change = Change(placement.starts_on, placement.ends_on, in_aarhus)
    effect = services.effect_of(placement, change)
    assert (effect.price_after, effect.why_no_price) == (None, "Enter the distance in km.")
    changed = carry_out(placement, change, coordinator)
    assert (changed.distance_km, Grant.objects.filter(placement=changed).count()) == (None, 0)


def test_an_earlier_start_moves_the_others_over_the_step(project, coordinator, opening, office, priced):
    factories.BaseRateFactory.reset_sequence()
    placement = priced(PlacementStatus.PROPOSED)
    ends_on = days(120)
    factories.PlacementFactory.create_batch(
        100, office=office, project=project, activity="short_term_learner", starts_on=days(100), ends_on=ends_on,
    )  # fmt: skip
    price_open_placements(project=project)
    shares = Grant.objects.exclude(placement=placement).filter(lines__facts__rule="organisational_support")
    carry_out(placement, Change(days(95), days(130)), coordinator)
    amounts = sorted(shares.values_list("lines__amount", flat=True).filter(lines__heading="organisational_support"))
    assert (amounts[:2], placement.grant.lines.get(heading="organisational_support").amount) == ([200, 350], 350)


@pytest.mark.parametrize("status", sorted(set(PlacementStatus) - set(services.CHANGED_IN)))
def test_after_the_return_and_after_a_no_nothing_changes(stay, coordinator, status):
    placement = stay(status)
    with pytest.raises(TransitionNotAllowed):
        services.change_placement(placement=placement, change=shorter(placement), fingerprint="", by=coordinator)
    placement.refresh_from_db()
    assert (placement.status_changes.count(), mails()) == (0, [])


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ((days(199), days(102)), "The last day lies before the first."),
        ((days(102), days(105)), "A stay lasts from 10 to 365 days."),
        ((days(102), days(450)), "The stay must lie inside the dates of the project."),
    ],
)
def test_dates_that_cannot_be_are_refused(priced, coordinator, dates, words):
    with pytest.raises(NotReady) as refusal:
        services.effect_of(priced(), Change(*dates))
    assert refusal.value.missing == [words]


def test_a_full_opening_or_one_outside_its_dates_is_refused(priced, in_aarhus, coordinator):
    placement = priced()
    late = Change(placement.starts_on, days(230), in_aarhus)
    with pytest.raises(NotReady, match="inside the dates of the opening"):
        services.effect_of(placement, late)
    factories.PlacementFactory.create_batch(2, office=placement.office, partner=in_aarhus.partner, opening=in_aarhus)
    with pytest.raises(NotReady, match="All places of this opening are taken"):
        services.effect_of(placement, Change(placement.starts_on, placement.ends_on, in_aarhus))


def test_a_country_that_the_project_may_not_send_to_is_refused(priced, in_aarhus, project):
    project.code = project.code.replace("KA121", "KA122")
    project.save()
    in_aarhus.partner.country = "GB"
    in_aarhus.partner.save()
    placement = priced()
    with pytest.raises(NotReady, match="Only accredited projects"):
        services.effect_of(placement, Change(placement.starts_on, placement.ends_on, in_aarhus))


def test_who_is_abroad_stays_abroad_and_cannot_start_later(priced, coordinator, make):
    placement = priced(PlacementStatus.ABROAD, starts_on=days(-10), ends_on=days(90), arrived_on=days(-10))
    make(placement)
    with pytest.raises(NotReady, match="cannot start later"):
        services.effect_of(placement, Change(days(1), days(90)))
    changed = carry_out(placement, Change(days(-10), days(97)), coordinator)
    assert (changed.status, changed.learning_agreements.count()) == (PlacementStatus.ABROAD, 2)
