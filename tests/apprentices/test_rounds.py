"""Preparing and opening a round."""

import datetime

import pytest

from apprentices import workflow
from apprentices.enums import RoundStatus
from apprentices.services.rounds import add_standard_criteria, missing_for_opening, open_round
from mobility.common import clock
from mobility.common.errors import NotReady, TransitionNotAllowed
from tests.factories import CriterionFactory, RoundFactory


@pytest.fixture
def prepared(office):
    return RoundFactory(office=office, prepared=True)


def test_the_standard_criteria_add_up_to_100_and_speak_four_languages(prepared):
    criteria = add_standard_criteria(round=prepared)
    assert [(criterion.code, criterion.weight) for criterion in criteria] == [
        ("motivation", 25),
        ("maturity", 25),
        ("progress", 20),
        ("language", 15),
        ("employer", 15),
    ]
    for criterion in criteria:
        names = [criterion.name_nb, criterion.name_nn, criterion.name_sv, criterion.name_en]
        assert [bool(name) for name in names] == [True] * 4
        assert {language: sorted(texts) for language, texts in criterion.anchors.items()} == {
            language: ["1", "2", "3", "4", "5"] for language in ("nb", "nn", "sv", "en")
        }


def test_an_opened_round_gets_no_standard_criteria(office):
    opened = RoundFactory(office=office)
    with pytest.raises(TransitionNotAllowed):
        add_standard_criteria(round=opened)
    assert opened.criteria.count() == 0


def test_a_complete_round_opens_and_the_move_is_logged(prepared, coordinator):
    add_standard_criteria(round=prepared)
    opened = open_round(round=prepared, by=coordinator)
    assert opened.status == RoundStatus.OPEN
    log = opened.status_changes.get()
    assert (log.name, log.from_status, log.to_status, log.by) == ("open", "prepared", "open", coordinator)


@pytest.mark.parametrize("weights", [[], [50], [50, 49], [50, 51]])
def test_weights_that_do_not_add_up_to_100_keep_the_round_shut(prepared, coordinator, weights):
    for weight in weights:
        CriterionFactory(round=prepared, weight=weight)
    with pytest.raises(NotReady) as refusal:
        open_round(round=prepared, by=coordinator)
    assert refusal.value.missing == [
        f"The weights of the criteria add up to {sum(weights)} %; they must be 100 %.",
    ]
    prepared.refresh_from_db()
    assert prepared.status == RoundStatus.PREPARED
    assert prepared.status_changes.count() == 0


def test_a_window_that_is_over_keeps_the_round_shut(prepared, coordinator):
    add_standard_criteria(round=prepared)
    prepared.closes_at = clock.now() - datetime.timedelta(minutes=1)
    prepared.save()
    assert missing_for_opening(prepared) == ["The window for applications is over already."]
    with pytest.raises(NotReady):
        open_round(round=prepared, by=coordinator)


@pytest.mark.parametrize("status", sorted(set(RoundStatus.values) - workflow.OPEN_ROUND.sources))
def test_a_round_opens_only_from_being_prepared(office, coordinator, status):
    opened = RoundFactory(office=office, status=status)
    add = [CriterionFactory(round=opened, weight=50) for _ in range(2)]
    with pytest.raises(TransitionNotAllowed):
        open_round(round=opened, by=coordinator)
    opened.refresh_from_db()
    assert (opened.status, len(add)) == (status, 2)
