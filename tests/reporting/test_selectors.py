"""What the project report says about stays, money and marks."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from reporting.figures import CriterionRow, MoneyRow
from reporting.selectors.reports import report_of
from tests.factories import PlacementFactory, ProjectFactory, days

pytestmark = pytest.mark.django_db


def test_the_stays_stand_in_order_with_their_state_days_and_grant(project, stays):
    report = report_of(project)
    assert [
        (stay.name, stay.country, stay.days, stay.state, stay.went, stay.is_home, stay.grant) for stay in report.stays
    ] == [
        ("Łukasz Żółć", "ES", 98, "Closed", True, True, Decimal("9207.00")),
        ("Nguyễn Thị Mỹ", "DK", 21, "Abroad", True, False, Decimal("3238.00")),
        (str(stays["planned"].apprentice), "ES", 98, "Proposed to partner", False, False, None),
    ]
    assert (report.planned, report.home, report.abroad, report.given_up, report.unpriced) == (3, 1, 1, 1, 1)


def test_a_partner_that_hosts_itself_is_the_host(project, stays):
    assert report_of(project).stays[1].host == str(stays["abroad"].partner)


def test_money_is_reported_for_stays_that_are_over_and_committed_for_the_others(project, stays):
    rows = [(row.heading, row.awarded, row.reported, row.committed) for row in report_of(project).money]
    assert rows == [
        ("Individual support", 10_000, 8162, 14 * 127 + 9 * 89),
        ("Travel support", 1_000, 395, 309),
        ("Organisational support", 0, 500, 350),
        ("Linguistic support", 0, 150, 0),
    ]


def test_an_adjustment_of_the_step_is_a_line_of_its_own(project, stays, monkeypatch):
    monkeypatch.setattr("reporting.selectors.reports.step_adjustment", lambda project: Decimal(150))
    row = report_of(project).money[-1]
    assert (row.heading, row.reported) == ("Adjustment of the step of organisational support", 150)


def test_a_criterion_that_two_rounds_ask_is_one_row(project, marks):
    assert report_of(project).criteria == [CriterionRow("Motivation", 2, Decimal("3.8"), Decimal("4.5"))]


def test_a_criterion_without_a_mark_at_selection_is_left_out(project, stays, marks):
    stays["closed"].criterion_outcomes.update(mark_at_selection=None)
    assert report_of(project).criteria == []


def test_words_follow_the_language(project, marks):
    with override("nb"):
        assert [row.name for row in report_of(project).criteria] == ["Motivasjon"]


def test_an_early_return_ends_the_stay(project, stays):
    stays["closed"].returned_on = days(-100)
    stays["closed"].save()
    stay = report_of(project).stays[0]
    assert (stay.end, stay.days) == (days(-100), 51)


def test_stays_of_another_project_or_office_are_not_in_it(project, stays):
    PlacementFactory(office=project.office, project=ProjectFactory(office=project.office))
    PlacementFactory(project=project)
    assert report_of(project).planned == 3


def test_an_empty_project_has_only_its_budget(project):
    report = report_of(project)
    assert (report.stays, report.criteria) == ([], [])
    assert report.money[1] == MoneyRow("Travel support", Decimal(1000), Decimal(0), Decimal(0))


def test_more_stays_do_not_ask_more_queries(project, stays, django_assert_num_queries):
    with django_assert_num_queries(8):
        report_of(project)
    PlacementFactory.create_batch(3, office=project.office, project=project)
    with django_assert_num_queries(8):
        report_of(project)
