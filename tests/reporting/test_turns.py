"""The whose-turn board: what waits for whom, since when, and the reminder that is shown before it goes out."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Appeal, Decision
from apprentices.services.chasing import remind_now
from mobility.common import clock
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as P
from reporting.enums import Waiting
from reporting.models import Chase
from reporting.selectors.turns import ACTORS, Filters, groups_of, line_of, lines_of
from tests import factories
from tests.factories import days
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
BOARD = "/turns/"


def ago(**time):
    return clock.now() - datetime.timedelta(**time)


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, name="Høst 2027")


def application(round_, status, **facts):
    return factories.ApplicationFactory(round=round_, submitted=True, status=status, **facts)


def stay(office, status, **facts):
    partner = facts.pop("partner", None) or factories.PartnerFactory(office=office)
    return factories.PlacementFactory(office=office, status=status, partner=partner, **facts)


def everything_that_waits(office, round_):
    """One of every kind, in an office of its own: waiting -> the row's key."""
    found = {}
    asked = application(round_, A.SUBMITTED)
    for kind in ("employer", "training_office", "guardian"):
        born = {"birth_date": days(-6000)} if kind == "guardian" else {}
        case = application(round_, A.SUBMITTED, **born) if kind != "employer" else asked
        row = factories.EndorsementFactory(application=case, kind=kind, asked_at=ago(days=20))
        found[kind] = row.pk
    found[Waiting.REVIEWERS] = application(round_, A.SUBMITTED).pk
    returned = application(round_, A.RETURNED)
    found[Waiting.COMPLETION] = returned.completion_requests.create(
        fields=["phone"], message="Mobil?", due_on=days(3), returned_from=A.SUBMITTED, asked_at=ago(days=2),
        asked_by=factories.member("coordinator", office),
    ).pk  # fmt: skip
    found[Waiting.REVIEW] = factories.ReviewFactory(application=application(round_, A.IN_REVIEW)).pk
    found[Waiting.DECISION] = application(round_, A.IN_REVIEW).pk
    pending = factories.DecisionFactory(application=application(round_, A.IN_REVIEW))
    found[Waiting.PUBLICATION] = pending.pk
    offered = application(round_, A.OFFERED)
    factories.DecisionFactory(application=offered, published_at=clock.now(), answer_by=days(9))
    found[Waiting.OFFER] = offered.pk
    met = application(round_, A.IN_REVIEW)
    factories.EndorsementFactory(application=met, answered="yes")
    sent = factories.DecisionFactory(application=met, sent_at=ago(days=1), sent_by=pending.decided_by)
    found[Waiting.APPROVAL] = sent.pk
    refused = factories.DecisionFactory(
        application=application(round_, A.REJECTED), result="rejection", reasons="x", published_at=ago(days=9),
        published_by=pending.decided_by,
    )  # fmt: skip
    found[Waiting.APPEAL] = factories.AppealFactory(decision=refused).pk
    invited = application(round_, A.IN_REVIEW)
    by = factories.member("coordinator", office)
    found[Waiting.INTERVIEW] = invited.interviews.create(invited_by=by, pick_by=days(4)).pk
    accepted = application(round_, A.ACCEPTED)
    found[Waiting.PLACE] = found[Waiting.DETAILS] = accepted.pk
    for waiting, status, facts in (
        (Waiting.PROPOSAL, P.PROPOSED, {}),
        (Waiting.CONFIRMATION, P.HOST_FOUND, {}),
        (Waiting.ARRIVAL, P.READY, {"starts_on": days(-3), "ends_on": days(60)}),
        (Waiting.RETURN, P.ABROAD, {"starts_on": days(-60), "ends_on": days(-4)}),
        (Waiting.ASSESSMENT, P.RETURNED, {}),
        (Waiting.CLOSING, P.EVALUATED, {}),
    ):
        found[waiting] = stay(office, status, **facts).pk
    confirmed = stay(office, P.CONFIRMED)
    agreement = confirmed.learning_agreements.create(tasks="…", created_at=ago(days=5))
    found[Waiting.SIGNATURE] = agreement.signatures.create(
        party="employer", position=1, name="Gunn", email="gunn@example.com"
    ).pk
    agreement.signatures.create(party="host", position=2, name="Ana", email="ana@example.com")
    return found


def lines(user, *, offset=0, limit=500, **filters):
    """A page of the board, as the view asks for it."""
    chosen = Filters(**filters)
    return lines_of(user, chosen, groups_of(user, chosen), offset=offset, limit=limit)


def every_line(user, **filters):
    return lines(user, **filters)


def test_everything_that_waits_stands_there_once_with_its_actor_and_its_days(office, round_, coordinator):
    everything_that_waits(factories.OfficeFactory(), factories.RoundFactory())
    found = everything_that_waits(office, round_)
    lines = {(line.waiting, line.actor, line.key): line.days for line in every_line(coordinator)}
    assert lines == {
        ("endorsement", "employer", found["employer"]): 20,
        ("endorsement", "training_office", found["training_office"]): 20,
        ("endorsement", "guardian", found["guardian"]): 20,
        ("completion", "apprentice", found[Waiting.COMPLETION]): 2,
        ("offer", "apprentice", found[Waiting.OFFER]): 0,
        ("interview", "apprentice", found[Waiting.INTERVIEW]): 0,
        ("approval", "head", found[Waiting.APPROVAL]): 1,
        ("details", "apprentice", found[Waiting.DETAILS]): 0,
        ("review", "reviewer", found[Waiting.REVIEW]): 0,
        ("proposal", "partner", found[Waiting.PROPOSAL]): 0,
        ("signature", "employer", found[Waiting.SIGNATURE]): 5,
        ("reviewers", "office", found[Waiting.REVIEWERS]): 0,
        ("decision", "office", found[Waiting.DECISION]): 0,
        ("publication", "office", found[Waiting.PUBLICATION]): 0,
        ("appeal", "office", found[Waiting.APPEAL]): 0,
        ("place", "office", found[Waiting.PLACE]): 0,
        ("confirmation", "office", found[Waiting.CONFIRMATION]): 0,
        ("arrival", "office", found[Waiting.ARRIVAL]): 3,
        ("return", "office", found[Waiting.RETURN]): 4,
        ("assessment", "office", found[Waiting.ASSESSMENT]): 0,
        ("closing", "office", found[Waiting.CLOSING]): 0,
    }


def test_the_heads_count_what_stands_below_them(office, round_, coordinator):
    everything_that_waits(office, round_)
    heads = [(group.actor, group.count, group.late, group.days) for group in groups_of(coordinator, Filters())]
    assert heads == [
        ("apprentice", 4, 0, 2), ("guardian", 1, 1, 20), ("employer", 2, 1, 20), ("training_office", 1, 1, 20),
        ("reviewer", 1, 0, 0), ("partner", 1, 0, 0), ("head", 1, 0, 1), ("office", 10, 0, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(("waited", "late"), [({"days": 14, "hours": 23}, 0), ({"days": 15}, 1)])
def test_more_than_fourteen_days_are_late(office, round_, coordinator, waited, late):
    factories.EndorsementFactory(application=application(round_, A.SUBMITTED), asked_at=ago(**waited))
    assert [group.late for group in groups_of(coordinator, Filters())] == [late]


def test_who_waits_longest_stands_first_and_pages_cut_the_whole_list(office, round_, coordinator):
    for waited in (3, 9, 1, 5):
        factories.EndorsementFactory(application=application(round_, A.SUBMITTED), asked_at=ago(days=waited))
    pages = [lines(coordinator, offset=offset, limit=2) for offset in (0, 2)]
    assert [[line.days for line in page] for page in pages] == [[9, 5], [3, 1]]


def test_a_grown_up_waits_for_no_guardian(office, round_, coordinator):
    case = application(round_, A.SUBMITTED, birth_date=days(-20 * 365))
    factories.EndorsementFactory(application=case, kind="guardian")
    assert [line.waiting for line in every_line(coordinator)] == ["reviewers"]


def test_filters_cut_by_actor_round_and_case_officer(office, round_, coordinator, head):
    mine = application(round_, A.SUBMITTED, owner=coordinator)
    other = application(factories.RoundFactory(office=office), A.SUBMITTED, owner=head)
    nobodys = application(round_, A.OFFERED)
    case = application(round_, A.ACCEPTED, owner=coordinator)
    placed = stay(office, P.PROPOSED, application=case, apprentice=case.apprentice)

    def keys(**filters):
        return {(line.waiting, line.key) for line in every_line(coordinator, **filters)}

    assert keys(actor="office") == {("reviewers", mine.pk), ("reviewers", other.pk)}
    assert keys(round_id=other.round_id) == {("reviewers", other.pk)}
    assert keys(owner_id=0) == {("offer", nobodys.pk)}
    assert keys(owner_id=coordinator.pk) == {("reviewers", mine.pk), ("details", case.pk), ("proposal", placed.pk)}


def test_the_page_shows_case_words_days_and_the_way_to_remind(sign_in, office, round_, coordinator):
    row = factories.EndorsementFactory(
        application=application(round_, A.SUBMITTED, given_name="Nguyễn", family_name="Thị Mỹ"),
        asked_at=ago(days=16), name="Gunn Helen",
    )  # fmt: skip
    body = sign_in(coordinator).get(BOARD).content.decode()
    for words in ("Nguyễn Thị Mỹ", "Gunn Helen", "u-turn--late", "16 days", "An answer about the application"):
        assert words in body
    assert reverse("reporting:remind", args=["endorsement", row.pk]) in body


def test_head_and_auditor_see_the_board_and_remind_nobody(sign_in, office, round_, head, auditor):
    row = factories.EndorsementFactory(application=application(round_, A.SUBMITTED))
    for user in (head, auditor):
        browser = sign_in(user)
        assert "Remind …" not in browser.get(BOARD).content.decode()
        assert browser.get(reverse("reporting:remind", args=["endorsement", row.pk])).status_code == 403


def test_an_assistant_a_reviewer_and_an_apprentice_do_not_see_the_board(sign_in, assistant, reviewer, apprentice_user):
    assert [sign_in(user).get(BOARD).status_code for user in (assistant, reviewer, apprentice_user)] == [403] * 3


def test_an_address_with_nonsense_shows_the_whole_board(sign_in, office, round_, coordinator):
    application(round_, A.SUBMITTED)
    response = sign_in(coordinator).get(f"{BOARD}?actor=nobody&round=x&officer=y&page=z")
    assert [group.count for group, _rows in response.context["tables"]] == [1]


def test_a_number_beyond_any_row_finds_nothing(sign_in, office, round_, coordinator):
    everything_that_waits(office, round_)
    client, beyond = sign_in(coordinator), 10**30
    assert client.get(address_of("endorsement", beyond)).status_code == 404
    whole = client.get(reverse("reporting:turns")).context["everything"]
    assert client.get(reverse("reporting:turns"), {"round": beyond, "officer": beyond}).context["everything"] == whole


def test_a_page_after_the_last_is_the_last(sign_in, office, round_, coordinator):
    application(round_, A.SUBMITTED)
    response = sign_in(coordinator).get(f"{BOARD}?page=99")
    assert (response.context["number"], len(response.context["tables"])) == (1, 1)


def test_the_board_asks_at_most_twelve_queries_the_same_at_any_size(sign_in, office, round_, coordinator):
    browser = sign_in(coordinator)
    everything_that_waits(office, round_)
    one = queries_of(browser, BOARD)
    for _n in range(2):
        everything_that_waits(office, round_)
    assert (queries_of(browser, BOARD), one <= 12) == (one, True)


# --- more than the board counts and shows ---------------------------------------------------------------------------
@pytest.fixture
def at_most_two(monkeypatch):
    monkeypatch.setattr("reporting.selectors.turns.MOST", 2)


def asked(round_, *waited, kind="employer", **facts):
    """Somebody asked so many days ago, for each a case of its own."""
    return [
        factories.EndorsementFactory(
            application=application(round_, A.RETURNED, **facts), kind=kind, asked_at=ago(days=n)
        )
        for n in waited
    ]


def heads(user, **filters):
    found = groups_of(user, Filters(**filters))
    return [(group.actor, group.count, group.has_more, group.late, group.has_more_late, group.days) for group in found]


def test_pages_laid_side_by_side_are_the_whole_board(office, round_, coordinator):
    for _n in range(2):
        everything_that_waits(office, round_)
    whole = every_line(coordinator)
    assert [line for offset in range(0, 45, 5) for line in lines(coordinator, offset=offset, limit=5)] == whole
    order = [(ACTORS.index(line.actor), line.since, line.waiting, line.key) for line in whole]
    assert (len(order), order) == (42, sorted(order))


def test_where_more_wait_than_are_counted_the_head_says_so(office, round_, coordinator, at_most_two):
    asked(round_, 30, 29, 28)
    asked(round_, 20, 19, 2, 1, kind="training_office")
    asked(round_, 5, 4, kind="guardian", birth_date=days(-6000))
    assert heads(coordinator) == [
        ("guardian", 2, False, 0, False, 5), ("employer", 2, True, 2, True, 30), ("training_office", 2, True, 2, False, 20),
    ]  # fmt: skip


def test_several_kinds_of_waiting_for_one_actor_are_counted_together(office, round_, coordinator, at_most_two):
    for status in (P.HOST_FOUND, P.RETURNED, P.EVALUATED):
        stay(office, status)
    assert heads(coordinator) == [("office", 2, True, 0, False, 0)]
    assert len(every_line(coordinator)) == 2


def test_the_longest_waiting_are_shown_and_the_next_actor_comes_after_them(office, round_, coordinator, at_most_two):
    asked(round_, 1, 30, 2, 29)
    asked(round_, 9, 8, 7, kind="training_office")
    pages = [lines(coordinator, offset=offset, limit=3) for offset in (0, 3)]
    assert [[(line.actor, line.days) for line in page] for page in pages] == [
        [("employer", 30), ("employer", 29), ("training_office", 9)], [("training_office", 8)],
    ]  # fmt: skip


def test_a_round_or_a_case_officer_shows_the_others(office, round_, coordinator, head, at_most_two):
    asked(round_, 30, 29, owner=head)
    (young,) = asked(factories.RoundFactory(office=office), 1, owner=coordinator)
    for filters in ({"round_id": young.application.round_id}, {"owner_id": coordinator.pk}):
        assert heads(coordinator, **filters) == [("employer", 1, False, 0, False, 1)]
        assert [line.key for line in every_line(coordinator, **filters)] == [young.pk]


def test_a_line_beyond_those_shown_can_still_be_reminded(sign_in, office, round_, coordinator, at_most_two):
    *_shown, young = asked(round_, 30, 29, 1)
    assert young.pk not in [line.key for line in every_line(coordinator)]
    assert line_of(coordinator, "endorsement", young.pk).days == 1
    assert sign_in(coordinator).get(address_of("endorsement", young.pk)).status_code == 200


def test_the_page_says_that_more_wait_and_how_to_find_them(sign_in, office, round_, coordinator, at_most_two):
    asked(round_, 30, 29, 28)
    asked(round_, 20, kind="training_office")
    coordinator.written_form = "en"
    response = sign_in(coordinator).get(BOARD)
    body = " ".join(response.content.decode().split())
    assert "More than 2 wait here. The 2 that have waited longest are shown" in body
    assert body.count("wait here.") == 1  # and not of the training office, where nobody is left out
    assert "more than 2 for more than 14 days" in body
    assert (response.context["everything"], response.context["has_more"], response.context["pages"]) == (3, True, 1)


# --- reminding --------------------------------------------------------------------------------------------------------
REMINDED = {
    Waiting.COMPLETION: "apprentices/email/completion_reminder",
    Waiting.OFFER: "apprentices/email/offer_reminder",
    Waiting.INTERVIEW: "apprentices/email/interview_reminder",
    Waiting.DETAILS: "apprentices/email/details_reminder",
    Waiting.REVIEW: "apprentices/email/reviews_reminder",
    Waiting.PROPOSAL: "placements/email/proposed_reminder",
    Waiting.SIGNATURE: "placements/email/sign",
}


def address_of(waiting, key):
    return reverse("reporting:remind", args=[str(waiting), key])


@pytest.mark.parametrize("waiting", REMINDED)
def test_what_is_shown_is_what_goes_out(sign_in, office, round_, coordinator, waiting):
    found = everything_that_waits(office, round_)
    browser = sign_in(coordinator)
    page = browser.get(address_of(waiting, found[waiting]))
    (mail,) = page.context["mails"]
    assert OutboundMail.objects.count() == 0
    browser.post(address_of(waiting, found[waiting]), {"last": page.context["last"]})
    sent = OutboundMail.objects.get()
    assert (sent.template, sent.to_address, sent.language) == (REMINDED[waiting], mail.to.address, mail.to.language)
    assert sent.subject == mail.subject
    if waiting != Waiting.SIGNATURE:  # a signer's link is made when it is sent
        assert sent.body == mail.body
    assert sent.reply_to == office.email


def test_an_employer_is_reminded_with_the_mail_of_the_case_page(sign_in, office, round_, coordinator):
    found = everything_that_waits(office, round_)
    browser = sign_in(coordinator)
    page = browser.get(address_of("endorsement", found["employer"]))
    browser.post(address_of("endorsement", found["employer"]), {"last": page.context["last"]})
    assert OutboundMail.objects.get().subject == page.context["mails"][0].subject
    line = line_of(coordinator, "endorsement", found["employer"])
    assert (line.reminders, line.reminded_at is None) == (1, False)


def test_reminders_of_the_clock_and_the_case_page_count_too(office, round_, coordinator):
    row = factories.EndorsementFactory(application=application(round_, A.SUBMITTED))
    remind_now(endorsement=row, by=coordinator)
    remind_now(endorsement=row, by=coordinator)
    assert line_of(coordinator, "endorsement", row.pk).reminders == 2


def test_a_double_click_reminds_once(sign_in, office, round_, coordinator):
    found = everything_that_waits(office, round_)
    browser = sign_in(coordinator)
    address = address_of(Waiting.PROPOSAL, found[Waiting.PROPOSAL])
    last = browser.get(address).context["last"]
    for _click in range(2):
        answer = browser.post(address, {"last": last}, follow=True)
    assert (OutboundMail.objects.count(), Chase.objects.count()) == (1, 1)
    assert "A reminder went out just now already." in answer.content.decode()


def test_a_second_reminder_on_the_same_day_is_sent_knowingly(sign_in, office, round_, coordinator):
    found = everything_that_waits(office, round_)
    browser = sign_in(coordinator)
    address = address_of(Waiting.DETAILS, found[Waiting.DETAILS])
    browser.post(address, {"last": "never"})
    page = browser.get(address)
    assert "A reminder went out today, just now." in page.content.decode()
    assert "Send a second one today" in page.content.decode()
    browser.post(address, {"last": page.context["last"]})
    assert Chase.objects.count() == 2


def test_one_mail_reminds_a_reviewer_of_every_sheet_of_the_round(sign_in, office, round_, coordinator, reviewer):
    reviewer.written_form = "en"
    reviewer.save()
    sheets = [
        factories.ReviewFactory(application=application(round_, A.IN_REVIEW), reviewer=reviewer) for _ in range(3)
    ]
    other = factories.ReviewFactory(
        application=application(factories.RoundFactory(office=office), A.IN_REVIEW), reviewer=reviewer
    )
    sign_in(coordinator).post(address_of(Waiting.REVIEW, sheets[0].pk), {"last": "never"})
    assert OutboundMail.objects.get().subject == "3 applications still wait for your marks: Høst 2027"
    reminded = {line.key: line.reminders for line in every_line(coordinator, actor="reviewer")}
    assert reminded == {**{sheet.pk: 1 for sheet in sheets}, other.pk: 0}


def test_what_is_not_waited_for_any_more_is_not_found(sign_in, office, round_, coordinator):
    found = everything_that_waits(office, round_)
    Appeal.objects.all().delete()
    Decision.objects.all().delete()
    case = application(round_, A.REJECTED)
    browser = sign_in(coordinator)
    for waiting, key in ((Waiting.OFFER, case.pk), ("nonsense", 1), (Waiting.DETAILS, 10**6)):
        assert browser.get(address_of(waiting, key)).status_code == 404
    assert browser.get(address_of(Waiting.REVIEWERS, found[Waiting.REVIEWERS])).status_code == 403  # the office itself


def test_a_stranger_reminds_nobody(sign_in, office, round_, other_coordinator):
    found = everything_that_waits(office, round_)
    browser = sign_in(other_coordinator)
    for waiting in REMINDED:
        assert browser.post(address_of(waiting, found[waiting]), {"last": "never"}).status_code == 404
    assert OutboundMail.objects.count() == 0
