"""Every kind of letter in every language: archival, accessible, and true to its decision."""

import pypdfium2
import pytest

from apprentices import documents
from apprentices.models import Deferral
from apprentices.services.deferrals import defer_application
from apprentices.services.publication import letter_of
from mobility.common import clock
from tests.apprentices.deciding import in_review
from tests.factories import AppealFactory, CriterionFactory, DecisionFactory, RoundFactory

LANGUAGES = ["nb", "nn", "sv", "en"]
APPEALS = ["upheld", "partly", "rejected", "refused"]
KINDS = ["offer", "moved_up", "waiting_list", "rejection", "deferral", "lapsed", *APPEALS]
NAME = {"given_name": "Nguyễn Thị Mỹ", "family_name": "Żółć-Øygården <&> " + "x" * 80}
WORDS = "“Łódź” – ærlig & klar\n\n<b>Ikke fet</b>"


@pytest.fixture
def round_(office):
    office.appeal_body = "Klagenemnda"
    office.save()
    round_ = RoundFactory(office=office)
    CriterionFactory(round=round_, weight=100, name_nb="Motivasjon", name_nn="Motivasjon", name_sv="Motivation")
    return round_


def letter(kind, language, round_, coordinator, head):
    """The words of one letter, as they would go out now."""
    if kind == "deferral":
        application = in_review(round_, written_form=language, **NAME)
        defer_application(application=application, by=coordinator, reason=WORDS)
        return documents.deferral_letter(Deferral.objects.get(), by=coordinator, on=clock.today())
    if kind == "lapsed":
        application = in_review(round_, 4, 4, written_form=language, owner=coordinator, **NAME)
        offer = DecisionFactory(application=application, published_at=clock.now(), published_by=head)
        return documents.lapse_letter(offer, last_day=round_.answer_by, on=clock.today())
    if kind in APPEALS:
        against = DecisionFactory(
            application=in_review(round_, written_form=language, **NAME), result="rejection", reasons="x"
        )
        appeal = AppealFactory(decision=against, words=WORDS, is_late=kind == "refused")
        return documents.appeal_letter(appeal, outcome=kind, by=coordinator, on=clock.today())
    decision = DecisionFactory(
        application=in_review(round_, 4, 4, written_form=language, **NAME),
        result="offer" if kind == "moved_up" else kind,
        source="waiting_list" if kind == "moved_up" else "ranking",
        criterion=round_.criteria.get(),
        reasons=WORDS,
        score="4.25",
        rank=3,
        sent_at=clock.now(),
        sent_by=coordinator,
        approved_at=clock.now(),
        approved_by=head,
    )
    return letter_of(decision, by=coordinator, moment=clock.now())


@pytest.mark.verapdf
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_archival_and_accessible(round_, coordinator, head, verapdf, kind, language):
    words = letter(kind, language, round_, coordinator, head)
    verapdf(documents.letter_pdf(words, office=round_.office))


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_what_the_preview_says(round_, coordinator, head, kind):
    words = letter(kind, "en", round_, coordinator, head)
    document = pypdfium2.PdfDocument(documents.letter_pdf(words, office=round_.office))
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    said = [words.title, words.opening, words.reference, words.signed_by, words.signed_for, words.approved_by]
    said += [part for label, value in words.facts for part in (label, value)]
    said += [part for heading, paragraphs in words.sections for part in (heading, *paragraphs)]
    assert [each for each in said if "".join(str(each).split()).replace("-", "") not in text.replace("-", "")] == []


def test_each_kind_has_its_own_title_and_all_of_them_name_the_case(round_, coordinator, head):
    found = [letter(kind, "en", round_, coordinator, head) for kind in KINDS]
    assert [each.title for each in found] == [
        "You are offered a place",
        "A place has become free for you",
        "You are on the waiting list",
        "You did not get a place this time",
        "Your application waits for a later round",
        "Your offer is not open any more",
        "Your appeal is upheld",
        "Your appeal is upheld in part",
        "Your appeal is not upheld",
        "Your appeal came too late",
    ]
    assert all(each.reference in dict(each.facts)["Application"] for each in found)
    assert [each.approved_by for each in found] == [str(head)] * 4 + [""] * 6
