"""The engine that moves rows."""

import pytest

from apprentices import workflow as application_workflow
from apprentices.enums import AppealStatus, ApplicationStatus, InterviewStatus, RoundStatus
from mobility.common import workflow
from mobility.common.errors import NotReady, TransitionNotAllowed
from placements import workflow as placement_workflow
from placements.enums import AgreementStatus, PlacementStatus, VisitStatus
from tests import factories

TABLES = [
    (application_workflow.APPLICATION_MOVES, ApplicationStatus),
    (application_workflow.ROUND_MOVES, RoundStatus),
    (application_workflow.INTERVIEW_MOVES, InterviewStatus),
    (application_workflow.APPEAL_MOVES, AppealStatus),
    (placement_workflow.PLACEMENT_MOVES, PlacementStatus),
    (placement_workflow.AGREEMENT_MOVES, AgreementStatus),
    (placement_workflow.VISIT_MOVES, VisitStatus),
]


@pytest.mark.parametrize(("moves", "states"), TABLES)
def test_every_arrow_joins_two_states_of_its_own_workflow(moves, states):
    known = set(states.values)
    assert all(move.sources <= known and move.target in known for move in moves)


@pytest.mark.parametrize(("moves", "states"), TABLES)
def test_every_state_but_the_first_is_reached_by_some_arrow(moves, states):
    first = states.values[0]
    assert set(states.values) - {move.target for move in moves} <= {first}


@pytest.mark.parametrize(("moves", "states"), TABLES)
def test_names_of_moves_are_unique(moves, states):
    assert len({move.name for move in moves}) == len(moves)


@pytest.fixture
def application(db):
    return factories.ApplicationFactory(submitted=True)


def test_a_move_sets_the_state_and_the_fields_and_writes_the_log(application, coordinator):
    workflow.move(
        application, application_workflow.WITHDRAW, by=coordinator, note="by phone", withdrawn_reason="new job"
    )
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert application.withdrawn_reason == "new job"
    logged = application.status_changes.get()
    assert (logged.name, logged.from_status, logged.to_status) == ("withdraw", "submitted", "withdrawn")
    assert (logged.by, logged.note) == (coordinator, "by phone")
    assert logged.at == application.status_since


def test_a_move_from_the_wrong_state_is_refused_and_leaves_nothing(application):
    with pytest.raises(TransitionNotAllowed):
        workflow.move(application, application_workflow.ACCEPT)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    assert application.status_changes.count() == 0


def test_what_is_missing_is_told_sentence_by_sentence():
    workflow.require_nothing_missing([])
    with pytest.raises(NotReady) as caught:
        workflow.require_nothing_missing(["No distance.", "No dates."])
    assert caught.value.missing == ["No distance.", "No dates."]


def test_the_possible_moves_of_a_row_come_from_the_table(application):
    names = {move.name for move in workflow.possible(application, application_workflow.APPLICATION_MOVES)}
    assert names == {"start_review", "return_for_completion", "withdraw"}
