"""Placing: proposed, answered, confirmed, ready, cancelled."""

import pytest

from apprentices.enums import ApplicationStatus
from mobility.common.errors import AlreadyTaken, NotReady, Refused, TransitionNotAllowed
from mobility.grants.enums import ActivityType
from partners.models import HostCompany
from placements.enums import PlacementStatus
from placements.models import Placement
from placements.selectors import placing as selectors
from placements.services import placements as services
from tests import factories
from tests.factories import days
from tests.placements.conftest import mails

pytestmark = pytest.mark.django_db


def propose(application, opening, project, by, **facts):
    dates = {"starts_on": days(102), "ends_on": days(199)}
    return services.propose_placement(
        application=application, opening=opening, project=project, by=by, **(dates | facts)
    )


# --- propose -------------------------------------------------------------------------------------------------------
def test_an_accepted_applicant_is_sent_to_the_partner_of_an_opening(accepted, opening, project, coordinator):
    placement = propose(accepted, opening, project, coordinator)
    assert placement.status == PlacementStatus.PROPOSED
    assert (placement.partner, placement.host_company) == (opening.partner, opening.host_company)
    assert placement.activity == ActivityType.LONG_TERM_LEARNER
    change = placement.status_changes.get()
    assert (change.name, change.to_status, change.by) == ("propose", "proposed", coordinator)
    assert mails() == [("proposed", opening.partner.email)]


@pytest.mark.parametrize(
    ("length", "activity"), [(10, "short_term_learner"), (89, "short_term_learner"), (90, "long_term_learner")]
)
def test_the_activity_follows_from_the_days(accepted, opening, project, coordinator, length, activity):
    placement = propose(accepted, opening, project, coordinator, ends_on=days(102 + length - 1))
    assert (placement.days, placement.activity) == (length, activity)


@pytest.mark.parametrize("status", [s for s in ApplicationStatus if s not in {"accepted", "draft"}])
def test_only_an_accepted_application_is_placed(accepted, opening, project, coordinator, status):
    accepted.status = status
    accepted.save()
    with pytest.raises(TransitionNotAllowed):
        propose(accepted, opening, project, coordinator)
    assert Placement.objects.count() == 0


def test_a_full_opening_takes_nobody_else(accepted, opening, project, coordinator, office):
    factories.PlacementFactory(office=office, partner=opening.partner, opening=opening)
    with pytest.raises(AlreadyTaken):
        propose(accepted, opening, project, coordinator)
    assert mails() == []


def test_a_refused_stay_gives_its_place_back(accepted, opening, project, coordinator, office):
    factories.PlacementFactory(office=office, partner=opening.partner, opening=opening, status=PlacementStatus.REFUSED)
    assert propose(accepted, opening, project, coordinator).opening == opening


def test_nobody_is_placed_twice(accepted, opening, project, coordinator, office):
    propose(accepted, opening, project, coordinator)
    other = factories.OpeningFactory(partner=opening.partner)
    with pytest.raises(TransitionNotAllowed):
        propose(accepted, other, project, coordinator)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"starts_on": days(80)}, "The stay must lie inside the dates of the opening."),
        ({"ends_on": days(221)}, "The stay must lie inside the dates of the opening."),
        ({"ends_on": days(110)}, "A stay lasts from 10 to 365 days."),
        ({"ends_on": days(101)}, "The stay ends before it starts."),
    ],
)
def test_dates_that_cannot_be_are_refused(accepted, opening, project, coordinator, facts, missing):
    with pytest.raises(NotReady) as caught:
        propose(accepted, opening, project, coordinator, **facts)
    assert caught.value.missing == [missing]
    assert Placement.objects.count() == 0


def test_the_stay_must_lie_inside_the_project(accepted, opening, project, coordinator):
    project.ends_on = days(150)
    project.save()
    with pytest.raises(NotReady) as caught:
        propose(accepted, opening, project, coordinator)
    assert caught.value.missing == ["The stay must lie inside the dates of the project."]


def test_the_minimum_age_counts_at_the_start(accepted, opening, project, coordinator):
    opening.minimum_age = 21
    opening.save()
    with pytest.raises(NotReady) as caught:
        propose(accepted, opening, project, coordinator)
    assert caught.value.missing == ["The minimum age is 21; the apprentice is 20 at departure."]


def test_an_opening_of_another_office_is_no_choice(accepted, project, coordinator):
    with pytest.raises(ValueError, match="another office"):
        propose(accepted, factories.OpeningFactory(), project, coordinator)


def test_the_openings_that_fit_come_first_with_the_wish_named(accepted, opening, office):
    other = factories.PartnerFactory(office=office, country="IT")
    too_old = factories.OpeningFactory(partner=other, minimum_age=30)
    elsewhere = factories.OpeningFactory(partner=other)
    rows = selectors.suggestions_for(accepted)
    assert [(row.opening, row.wish, row.fits) for row in rows] == [
        (opening, 1, True),
        (elsewhere, None, True),
        (too_old, None, False),
    ]


# --- the partner answers -------------------------------------------------------------------------------------------
def answer(placement, by, **facts):
    defaults = {"lodging": "Room 4", "contact_name": "Łukasz Żółć", "contact_email": "lukasz@example.com"}
    return services.find_host(placement=placement, by=by, **(defaults | facts))


def test_the_partners_yes_is_host_found_and_the_office_hears_of_it(stay, partner_user, office):
    proposed = stay()
    placement = answer(proposed, partner_user, host_company=proposed.host_company)
    assert (placement.status, placement.lodging) == (PlacementStatus.HOST_FOUND, "Room 4")
    proposed.host_company.refresh_from_db()
    assert proposed.host_company.contact_email == "lukasz@example.com"
    assert mails() == [("host_found", office.email)]


def test_the_partner_can_name_another_company(stay, partner_user):
    placement = answer(stay(), partner_user, company_name="Casa Sol", company_city="Triana")
    assert (placement.host_company.name, placement.host_company.city) == ("Casa Sol", "Triana")
    assert placement.host_company.partner == placement.partner


def test_a_partner_that_hosts_itself_has_its_contact_sign(stay, partner_user):
    factories.ContactFactory(partner=stay().partner, name="Old", email="old@example.com", is_primary=True)
    placement = answer(Placement.objects.get(), partner_user)
    assert placement.host_company is None
    signer = selectors.host_signer(placement)
    assert (signer.name, signer.email) == ("Łukasz Żółć", "lukasz@example.com")


def test_the_partner_must_name_a_contact_person(stay, partner_user):
    with pytest.raises(NotReady):
        answer(stay(), partner_user, contact_email=" ")
    assert Placement.objects.get().status == PlacementStatus.PROPOSED
    assert HostCompany.objects.count() == 1


def test_a_company_of_another_partner_is_no_answer(stay, partner_user):
    with pytest.raises(ValueError, match="another partner"):
        answer(stay(), partner_user, host_company=factories.HostCompanyFactory())


def test_the_partners_no_needs_a_reason_and_frees_the_place(stay, partner_user, office, opening):
    proposed = stay()
    with pytest.raises(NotReady):
        services.refuse_candidate(placement=proposed, reason="  ", by=partner_user)
    placement = services.refuse_candidate(placement=proposed, reason="Full house", by=partner_user)
    assert (placement.status, placement.refusal_reason) == (PlacementStatus.REFUSED, "Full house")
    assert mails() == [("refused", office.email)]
    assert selectors.living_in(opening) == 0


# --- the office confirms -------------------------------------------------------------------------------------------
def test_confirming_mails_apprentice_employer_and_partner(stay, coordinator):
    placement = services.confirm_placement(placement=stay(PlacementStatus.HOST_FOUND), by=coordinator)
    assert placement.status == PlacementStatus.CONFIRMED
    assert mails() == [
        ("confirmed", placement.apprentice.email),
        ("confirmed_employer", placement.application.manager_email),
        ("confirmed_partner", placement.partner.email),
    ]


def test_the_training_manager_of_the_contract_goes_before_the_one_of_the_application(confirmed):
    contract = factories.ContractFactory(apprentice=confirmed.apprentice)
    assert selectors.employer_of(confirmed).email == contract.training_manager.email


def test_each_gap_keeps_a_stay_from_being_confirmed(stay, coordinator):
    placement = stay(PlacementStatus.HOST_FOUND, project=None, ends_on=None)
    placement.apprentice.birth_date = days(-17 * 365)
    placement.apprentice.save()
    placement.application.manager_email = ""
    placement.application.save()
    with pytest.raises(NotReady) as caught:
        services.confirm_placement(placement=placement, by=coordinator)
    assert caught.value.missing == [
        "The last day of the stay is missing.",
        "The project that pays for the stay is missing.",
        "The training manager's name and e-mail are missing.",
        "The apprentice is under 18: the guardian's name and e-mail are missing.",
    ]
    assert mails() == []


# --- ready, lodging, cancelled -------------------------------------------------------------------------------------
def test_ready_needs_the_signed_agreement_and_a_bed(confirmed, coordinator, make, sign_all):
    services.set_lodging(placement=confirmed, lodging=" ", by=coordinator)
    with pytest.raises(NotReady) as caught:
        services.make_ready(placement=confirmed, by=coordinator)
    assert caught.value.missing == [
        "There is no learning agreement.",
        "Nobody has said where the apprentice will live.",
    ]
    agreement = make(confirmed)
    assert "The learning agreement is not signed by everybody." in selectors.missing_for_readiness(confirmed)
    sign_all(agreement)
    services.set_lodging(placement=confirmed, lodging="Calle Feria 3", by=coordinator)
    assert services.make_ready(placement=confirmed, by=coordinator).status == PlacementStatus.READY
    assert mails()[-1] == ("ready", confirmed.apprentice.email)


@pytest.mark.parametrize("status", [s for s in PlacementStatus if s not in services.LODGED_IN])
def test_lodging_is_set_from_the_answer_to_the_return(stay, coordinator, status):
    with pytest.raises(TransitionNotAllowed):
        services.set_lodging(placement=stay(status), lodging="x", by=coordinator)


def test_cancelling_tells_everybody_who_knew_and_frees_what_was_booked(confirmed, coordinator, make, instructor_user):
    instructor = factories.InstructorFactory(office=confirmed.office, user=instructor_user)
    slot = factories.VisitDayFactory(partner=confirmed.partner).slots.get()
    visit = confirmed.visits.create(instructor=instructor, slot=slot, calendar_uid="1")
    make(confirmed)
    services.cancel_placement(placement=confirmed, reason="Broken leg", by=coordinator)
    confirmed.refresh_from_db()
    visit.refresh_from_db()
    assert (confirmed.status, confirmed.cancel_reason) == (PlacementStatus.CANCELLED, "Broken leg")
    assert visit.status == "cancelled"
    told = [address for template, address in mails() if template == "cancelled"]
    assert told == [confirmed.apprentice.email, confirmed.partner.email, confirmed.application.manager_email]


def test_cancelling_needs_a_reason(confirmed, coordinator):
    with pytest.raises(NotReady):
        services.cancel_placement(placement=confirmed, reason=" ", by=coordinator)


MOVES = {
    "find_host": lambda placement, by: answer(placement, by, host_company=placement.host_company),
    "refuse": lambda placement, by: services.refuse_candidate(placement=placement, reason="No", by=by),
    "confirm": lambda placement, by: services.confirm_placement(placement=placement, by=by),
    "make_ready": lambda placement, by: services.make_ready(placement=placement, by=by),
    "cancel": lambda placement, by: services.cancel_placement(placement=placement, reason="No", by=by),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("status", PlacementStatus)
def test_a_move_starts_from_its_own_states_only(stay, coordinator, name, status):
    from placements import workflow

    transition = next(each for each in workflow.PLACEMENT_MOVES if each.name == name)
    if status in transition.sources:
        return
    placement = stay(status)
    with pytest.raises(TransitionNotAllowed):
        MOVES[name](placement, coordinator)
    placement.refresh_from_db()
    assert (placement.status, placement.status_changes.count(), mails()) == (status, 0, [])


def test_a_refusal_is_one_kind_of_no():
    assert issubclass(NotReady, Refused)
    assert issubclass(AlreadyTaken, Refused)
