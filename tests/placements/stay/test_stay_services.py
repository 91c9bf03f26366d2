"""Arrival, weekly log, return, evaluation, criteria at the end, closing."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from apprentices.models import Review, ReviewMark
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import LinkSpent, NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as S
from placements.enums import VisitStatus
from placements.models import CriterionOutcome, Evaluation, Grant, WeeklyLog
from placements.services import arrivals, closing, evaluations, logs
from placements.services.visits import book_visit
from tests import factories
from tests.factories import days

pytestmark = pytest.mark.django_db

LOG = {"days_present": 5, "mood": 4, "text": "Jeg lærte å legge flis.", "wants_call": False}


def others(*states):
    return sorted(set(S) - set(states))


# --- arrival ----------------------------------------------------------------------------------------------------------
def test_a_confirmed_arrival_makes_the_stay_abroad_and_tells_the_apprentice_of_the_log(started, partner_user):
    arrivals.confirm_arrival(placement=started, arrived_on=days(0), by=partner_user)

    started.refresh_from_db()
    assert (started.status, started.arrived_on) == (S.ABROAD, days(0))
    change = started.status_changes.get()
    assert (change.name, change.from_status, change.by) == ("confirm_arrival", S.CONFIRMED, partner_user)
    mail = OutboundMail.objects.get()
    assert (mail.template, mail.to_address) == ("placements/email/arrived", started.apprentice.email)
    assert f"/stays/{started.pk}/week/" in mail.body


def test_arrival_is_not_confirmed_two_days_before_the_start(stay, coordinator):
    stay.starts_on = days(2)
    stay.save()
    with pytest.raises(NotReady, match="Arrival can be confirmed from"):
        arrivals.confirm_arrival(placement=stay, arrived_on=days(0), by=coordinator)
    stay.refresh_from_db()
    assert (stay.status, stay.arrived_on, OutboundMail.objects.count()) == (S.CONFIRMED, None, 0)


def test_arrival_can_be_confirmed_the_day_before_the_start(stay, coordinator):
    stay.starts_on = days(1)
    stay.save()
    assert arrivals.confirm_arrival(placement=stay, arrived_on=days(0), by=coordinator).status == S.ABROAD


def test_the_day_before_the_start_is_counted_in_the_offices_zone(stay, coordinator):
    """At 23:30 in London it is the next day in Oslo already."""
    stay.starts_on = datetime.date(2027, 1, 12)
    stay.save()
    with time_machine.travel(datetime.datetime(2027, 1, 10, 23, 30, tzinfo=datetime.UTC), tick=False):
        assert arrivals.missing_for_arrival(stay) == []
        stay.office.time_zone = "Europe/London"
        assert len(arrivals.missing_for_arrival(stay)) == 1


@pytest.mark.parametrize(("offset", "words"), [(1, "in the future"), (-3, "before the stay")])
def test_a_day_of_arrival_that_cannot_be_is_refused(started, coordinator, offset, words):
    with pytest.raises(NotReady, match=words):
        arrivals.confirm_arrival(placement=started, arrived_on=days(offset), by=coordinator)


@pytest.mark.parametrize("status", others(S.CONFIRMED, S.READY))
def test_arrival_is_confirmed_from_confirmed_and_ready_only(started, coordinator, status):
    started.status = status
    started.save()
    with pytest.raises(TransitionNotAllowed):
        arrivals.confirm_arrival(placement=started, arrived_on=days(0), by=coordinator)


# --- weekly log -------------------------------------------------------------------------------------------------------
def test_a_week_is_written_once_and_changed_while_it_lasts(abroad, apprentice_user):
    with time_machine.travel(datetime.datetime(2027, 3, 3, 12, tzinfo=datetime.UTC)):
        logs.write_week(placement=abroad, by=apprentice_user, **LOG)
        log = logs.write_week(placement=abroad, by=apprentice_user, **{**LOG, "mood": 2})
    with time_machine.travel(datetime.datetime(2027, 3, 8, 12, tzinfo=datetime.UTC)):
        logs.write_week(placement=abroad, by=apprentice_user, **LOG)

    assert (log.week_starts_on, log.mood) == (datetime.date(2027, 3, 1), 2)
    assert list(WeeklyLog.objects.values_list("week_starts_on", "mood")) == [
        (datetime.date(2027, 3, 8), 4),
        (datetime.date(2027, 3, 1), 2),
    ]


@pytest.mark.parametrize("status", others(S.ABROAD, S.RETURNED, S.EVALUATED))
def test_no_week_is_written_outside_the_stay(abroad, apprentice_user, status):
    abroad.status = status
    abroad.save()
    with pytest.raises(Refused, match="while you are abroad"):
        logs.write_week(placement=abroad, by=apprentice_user, **LOG)
    assert WeeklyLog.objects.count() == 0


@pytest.mark.parametrize(("ago", "allowed"), [(7, True), (8, False)])
def test_the_log_stays_open_for_seven_days_after_the_return(returned, apprentice_user, ago, allowed):
    returned.returned_on = days(-ago)
    returned.save()
    if allowed:
        logs.write_week(placement=returned, by=apprentice_user, **LOG)
    else:
        with pytest.raises(Refused):
            logs.write_week(placement=returned, by=apprentice_user, **LOG)
    assert WeeklyLog.objects.count() == int(allowed)


def test_a_call_is_noted_once_and_asked_for_again(abroad, apprentice_user, coordinator, head):
    log = logs.write_week(placement=abroad, by=apprentice_user, **{**LOG, "wants_call": True})
    assert WeeklyLog.objects.waiting_for_a_call().count() == 1
    logs.note_call(log=log, by=coordinator)
    log = logs.note_call(log=log, by=head)
    assert (log.called_by, WeeklyLog.objects.waiting_for_a_call().count()) == (coordinator, 0)

    logs.write_week(placement=abroad, by=apprentice_user, **LOG)
    logs.write_week(placement=abroad, by=apprentice_user, **{**LOG, "wants_call": True})
    assert WeeklyLog.objects.waiting_for_a_call().count() == 1


def test_changing_the_words_after_the_call_does_not_ask_again(abroad, apprentice_user, coordinator):
    log = logs.write_week(placement=abroad, by=apprentice_user, **{**LOG, "wants_call": True})
    logs.note_call(log=log, by=coordinator)
    logs.write_week(placement=abroad, by=apprentice_user, **{**LOG, "wants_call": True, "text": "Takk for praten."})
    assert WeeklyLog.objects.waiting_for_a_call().count() == 0


# --- return -----------------------------------------------------------------------------------------------------------
def test_a_return_moves_the_last_day_cancels_later_visits_and_asks_both_parties(abroad, instructor, coordinator):
    late = factories.VisitDayFactory(partner=abroad.partner, on=days(30))
    visit = book_visit(placement=abroad, visit_day=late, instructor=instructor, by=coordinator)
    OutboundMail.objects.all().delete()

    arrivals.confirm_return(placement=abroad, returned_on=days(0), ends_on=days(-1), by=coordinator, note="Syk.")

    abroad.refresh_from_db()
    visit.refresh_from_db()
    assert (abroad.status, abroad.ends_on, abroad.returned_on) == (S.RETURNED, days(-1), days(0))
    note = abroad.status_changes.get(name="confirm_return").note
    assert note.startswith("Syk.\nLast day of the stay: ")
    assert "planned: " in note
    assert visit.status == VisitStatus.CANCELLED
    asked = OutboundMail.objects.filter(template__contains="evaluate").values_list("template", "to_address")
    assert sorted(asked) == [
        ("placements/email/evaluate_apprentice", abroad.apprentice.email),
        ("placements/email/evaluate_partner", abroad.partner.email),
    ]
    assert AccessLink.objects.filter(purpose=LinkPurpose.EVALUATE).count() == 2


def test_a_return_as_planned_leaves_no_note_about_dates(abroad, coordinator):
    abroad.ends_on = days(0)
    abroad.save()
    arrivals.confirm_return(placement=abroad, returned_on=days(0), ends_on=days(0), by=coordinator)
    assert abroad.status_changes.get(name="confirm_return").note == ""


@pytest.mark.parametrize(
    ("returned_on", "ends_on", "words"),
    [
        (1, 0, "return lies in the future"),
        (-5, -5, "return lies before the arrival"),
        (0, -9, "last day lies before the first"),
        (0, 1, "after the day of return"),
    ],
)
def test_dates_that_contradict_each_other_are_refused(abroad, coordinator, returned_on, ends_on, words):
    with pytest.raises(NotReady, match=words):
        arrivals.confirm_return(placement=abroad, returned_on=days(returned_on), ends_on=days(ends_on), by=coordinator)
    abroad.refresh_from_db()
    assert (abroad.status, Evaluation.objects.count(), OutboundMail.objects.count()) == (S.ABROAD, 0, 0)


@pytest.mark.parametrize("status", others(S.ABROAD))
def test_a_return_is_confirmed_from_abroad_only(abroad, coordinator, status):
    abroad.status = status
    abroad.save()
    with pytest.raises(TransitionNotAllowed):
        arrivals.confirm_return(placement=abroad, returned_on=days(0), ends_on=days(0), by=coordinator)


# --- evaluation -------------------------------------------------------------------------------------------------------
MARKS = {"overall": 5, "learning": 4, "support": 3, "language": 2, "lodging": 1}


def asked(placement, party):
    evaluations.ask_for_evaluations(placement=placement)
    evaluation = Evaluation.objects.get(placement=placement, by=party)
    return evaluation, AccessLink.objects.get(object_id=evaluation.pk, revoked_at=None)


def test_answers_are_kept_and_spend_the_link(returned):
    evaluation, link = asked(returned, "apprentice")
    given = evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="Fint.")
    assert (given.overall, given.lodging, given.comment) == (5, 1, "Fint.")
    link.refresh_from_db()
    assert given.given_at is not None
    assert link.used_at is not None
    with pytest.raises(LinkSpent):
        evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="En gang til.")


def test_the_partner_is_not_asked_about_lodging(returned):
    evaluation, link = asked(returned, "partner")
    assert evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="").lodging is None


def test_a_second_link_does_not_change_given_answers(returned):
    evaluation, link = asked(returned, "apprentice")
    evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="")
    again = AccessLink.objects.create(
        office=returned.office, purpose="evaluate", object_id=evaluation.pk, address=link.address, language="nb",
        token_hash="x" * 64, expires_at=clock.now() + datetime.timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused, match="We have your answers"):
        evaluations.give_evaluation(evaluation=evaluation, link=again, marks={**MARKS, "overall": 1}, comment="")
    evaluation.refresh_from_db()
    assert evaluation.overall == 5


def test_who_has_answered_is_not_asked_again(returned):
    evaluation, link = asked(returned, "apprentice")
    evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="")
    assert [e.by for e in evaluations.ask_for_evaluations(placement=returned)] == ["partner"]


def test_a_new_question_makes_older_links_worthless(returned):
    asked(returned, "apprentice")
    evaluations.ask_for_evaluations(placement=returned)
    assert AccessLink.objects.filter(revoked_at=None).count() == 2


def test_a_closed_case_takes_no_answers(returned):
    evaluation, link = asked(returned, "apprentice")
    returned.status = S.CLOSED
    returned.save()
    with pytest.raises(Refused, match="closed"):
        evaluations.give_evaluation(evaluation=evaluation, link=link, marks=MARKS, comment="")


# --- criteria at the end, closing -------------------------------------------------------------------------------------
@pytest.fixture
def judged(returned):
    """The stay came from a round with two criteria; two reviewers gave 3 and 4 on the first, nobody on the second."""
    application = factories.ApplicationFactory(
        round=factories.RoundFactory(office=returned.office), submitted=True, status="accepted"
    )
    first = factories.CriterionFactory(round=application.round, position=1, name_en="Motivation")
    second = factories.CriterionFactory(round=application.round, position=2, name_en="Maturity")
    for mark in (3, 4):
        review = Review.objects.create(
            application=application,
            reviewer=factories.UserFactory(),
            assigned_at=clock.now(),
            given_at=clock.now(),
            total=mark * first.weight,
        )
        ReviewMark.objects.create(review=review, criterion=first, mark=mark)
    half_done = Review.objects.create(
        application=application, reviewer=factories.UserFactory(), assigned_at=clock.now()
    )
    ReviewMark.objects.create(review=half_done, criterion=first, mark=1)
    returned.application = application
    returned.save()
    return returned, first, second


def test_a_criterion_is_assessed_beside_the_mean_of_the_given_reviews(judged, coordinator):
    stay, first, second = judged
    closing.assess_criteria(placement=stay, marks={first.pk: (5, "Vokste."), second.pk: (2, "")}, by=coordinator)
    closing.assess_criteria(placement=stay, marks={first.pk: (4, "Vokste.")}, by=coordinator)

    assert list(CriterionOutcome.objects.values_list("criterion", "mark_at_selection", "mark_at_end", "note")) == [
        (first.pk, Decimal("3.50"), 4, "Vokste."),
        (second.pk, None, 2, ""),
    ]


def test_a_criterion_of_another_round_is_refused(judged, coordinator):
    stay, _first, _second = judged
    foreign = factories.CriterionFactory()
    with pytest.raises(Refused, match="another round"):
        closing.assess_criteria(placement=stay, marks={foreign.pk: (5, "")}, by=coordinator)
    assert CriterionOutcome.objects.count() == 0


@pytest.mark.parametrize("status", others(S.RETURNED, S.EVALUATED))
def test_criteria_are_assessed_between_return_and_closing(judged, coordinator, status):
    stay, first, _second = judged
    stay.status = status
    stay.save()
    with pytest.raises(Refused, match="when the apprentice is home"):
        closing.assess_criteria(placement=stay, marks={first.pk: (5, "")}, by=coordinator)


def test_the_evaluation_waits_for_every_criterion_but_for_nobodys_answers(judged, coordinator):
    stay, first, second = judged
    closing.assess_criteria(placement=stay, marks={first.pk: (5, "")}, by=coordinator)
    with pytest.raises(NotReady) as refused:
        closing.finish_evaluation(placement=stay, by=coordinator)
    assert refused.value.missing == ["“Maturity” is not assessed."]

    closing.assess_criteria(placement=stay, marks={second.pk: (3, "")}, by=coordinator)
    assert closing.finish_evaluation(placement=stay, by=coordinator).status == S.EVALUATED


@pytest.mark.parametrize("status", others(S.RETURNED))
def test_an_evaluation_is_finished_from_returned_only(returned, coordinator, status):
    returned.status = status
    returned.save()
    with pytest.raises(TransitionNotAllowed):
        closing.finish_evaluation(placement=returned, by=coordinator)


@pytest.fixture
def evaluated(judged, coordinator):
    stay, first, second = judged
    closing.assess_criteria(placement=stay, marks={first.pk: (5, ""), second.pk: (4, "")}, by=coordinator)
    stay.status = S.EVALUATED
    stay.save()
    factories.BaseRateFactory(project=stay.project, country_group=2)
    return stay


def test_what_is_missing_for_closing_is_listed(evaluated, coordinator):
    CriterionOutcome.objects.all().delete()
    evaluated.distance_km = None
    evaluated.save()
    with pytest.raises(NotReady) as refused:
        closing.close_placement(placement=evaluated, by=coordinator)
    assert refused.value.missing == [
        "“Motivation” is not assessed.",
        "“Maturity” is not assessed.",
        "The distance is not typed.",
        "The grant is not priced.",
    ]
    evaluated.refresh_from_db()
    assert evaluated.status == S.EVALUATED


def test_a_closed_case_has_a_frozen_grant(evaluated, coordinator):
    Grant.objects.create(placement=evaluated, rate_table="2026", total=1, computed_at=clock.now())
    closing.close_placement(placement=evaluated, by=coordinator)
    evaluated.refresh_from_db()
    assert evaluated.status == S.CLOSED
    assert evaluated.grant.frozen_at is not None
    assert evaluated.status_changes.get(name="close").by == coordinator


@pytest.mark.parametrize("status", others(S.EVALUATED))
def test_a_case_is_closed_from_evaluated_only(evaluated, coordinator, status):
    evaluated.status = status
    evaluated.save()
    with pytest.raises(TransitionNotAllowed):
        closing.close_placement(placement=evaluated, by=coordinator)
    assert not Grant.objects.filter(frozen_at__isnull=False).exists()
