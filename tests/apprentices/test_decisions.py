"""Pending decisions and their publication."""

from decimal import Decimal

import pypdfium2
import pytest

from apprentices import workflow
from apprentices.documents import decision_letter
from apprentices.enums import ApplicationStatus, DecisionResult, RoundStatus
from apprentices.models import Application, Decision
from apprentices.selectors.ranking import standings
from apprentices.services import decisions as services
from apprentices.services import publication
from apprentices.services.decisions import decide, take_back_decisions
from apprentices.services.publication import publish_decisions
from apprentices.services.reviews import give_review
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail, StoredFile
from tests.factories import ApplicationFactory, CriterionFactory, DecisionFactory, ReviewFactory, RoundFactory, days


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office, places=2, name="Høst 2027")
    CriterionFactory(
        round=round_, weight=60, position=1, name_nb="Motivasjon", name_nn="Motivasjon", name_en="Motivation"
    )
    CriterionFactory(round=round_, weight=40, position=2, name_nb="Språk", name_en="Language")
    return round_


@pytest.fixture
def criterion(round_):
    return round_.criteria.first()


def in_review(round_, *marks, **fields):
    application = ApplicationFactory(round=round_, submitted=True, **{"status": ApplicationStatus.IN_REVIEW, **fields})
    for mark in marks:
        ReviewFactory(application=application, marks=mark)
    return application


# --- ranking ------------------------------------------------------------------------------------------------------
def test_scores_are_means_of_the_given_reviews_and_equal_ones_share_a_rank(round_):
    best, tied, also_tied, single, unread = (
        in_review(round_, 5, 4),
        in_review(round_, 4, 3),
        in_review(round_, 3, 4),
        in_review(round_, 3),
        in_review(round_),
    )
    ReviewFactory(application=single)
    lines = standings(round_)
    assert [(line.application_id, line.score, line.rank, line.is_tied, line.given) for line in lines] == [
        (best.pk, Decimal("4.50"), 1, False, 2),
        (tied.pk, Decimal("3.50"), 2, True, 2),
        (also_tied.pk, Decimal("3.50"), 2, True, 2),
        (single.pk, Decimal("3.00"), 4, False, 1),
        (unread.pk, None, None, False, 0),
    ]


def test_weights_count(round_):
    application = in_review(round_, 3)
    review = application.reviews.get()
    marks = {each.pk: (5 if each.weight == 60 else 3, "") for each in round_.criteria.all()}
    give_review(review=review, marks=marks, by=review.reviewer)
    assert standings(round_)[0].score == Decimal("4.20")  # 0.6 x 5 + 0.4 x 3


def test_withdrawn_applications_and_other_rounds_are_not_ranked(round_, office):
    in_review(round_, 5, status=ApplicationStatus.WITHDRAWN)
    in_review(RoundFactory(office=office), 5)
    assert standings(round_) == []


def test_the_ranking_reads_one_query_at_any_size(round_, django_assert_num_queries):
    for size in (1, 3):
        while len(standings(round_)) < size:
            in_review(round_, 4, 3)
        with django_assert_num_queries(1):
            standings(round_)


# --- pending ------------------------------------------------------------------------------------------------------
def test_a_pending_decision_keeps_score_and_rank_and_moves_nothing(round_, coordinator):
    application = in_review(round_, 4, 5)
    (decision,) = decide(round=round_, applications=[application], result="offer", by=coordinator)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.IN_REVIEW
    assert (decision.result, decision.score, decision.rank, decision.decided_by, decision.published_at) == (
        "offer",
        Decimal("4.50"),
        1,
        coordinator,
        None,
    )
    assert OutboundMail.objects.count() == 0


def test_deciding_again_replaces_the_pending_decision(round_, criterion, coordinator):
    application = in_review(round_, 4)
    decide(round=round_, applications=[application], result="offer", by=coordinator)
    decide(
        round=round_,
        applications=[application],
        result="rejection",
        criterion=criterion,
        reasons="Too little time left.",
        by=coordinator,
    )
    decision = Decision.objects.get(application=application)
    assert (decision.result, decision.reasons, decision.criterion) == ("rejection", "Too little time left.", criterion)


@pytest.mark.parametrize(
    ("has_criterion", "reasons", "missing"),
    [
        (False, "Because.", ["A rejection needs the criterion that decided."]),
        (True, "  ", ["A rejection needs reasons."]),
        (False, "", ["A rejection needs the criterion that decided.", "A rejection needs reasons."]),
    ],
)
def test_a_rejection_needs_criterion_and_reasons(round_, criterion, coordinator, has_criterion, reasons, missing):
    with pytest.raises(NotReady) as refusal:
        decide(
            round=round_,
            applications=[in_review(round_)],
            result="rejection",
            criterion=criterion if has_criterion else None,
            reasons=reasons,
            by=coordinator,
        )
    assert refusal.value.missing == missing
    assert Decision.objects.count() == 0


def test_a_criterion_of_another_round_is_refused(round_, coordinator):
    with pytest.raises(Refused, match="another round"):
        decide(
            round=round_,
            applications=[in_review(round_)],
            result="rejection",
            criterion=CriterionFactory(),
            reasons="Because.",
            by=coordinator,
        )


def test_an_application_of_another_round_is_refused(round_, office, coordinator):
    with pytest.raises(Refused, match="applied in another round"):
        decide(round=round_, applications=[in_review(RoundFactory(office=office))], result="offer", by=coordinator)


def test_there_are_never_more_offers_than_places(round_, coordinator):
    in_review(round_, status=ApplicationStatus.ACCEPTED)
    first, second = in_review(round_), in_review(round_)
    decide(round=round_, applications=[first], result="offer", by=coordinator)
    with pytest.raises(Refused, match="That is 1 offer too many"):
        decide(round=round_, applications=[second], result="offer", by=coordinator)
    assert [decision.application for decision in Decision.objects.all()] == [first]


def test_the_same_pending_offer_takes_one_place_only(round_, coordinator):
    applications = [in_review(round_), in_review(round_)]
    for _ in range(2):
        decide(round=round_, applications=applications, result="offer", by=coordinator)
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("result", DecisionResult.values)
@pytest.mark.parametrize("status", sorted(set(ApplicationStatus.values) - {ApplicationStatus.DRAFT}))
def test_decisions_start_only_where_the_table_says(round_, criterion, coordinator, result, status):
    fine, other = in_review(round_), in_review(round_, status=status)
    arguments = {"round": round_, "applications": [fine, other], "result": result, "by": coordinator}
    if status in services.MOVES[result].sources:
        assert len(decide(**arguments, criterion=criterion, reasons="Because.")) == 2
    else:
        with pytest.raises(TransitionNotAllowed, match=other.full_name):
            decide(**arguments, criterion=criterion, reasons="Because.")
        assert Decision.objects.count() == 0


def test_a_round_that_is_being_prepared_has_no_decisions(office, coordinator):
    prepared = RoundFactory(office=office, prepared=True)
    with pytest.raises(TransitionNotAllowed):
        decide(round=prepared, applications=[in_review(prepared)], result="offer", by=coordinator)


def test_a_pending_decision_is_taken_back_and_a_published_one_stays(round_, coordinator):
    pending = DecisionFactory(application=in_review(round_))
    published = DecisionFactory(application=in_review(round_), published_at=clock.now(), published_by=coordinator)
    chosen = [pending.application, published.application]
    assert take_back_decisions(round=round_, applications=chosen, by=coordinator) == 1
    assert list(Decision.objects.all()) == [published]
    with pytest.raises(Refused, match="None of these has a pending decision"):
        take_back_decisions(round=round_, applications=chosen, by=coordinator)


# --- publication --------------------------------------------------------------------------------------------------
@pytest.fixture
def three(round_, criterion, coordinator):
    """A pending offer, waiting list and rejection, in three written forms."""
    offer = in_review(round_, 5, 5, written_form="nb")
    waiting = in_review(round_, 4, 4, written_form="nn")
    rejected = in_review(round_, 2, 2, written_form="sv")
    decide(round=round_, applications=[offer], result="offer", by=coordinator)
    decide(round=round_, applications=[waiting], result="waiting_list", by=coordinator)
    decide(
        round=round_,
        applications=[rejected],
        result="rejection",
        criterion=criterion,
        reasons="Du skriver lite om hvorfor du vil reise.",
        by=coordinator,
    )
    return offer, waiting, rejected


def test_publishing_moves_writes_and_mails_everything_at_one_instant(round_, three, coordinator):
    decisions = publish_decisions(round=round_, by=coordinator)
    states = [Application.objects.get(pk=each.pk).status for each in three]
    assert states == ["offered", "waiting_list", "rejected"]
    assert len({decision.published_at for decision in decisions}) == 1
    assert {decision.published_by for decision in decisions} == {coordinator}
    offer = three[0].decisions.get()
    assert offer.answer_by == round_.answer_by
    assert [(each.decisions.get().letter.language) for each in three] == ["nb", "nn", "sv"]
    mails = OutboundMail.objects.filter(template="apprentices/email/decision").order_by("pk")
    assert [(mail.to_address, mail.language, mail.attachments.get()) for mail in mails] == [
        (each.email, each.written_form, each.decisions.get().letter) for each in three
    ]
    round_.refresh_from_db()
    assert round_.status == RoundStatus.PUBLISHED


def test_the_mail_says_the_state_the_case_is_in(round_, coordinator):
    offer, waiting = in_review(round_, written_form="en"), in_review(round_, written_form="en")
    decide(round=round_, applications=[offer], result="offer", by=coordinator)
    decide(round=round_, applications=[waiting], result="waiting_list", by=coordinator)
    publish_decisions(round=round_, by=coordinator)
    subjects = {mail.to_address: mail.subject for mail in OutboundMail.objects.all()}
    assert subjects == {
        offer.email: f"You are offered a place: {offer.reference}",
        waiting.email: f"You are on the waiting list: {waiting.reference}",
    }


def test_publishing_twice_says_that_there_is_nothing_left(round_, three, coordinator, head):
    publish_decisions(round=round_, by=coordinator)
    with pytest.raises(Refused, match="nothing to publish"):
        publish_decisions(round=round_, by=head)
    assert OutboundMail.objects.filter(template="apprentices/email/decision").count() == 3


def test_a_failure_half_way_keeps_the_whole_round_as_it_was(
    round_, three, coordinator, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    made = []
    store = publication.files.store

    def second_one_fails(**arguments):
        made.append(arguments)
        if len(made) == 2:
            raise OSError("disk full")
        return store(**arguments)

    monkeypatch.setattr(publication.files, "store", second_one_fails)
    with pytest.raises(OSError, match="disk full"):
        publish_decisions(round=round_, by=coordinator)
    assert {Application.objects.get(pk=each.pk).status for each in three} == {"in_review"}
    assert (StoredFile.objects.count(), OutboundMail.objects.count()) == (0, 0)
    assert Decision.objects.pending().count() == 3
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_letters_are_laid_out_before_the_transaction_unless_their_words_change(round_, three, coordinator, monkeypatch):
    laid_out = []
    real = publication.documents.letter_pdf

    def note(letter, *, office):
        laid_out.append(letter.addressee)
        if len(laid_out) == 3:  # somebody changes the reasons while the last letter is laid out
            Decision.objects.filter(application=three[2]).update(reasons="Ny grunn.")
        return real(letter, office=office)

    monkeypatch.setattr(publication.documents, "letter_pdf", note)
    publish_decisions(round=round_, by=coordinator)
    assert laid_out == [each.full_name for each in (*three, three[2])]
    assert "Ny grunn." in text_of(three[2].decisions.get().letter)


@pytest.mark.parametrize(
    ("answer_by", "missing"),
    [
        (None, "The round does not say by when offers are answered."),
        (-1, "The date by which offers are answered has passed."),
    ],
)
def test_offers_need_a_date_for_the_answers(round_, three, coordinator, answer_by, missing):
    round_.answer_by = None if answer_by is None else days(answer_by)
    round_.save()
    with pytest.raises(NotReady) as refusal:
        publish_decisions(round=round_, by=coordinator)
    assert refusal.value.missing == [missing]
    assert Decision.objects.pending().count() == 3


def test_who_withdrew_meanwhile_gets_no_letter(round_, three, coordinator):
    Application.objects.filter(pk=three[0].pk).update(status=ApplicationStatus.WITHDRAWN)
    decisions = publish_decisions(round=round_, by=coordinator)
    assert {decision.application for decision in decisions} == set(three[1:])
    assert three[0].decisions.count() == 0


def test_a_later_decision_from_the_waiting_list_is_a_row_of_its_own(round_, three, coordinator):
    publish_decisions(round=round_, by=coordinator)
    decide(round=round_, applications=[three[1]], result="offer", by=coordinator)
    publish_decisions(round=round_, by=coordinator)
    assert [each.result for each in three[1].decisions.order_by("pk")] == ["waiting_list", "offer"]
    assert Application.objects.get(pk=three[1].pk).status == ApplicationStatus.OFFERED


# --- letters ------------------------------------------------------------------------------------------------------
def text_of(stored):
    with stored.content.open("rb") as content:
        document = pypdfium2.PdfDocument(content.read())
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(words.split())


def test_a_rejection_says_criterion_reasons_and_the_way_to_appeal(round_, three, coordinator):
    publish_decisions(round=round_, by=coordinator)
    letter = text_of(three[2].decisions.get().letter)
    for part in (three[2].full_name, three[2].reference, "Motivasjon", "Du skriver lite om hvorfor du vil reise."):
        assert part in letter


def test_only_an_office_with_appeals_writes_of_them(round_, coordinator):
    round_.office.has_appeals = False
    decision = DecisionFactory(application=in_review(round_, written_form="en"))
    headings = {True: None, False: None}
    for has_appeals in headings:
        decision.application.office.has_appeals = has_appeals
        letter = decision_letter(decision, by=coordinator, on=days(0))
        headings[has_appeals] = [heading for heading, _paragraphs in letter.sections]
    assert headings[True] == ["Why you got a place", "What you do now", "Your right to appeal"]
    assert headings[False] == ["Why you got a place", "What you do now"]


@pytest.mark.verapdf
def test_a_letter_to_a_difficult_name_is_archival_and_accessible(round_, coordinator, verapdf):
    application = in_review(
        round_, 4, 4, written_form="nb", given_name="Nguyễn Thị Mỹ", family_name="Żółć-Øygården <&> " + "x" * 80
    )
    decide(round=round_, applications=[application], result="offer", by=coordinator, reasons="“Łódź” – ærlig & klar")
    (decision,) = publish_decisions(round=round_, by=coordinator)
    with decision.letter.content.open("rb") as content:
        verapdf(content.read())


def test_the_table_of_moves_has_a_service_for_each_decision():
    assert {move.name for move in services.MOVES.values()} == {
        workflow.OFFER.name,
        workflow.PUT_ON_WAITING_LIST.name,
        workflow.REJECT.name,
    }


def test_letters_speak_the_written_form_of_the_person(round_, coordinator):
    titles = {}
    for language in ("nb", "nn", "sv", "en"):
        decision = DecisionFactory(
            application=in_review(round_, written_form=language), result="rejection", reasons="x"
        )
        titles[language] = decision_letter(decision, by=coordinator, on=days(0)).title
    assert titles["en"] == "You did not get a place this time"
    assert len(set(titles.values())) == 4
