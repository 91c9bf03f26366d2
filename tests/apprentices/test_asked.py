"""Who is asked when an application is sent, whose answer is still needed later, and what a no means."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import TrainingOfficeAnswer
from apprentices.models import Endorsement, TrainingOffice
from apprentices.selectors import endorsements as selectors
from apprentices.selectors.drafts import missing_for_submission
from apprentices.selectors.turns import turn_of
from apprentices.services.endorsements import ask_everybody
from mobility.common import clock
from mobility.common.errors import NotReady
from mobility.common.models import OutboundMail
from placements.selectors.placing import missing_for_confirmation
from placements.services.placements import propose_placement
from tests.factories import (
    ApplicationFactory,
    ContractFactory,
    EndorsementFactory,
    OpeningFactory,
    PlacementFactory,
    days,
)

pytestmark = pytest.mark.django_db


def born(years, *, plus_days=0):
    """The birth date of somebody who turns ``years`` in ``plus_days`` days."""
    day = clock.today() + datetime.timedelta(days=plus_days)
    return day.replace(year=day.year - years)


def sent(office, **fields):
    guardian = {"guardian_name": "Tora Øygården", "guardian_email": "tora@example.net"}
    application = ApplicationFactory(round__office=office, submitted=True, **{**guardian, **fields})
    ContractFactory(apprentice=application.apprentice, starts_on=application.contract_starts_on)
    return application


def kinds(application):
    return [row.kind for row in ask_everybody(application=application)]


@pytest.fixture
def body(office):
    return TrainingOffice.objects.create(office=office, name="Kontoret", email="post@kontoret.example.org")


def test_an_adult_without_a_training_office_has_the_employer_asked(office):
    assert kinds(sent(office)) == ["employer"]


def test_somebody_under_18_has_the_guardian_asked_in_the_applicants_written_form(office):
    application = sent(office, birth_date=born(17), written_form="nn")
    assert kinds(application) == ["employer", "guardian"]
    mail = OutboundMail.objects.get(to_address="tora@example.net")
    assert (mail.language, mail.template) == ("nn", "apprentices/email/endorsement_guardian")


@pytest.mark.parametrize(
    ("plus_days", "asked"),
    [(1, ["employer", "guardian"]), (0, ["employer"]), (-1, ["employer"])],
    ids=["17 until tomorrow", "18 today", "18 since yesterday"],
)
def test_the_guardian_is_asked_up_to_the_day_before_the_18th_birthday(office, plus_days, asked):
    assert kinds(sent(office, birth_date=born(18, plus_days=plus_days))) == asked


def test_whoever_is_18_at_departure_but_not_at_sending_has_the_guardian_asked(office):
    application = sent(office, birth_date=born(18, plus_days=30))
    assert application.round.departs_from > days(30)
    assert kinds(application) == ["employer", "guardian"]


def test_two_guardians_are_both_asked_and_both_must_consent(office):
    second = {"second_guardian_name": "Per Øygården", "second_guardian_email": "per@example.net"}
    application = sent(office, birth_date=born(17), **second)
    assert kinds(application) == ["employer", "guardian", "guardian"]
    application.endorsements.exclude(email="per@example.net").update(answer="yes", answered_at=clock.now())
    assert selectors.missing_consents(application) == ["The guardian has not answered yet (Per Øygården)"]


def test_a_second_guardian_has_an_address_of_the_own(office):
    application = ApplicationFactory(round__office=office, birth_date=born(17), second_guardian_name="Per Øygården")
    missing = [item.field for item in missing_for_submission(application)]
    assert "second_guardian_email" in missing
    application.second_guardian_email = application.email
    missing = [item.sentence for item in missing_for_submission(application) if item.field == "second_guardian_email"]
    assert missing == ["Your guardian cannot have the same e-mail address as you"]


def test_the_training_office_that_the_application_names_is_asked_in_the_offices_language(office, body):
    application = sent(office, training_office=body, training_office_answer=TrainingOfficeAnswer.LISTED)
    assert kinds(application) == ["employer", "training_office"]
    mail = OutboundMail.objects.get(to_address=body.email)
    assert mail.language == office.default_language
    assert application.full_name in mail.subject


@pytest.mark.parametrize(
    ("answer", "asked"), [("", ["employer", "training_office"]), ("none", ["employer"]), ("other", ["employer"])]
)
def test_the_contracts_training_office_is_asked_unless_the_applicant_says_otherwise(office, body, answer, asked):
    application = sent(office, training_office_answer=answer)
    application.apprentice.contracts.update(training_office=body)
    assert kinds(application) == asked


def test_a_training_office_without_an_address_cannot_be_asked(office, body):
    body.email = ""
    body.save()
    assert kinds(sent(office, training_office=body, training_office_answer="listed")) == ["employer"]


def test_asking_again_asks_only_who_is_new(office):
    application = sent(office)
    ask_everybody(application=application)
    application.birth_date = born(17)
    application.manager_email = "another@example.com"
    assert kinds(application) == ["guardian"]
    assert Endorsement.objects.filter(kind="employer").get().email == "gunn.helen@example.com"
    assert OutboundMail.objects.count() == 2


# --- turning 18 meanwhile -------------------------------------------------------------------------------------------
def test_who_turns_18_between_sending_and_departure_needs_no_guardian_from_that_day(office, monkeypatch):
    application = sent(office, birth_date=born(18, plus_days=30))
    ask_everybody(application=application)
    application.endorsements.filter(kind="employer").update(answer="yes", answered_at=clock.now())
    assert turn_of(application).who == "guardian"
    assert selectors.missing_consents(application) == ["The guardian has not answered yet (Tora Øygården)"]
    later = clock.now() + datetime.timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert turn_of(application).who == "office"
    assert selectors.missing_consents(application) == []
    assert selectors.standing_words(application)[1] == "Guardian: not needed any more"


def test_a_departure_that_moves_to_an_earlier_day_makes_the_guardian_needed(office):
    """A round that left before the 18th birthday: the consent at departure is what counts."""
    application = sent(office, birth_date=born(18, plus_days=-5))
    row = EndorsementFactory(application=application, kind="guardian")
    assert selectors.is_needed(row) is False
    application.round.departs_from = days(-10)
    assert selectors.is_needed(row) is True


# --- what a no means ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "answer", "objections"),
    [
        ("employer", "no", ["The employer does not consent to the stay (Gunn Helen Strømsør)"]),
        ("guardian", "no", ["The guardian does not consent to the stay (Gunn Helen Strømsør)"]),
        ("training_office", "no", []),
        ("employer", "yes", []),
        ("employer", "", []),
    ],
)
def test_an_employers_and_a_guardians_no_are_objections_and_an_opinion_is_none(office, kind, answer, objections):
    application = sent(office, birth_date=born(17))
    EndorsementFactory(application=application, kind=kind, answered=answer)
    assert selectors.objections_to(application) == objections


def test_a_decision_page_reads_a_sentence_for_each(office):
    application = sent(office, birth_date=born(17))
    EndorsementFactory(application=application, kind="training_office", answered="conditional")
    EndorsementFactory(application=application, kind="guardian", asked_at=clock.now())
    EndorsementFactory(application=application, answered="yes")
    first, second, third = selectors.standing_words(application)
    assert (first, third) == ("Employer: consents", "Training office: recommends with conditions")
    assert second.startswith("Guardian: waiting since ")


def test_the_turn_is_the_employers_then_the_guardians_then_the_training_offices(office):
    application = sent(office, birth_date=born(17))
    rows = [
        EndorsementFactory(application=application, kind=kind) for kind in ("training_office", "guardian", "employer")
    ]
    turns = []
    for row in reversed(rows):
        turns.append(turn_of(application).who)
        row.answer, row.answered_at = "yes", clock.now()
        row.save()
    assert [*turns, turn_of(application).who] == ["employer", "guardian", "training_office", "office"]


# --- where it is shown ----------------------------------------------------------------------------------------------
def test_an_employers_no_stands_on_the_ranking_and_every_answer_on_the_decision(sign_in, coordinator, office):
    application = sent(office, status="in_review")
    EndorsementFactory(application=application, answered="no")
    EndorsementFactory(application=application, kind="training_office", answered="yes")
    client = sign_in(coordinator)
    ranking = client.get(reverse("apprentices:ranking", args=[application.round_id])).content.decode()
    assert "The employer does not consent to the stay (Gunn Helen Strømsør)" in ranking
    decide = reverse("apprentices:decide", args=[application.round_id])
    page = client.get(f"{decide}?application={application.pk}&result=offer").content.decode()
    assert "Employer: does not consent; Training office: recommends" in page


def test_the_applicant_reads_whom_we_asked_and_no_opinion(sign_in, apprentice_user, office):
    application = sent(office, birth_date=born(17))
    application.apprentice.user = apprentice_user
    application.apprentice.save()
    EndorsementFactory(application=application, answered="no", name="Gunn")
    EndorsementFactory(application=application, kind="guardian", name="Tora")
    body = EndorsementFactory(application=application, kind="training_office", answered="conditional", name="Kjersti")
    body.opinion, body.conditions = "Umoden", "Etter fagprøven"
    body.save()
    told = [(each.who, each.name, each.words) for each in selectors.asked_for_applicant(application)]
    assert told == [
        ("Your training manager", "Gunn", "said no"),
        ("Your guardian", "Tora", "has not answered yet"),
        ("Your training office", "Kjersti", "has answered"),
    ]
    page = sign_in(apprentice_user).get(application.get_absolute_url()).content.decode()
    assert "Kjersti: has answered" in page
    for confidential in ("Umoden", "Etter fagprøven", "recommends"):
        assert confidential not in page


def test_no_place_is_looked_for_against_a_no(office, coordinator):
    application = sent(office, status="accepted", contract_starts_on=days(-400))
    row = EndorsementFactory(application=application, answered="no")
    opening = OpeningFactory(partner__office=office)
    facts = {
        "application": application, "opening": opening, "project": application.round.project, "by": coordinator,
        "starts_on": days(102), "ends_on": days(199),
    }  # fmt: skip
    with pytest.raises(NotReady) as refused:
        propose_placement(**facts)
    assert refused.value.missing == ["The employer does not consent to the stay (Gunn Helen Strømsør)"]
    row.answer = "yes"
    row.save()
    assert propose_placement(**facts).status == "proposed"


def test_a_stay_is_confirmed_when_the_employer_has_said_yes(office):
    application = sent(office, status="accepted")
    row = EndorsementFactory(application=application)
    placement = PlacementFactory(office=office, application=application, apprentice=application.apprentice)
    assert "The employer has not answered yet (Gunn Helen Strømsør)" in missing_for_confirmation(placement)
    row.answer, row.answered_at = "yes", clock.now()
    row.save()
    placement.refresh_from_db()
    assert [each for each in missing_for_confirmation(placement) if "answered" in each] == []
