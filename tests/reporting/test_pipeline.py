"""Cases by stage with their ages: figures, and the lists that they count."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application
from mobility.common import clock
from placements.enums import PlacementStatus as P
from placements.models import Placement
from reporting.selectors.pipeline import stages
from tests import factories
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/pipeline/"


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def since(row, days):
    moment = clock.now() - datetime.timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(status_since=moment)


def cases(round_, status, *ages):
    for age in ages:
        since(factories.ApplicationFactory(round=round_, submitted=True, status=status), age)


def stays(office, status, *ages):
    partner = factories.PartnerFactory(office=office)
    for age in ages:
        since(factories.PlacementFactory(office=office, status=status, partner=partner), age)


def named(found):
    return {stage.label: stage for stage in found}


def test_each_stage_has_its_number_bands_median_and_oldest(office, round_, coordinator):
    cases(round_, A.SUBMITTED, 0, 7, 8, 14, 15, 30, 31)
    cases(factories.RoundFactory(), A.SUBMITTED, 40)
    stays(office, P.PROPOSED, 2, 20)
    found = named(stages(coordinator))
    sent, proposed, offered = found["Submitted"], found["Proposed"], found["Offered"]
    assert (sent.total.number, [band.number for band in sent.bands]) == (7, [2, 2, 2, 1])
    assert (sent.median, sent.oldest) == (14, 31)
    assert ([band.number for band in proposed.bands], proposed.median, proposed.oldest) == ([1, 0, 1, 0], 20, 20)
    assert (offered.total.number, offered.median, offered.oldest) == (0, None, None)


def test_a_case_alone_is_the_median(office, round_, coordinator):
    cases(round_, A.OFFERED, 5)
    assert named(stages(coordinator))["Offered"].median == 5


def test_who_has_a_stay_is_not_counted_among_those_to_be_placed(office, round_, coordinator):
    cases(round_, A.ACCEPTED, 3, 5, 16)
    placed = factories.ApplicationFactory(round=round_, submitted=True, status=A.ACCEPTED)
    since(placed, 40)
    factories.PlacementFactory(office=office, application=placed, status=P.CANCELLED)
    found = named(stages(coordinator))["To be placed"]
    assert (found.total.number, [band.number for band in found.bands]) == (3, [2, 0, 1, 0])
    assert (found.median, found.oldest) == (5, 16)


def test_each_figure_is_the_length_of_its_list(sign_in, office, round_, coordinator):
    cases(round_, A.SUBMITTED, 0, 7, 8, 14, 15, 30, 31)
    cases(round_, A.ACCEPTED, 3)
    placed = factories.ApplicationFactory(round=round_, submitted=True, status=A.ACCEPTED)
    factories.PlacementFactory(office=office, application=placed, status=P.PROPOSED)
    stays(office, P.ABROAD, 1, 9)
    browser = sign_in(coordinator)
    for round_id in (None, round_.pk):
        for stage in stages(coordinator, round_id=round_id):
            for figure in (stage.total, *stage.bands):
                if figure.number:
                    assert len(browser.get(figure.url).context["cl"].result_list) == figure.number, figure.url


def test_a_round_shows_its_own_cases_only(sign_in, office, round_, coordinator):
    cases(round_, A.SUBMITTED, 1)
    cases(factories.RoundFactory(office=office), A.SUBMITTED, 1, 1)
    context = sign_in(coordinator).get(PAGE, {"round": round_.pk}).context
    assert (context["total"], context["chosen"]) == (1, str(round_.pk))
    assert sign_in(coordinator).get(PAGE, {"round": "x"}).context["total"] == 3


def test_what_lies_longer_than_fourteen_days_is_counted_and_marked(sign_in, round_, coordinator):
    cases(round_, A.SUBMITTED, 2, 15, 40)
    response = sign_in(coordinator).get(PAGE)
    assert response.context["late"] == 2
    assert response.content.decode().count("is-late") == 2


def test_the_page_asks_the_same_number_of_queries_at_any_size(sign_in, office, round_, coordinator):
    browser = sign_in(coordinator)
    cases(round_, A.SUBMITTED, 1)
    stays(office, P.PROPOSED, 1)
    one = queries_of(browser, PAGE)
    cases(round_, A.IN_REVIEW, 1, 2)
    stays(office, P.ABROAD, 3)
    assert (queries_of(browser, PAGE), one <= 8) == (one, True)


def test_staff_see_it_and_reviewers_and_applicants_do_not(sign_in, assistant, auditor, reviewer, apprentice_user):
    people = (assistant, auditor, reviewer, apprentice_user)
    assert [sign_in(user).get(PAGE).status_code for user in people] == [200, 200, 403, 403]


def test_the_ages_come_from_the_state_and_not_from_the_sending(round_, coordinator):
    cases(round_, A.IN_REVIEW, 2)
    Application.objects.update(submitted_at=clock.now() - datetime.timedelta(days=90))
    assert named(stages(coordinator))["In review"].oldest == 2
    assert Placement.objects.count() == 0
    assert reverse("reporting:pipeline") == PAGE
