"""The admin's front page: figures, what waits, deadlines, by role."""

import datetime
import re

import pytest
from django.urls import NoReverseMatch, reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Decision, Endorsement, Review
from mobility.accounts.enums import Role
from mobility.accounts.models import User
from mobility.common import clock
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as S
from placements.models import LearningAgreement, Placement, Signature, WeeklyLog
from reporting.selectors import workbench
from reporting.selectors.waiting import url
from tests import factories
from tests.factories import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, name="Høst 2027", answer_by=days(5))


def application(round_, status, **facts):
    """With an officer, where the office has a coordinator: what nobody has is a line of its own (test_casework)."""
    staff = User.objects.filter(memberships__office=round_.office, memberships__role=Role.COORDINATOR)
    facts.setdefault("owner", staff.first())
    return factories.ApplicationFactory(round=round_, submitted=True, status=status, **facts)


def stay(office, status, **facts):
    partner = facts.pop("partner", None) or factories.PartnerFactory(office=office)
    return factories.PlacementFactory(office=office, status=status, partner=partner, **facts)


def an_office_at_work(office, round_, coordinator, reviewer, times=1):
    """Every kind of row that the workbench reads, ``times`` times over."""
    for _n in range(times):
        sent = application(round_, A.SUBMITTED)
        Endorsement.objects.create(
            application=sent, name="Gunn", email="g@example.com", asked_at=clock.now() - datetime.timedelta(days=20)
        )
        Review.objects.create(application=application(round_, A.IN_REVIEW), reviewer=reviewer, assigned_at=clock.now())
        Decision.objects.create(
            application=application(round_, A.IN_REVIEW), result="offer", decided_at=clock.now(), decided_by=coordinator
        )
        Decision.objects.create(
            application=application(round_, A.OFFERED), result="offer", decided_at=clock.now(), decided_by=coordinator,
            published_at=clock.now(), published_by=coordinator, answer_by=days(2),
        )  # fmt: skip
        stay(office, S.READY, starts_on=days(-2), ends_on=days(90))
        stay(office, S.CONFIRMED, starts_on=days(30), ends_on=days(120))
        stay(office, S.PROPOSED)
        stay(office, S.HOST_FOUND)
        stay(office, S.RETURNED, starts_on=days(-90), ends_on=days(-2), arrived_on=days(-90), returned_on=days(-1))
        stay(office, S.REFUSED, application=application(round_, A.ACCEPTED))
        out = stay(office, S.ABROAD, starts_on=days(-20), ends_on=days(40), arrived_on=days(-20))
        stay(office, S.ABROAD, starts_on=days(-20), ends_on=None, arrived_on=days(-20))
        stay(office, S.ABROAD, starts_on=days(-80), ends_on=days(-1), arrived_on=days(-80))
        WeeklyLog.objects.create(
            placement=out, week_starts_on=days(-7), days_present=3, mood=2, text="Hei", wants_call=True
        )
        agreement = LearningAgreement.objects.create(placement=out, tasks="…", created_at=clock.now())
        Signature.objects.create(agreement=agreement, party="apprentice", position=1, name="Å", signed_at=clock.now(),
                                 signed_name="Å")  # fmt: skip
        Signature.objects.create(agreement=agreement, party="office", position=2, name="R")
        OutboundMail.objects.create(
            office=office, to_address="x@example.com", language="nb", template="t", subject="s", body="b",
            message_id=f"<{clock.now().timestamp()}{_n}@x>", state=OutboundMail.State.FAILED,
        )  # fmt: skip


def words(tasks):
    return [task["what"] for task in tasks]


def test_each_figure_is_the_number_of_cases_in_that_state(office, round_, coordinator, reviewer):
    an_office_at_work(office, round_, coordinator, reviewer)
    an_office_at_work(factories.OfficeFactory(), factories.RoundFactory(), coordinator, reviewer)
    application(round_, A.ACCEPTED)
    factories.ApplicationFactory(round=round_)  # a draft is the applicant's own
    found = {stage.label: (stage.count, stage.waiting) for stage in workbench(coordinator)["stages"]}
    assert found == {
        "Submitted": (1, 1), "Returned": (0, 0), "In review": (2, 1), "Offered": (1, 0), "To be placed": (1, 1),
        "Proposed": (1, 0),
        "Host found": (1, 1), "Confirmed": (1, 0), "Ready": (1, 0), "Abroad": (3, 0), "Home": (1, 1),
        "Evaluated": (0, 0),
    }  # fmt: skip


def test_what_waits_for_the_office_and_for_others(office, round_, coordinator, reviewer):
    an_office_at_work(office, round_, coordinator, reviewer)
    desk = workbench(coordinator)
    names = re.compile(r"Åse-Marie Øygården \d+")
    assert [names.sub("N", text) for text in words(desk["ours"])] == [
        "N has not been reported as arrived",
        "N should be home: confirm the return",
        "Find another place for N",
        "Confirm the place of N",
        "Assess the stay of N",
        "Call N in Sevilla",
        "Publish 1 decision",
        "Sign the learning agreement of N",
        "Mail did not reach 1 address",
    ]
    assert [task["state"] for task in desk["ours"]] == ["stop"] * 3 + ["you"] * 6
    assert [(names.sub("N", task["what"]), task["turn"], task["days"]) for task in desk["others"]] == [
        ("N: the partner has not answered", "partner", None),
        ("N: the employer has not answered", "employer", 20),
        ("N has not answered the offer", "apprentice", None),
    ]


def test_more_than_three_of_a_kind_are_one_line_with_their_number(office, coordinator):
    for _n in range(5):
        stay(office, S.HOST_FOUND)
    desk = workbench(coordinator)
    assert len(desk["ours"]) == 4
    assert desk["ours"][-1]["what"] == "2 more: Confirm the place of …"
    assert desk["ours_count"] == 5


def test_a_refused_stay_with_a_new_place_does_not_wait(office, round_, coordinator):
    accepted = application(round_, A.ACCEPTED)
    stay(office, S.REFUSED, application=accepted)
    stay(office, S.PROPOSED, application=accepted)
    assert workbench(coordinator)["ours"] == []


def test_a_call_that_was_made_waits_no_more(office, coordinator):
    out = stay(office, S.ABROAD, starts_on=days(-20), ends_on=days(40), arrived_on=days(-20))
    log = WeeklyLog.objects.create(
        placement=out, week_starts_on=days(-7), days_present=3, mood=2, text="Hei", wants_call=True
    )
    assert len(workbench(coordinator)["ours"]) == 1
    log.called_at, log.called_by = clock.now(), coordinator
    log.save()
    assert workbench(coordinator)["ours"] == []


def test_an_agreement_waits_for_the_office_only_when_it_is_its_turn(office, coordinator):
    out = stay(office, S.CONFIRMED)
    agreement = LearningAgreement.objects.create(placement=out, tasks="…", created_at=clock.now())
    first = Signature.objects.create(agreement=agreement, party="apprentice", position=1, name="Å")
    Signature.objects.create(agreement=agreement, party="office", position=2, name="R")
    assert workbench(coordinator)["ours"] == []
    first.signed_at, first.signed_name = clock.now(), "Å"
    first.save()
    assert len(workbench(coordinator)["ours"]) == 1


def test_deadlines_come_in_order_with_what_hangs_on_them(office, round_, coordinator):
    application(round_, A.OFFERED)
    stay(office, S.READY, starts_on=days(30), ends_on=days(120))
    stay(office, S.CONFIRMED, starts_on=days(30), ends_on=days(120))
    stay(office, S.ABROAD, starts_on=days(-20), ends_on=days(40), arrived_on=days(-20))
    stay(office, S.ABROAD, starts_on=days(-20), ends_on=days(400), arrived_on=days(-20))
    found = [(d.what, d.sub, d.days, d.is_soon) for d in workbench(coordinator)["deadlines"]]
    assert found == [
        ("Answers to offers, Høst 2027", "1 has not answered", 5, True),
        ("Høst 2027 closes", "1 application so far", 20, False),
        ("Departure, 2 apprentices", "1 is ready", 30, False),
        ("Return, 1 apprentice", "", 40, False),
    ]


def test_those_abroad_stand_by_city_and_a_missing_date_is_shown(office, coordinator):
    berlin = factories.PartnerFactory(office=office, city="Berlin", country="DE")
    company = factories.HostCompanyFactory(partner=berlin, city="Potsdam")
    for end in (days(30), None):
        stay(office, S.ABROAD, partner=berlin, host_company=None, starts_on=days(-9), ends_on=end, arrived_on=days(-9))
    stay(office, S.ABROAD, partner=berlin, host_company=company, starts_on=days(-9), ends_on=days(9),
         arrived_on=days(-9))  # fmt: skip
    desk = workbench(coordinator)
    assert [(c.name, c.count, c.share) for c in desk["cities"]] == [
        ("Berlin", 2, 100), ("Potsdam", 1, 50), ("Date missing", 1, 50)
    ]  # fmt: skip
    assert desk["abroad"] == 3


def test_a_reviewer_sees_only_the_own_reviews(office, round_, coordinator, reviewer):
    colleague = factories.member(Role.REVIEWER, office)
    an_office_at_work(office, round_, coordinator, reviewer)
    Review.objects.create(application=application(round_, A.IN_REVIEW), reviewer=colleague, assigned_at=clock.now())
    desk = workbench(reviewer)
    assert (len(desk["ours"]), desk["others"], desk["stages"], desk["deadlines"], desk["cities"]) == (1, [], [], [], [])
    assert desk["ours"][0]["what"].startswith("Score ")


def test_an_assistant_gets_no_decisions_no_marks_and_no_failed_mails(office, round_, coordinator, reviewer, assistant):
    an_office_at_work(office, round_, coordinator, reviewer)
    told = " ".join(words(workbench(assistant)["ours"]))
    assert "has not been reported as arrived" in told
    assert "Call " in told
    for refused in ("Publish", "Score", "mail did not", "Assess", "Confirm the place", "Sign"):
        assert refused not in told


def test_the_first_day_of_an_office_says_what_to_do_first(coordinator, sign_in):
    assert workbench(coordinator)["is_new"] is True
    page = sign_in(coordinator).get(reverse("admin:index")).content.decode()
    assert "Begin with a round" in page


def test_an_office_with_a_round_is_not_new(coordinator, round_):
    assert workbench(coordinator)["is_new"] is False


def test_the_page_shows_greeting_figures_and_tasks(office, round_, coordinator, reviewer, sign_in):
    an_office_at_work(office, round_, coordinator, reviewer)
    page = sign_in(coordinator).get(reverse("admin:index")).content.decode()
    assert ", Ragnhild</h1>" in page
    assert "Waiting for us" in page
    assert "Publish 1 decision" in page
    assert page.count("<h1>") == 1


def count_queries(django_assert_max_num_queries, sign_in, user):
    client = sign_in(user)
    client.get(reverse("admin:index"))  # the first page of a session also writes the session
    with django_assert_max_num_queries(25) as counted:
        assert client.get(reverse("admin:index")).status_code == 200
    return len(counted)


def test_the_page_costs_the_same_queries_for_one_and_for_many(
    office, round_, coordinator, reviewer, sign_in, django_assert_max_num_queries
):
    an_office_at_work(office, round_, coordinator, reviewer)
    few = count_queries(django_assert_max_num_queries, sign_in, coordinator)
    an_office_at_work(office, round_, coordinator, reviewer, times=6)
    assert count_queries(django_assert_max_num_queries, sign_in, coordinator) == few
    assert Placement.objects.filter(status=S.ABROAD).count() == 21


def test_every_figure_opens_the_list_that_it_counts(office, round_, coordinator, reviewer, sign_in):
    an_office_at_work(office, round_, coordinator, reviewer)
    application(round_, A.ACCEPTED)
    client = sign_in(coordinator)
    linked = [stage for stage in workbench(coordinator)["stages"] if stage.url]
    assert linked
    for stage in linked:
        response = client.get(stage.url)
        assert (stage.label, response.status_code) == (stage.label, 200)
        assert (stage.label, response.context["cl"].result_count) == (stage.label, stage.count)


def test_every_link_of_the_workbench_opens(office, round_, coordinator, reviewer, sign_in):
    an_office_at_work(office, round_, coordinator, reviewer, times=4)
    client = sign_in(coordinator)
    desk = workbench(coordinator)
    for address in {t["url"] for t in desk["ours"] + desk["others"]} | {d.url for d in desk["deadlines"]}:
        if address:
            assert (address, client.get(address).status_code) == (address, 200)


def test_a_place_whose_apprentice_has_withdrawn_stays_on_the_workbench_until_it_is_cancelled(
    office, round_, coordinator
):
    gone = application(round_, A.WITHDRAWN)
    expected = stay(office, S.CONFIRMED, application=gone, starts_on=days(-1))
    stay(office, S.CANCELLED, application=application(round_, A.WITHDRAWN))
    stay(office, S.READY, application=application(round_, A.ACCEPTED), starts_on=days(20))
    (task,) = workbench(coordinator)["ours"]
    assert task["what"] == f"{expected.apprentice.full_name} withdrew: cancel the place"
    assert task["url"] == reverse("placements:placement", args=[expected.pk])
    Placement.objects.filter(pk=expected.pk).update(status=S.CANCELLED)
    assert workbench(coordinator)["ours"] == []


def test_who_is_late_with_a_completion_stands_among_the_tasks(office, round_, coordinator):
    for due in (days(-2), days(3)):
        case = application(round_, A.RETURNED)
        case.completion_requests.create(
            fields=["motivation"], message="x", due_on=due, returned_from="submitted", asked_at=clock.now(),
            asked_by=coordinator,
        )  # fmt: skip
    (task,) = workbench(coordinator)["ours"]
    assert (task["what"].endswith("is late with what is to be completed"), task["days"]) == (True, 2)


def test_a_page_that_does_not_exist_is_an_error():
    with pytest.raises(NoReverseMatch):
        url("apprentices:no_such_page")
