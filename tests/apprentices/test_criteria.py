"""Frozen criteria: corrected with a reason, logged, with a new version where weights change."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, RoundStatus
from apprentices.models import CriteriaChange, Decision, Review
from apprentices.selectors.criteria import change_log, effect_of
from apprentices.selectors.ranking import standings
from apprentices.services.criteria import change_criteria
from apprentices.services.decisions import decide
from apprentices.services.reviews import give_review
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from tests import factories
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    found = factories.RoundFactory(office=office, places=1)
    factories.CriterionFactory(
        round=found, weight=60, position=1, code="motivation", name_nb="Motivasjon", name_en="Motivation",
        anchors={"en": {"5": "Reflects"}, "nb": {"5": "Tenker"}},
    )  # fmt: skip
    factories.CriterionFactory(round=found, weight=40, position=2, code="language", name_nb="Språk", name_en="Language")
    return found


def scored(round_, first, second):
    application = factories.ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    review = factories.ReviewFactory(application=application)
    one, two = round_.criteria.all()
    give_review(review=review, marks={one.pk: (first, ""), two.pk: (second, "")}, by=review.reviewer)
    return application


def weights(round_, *values):
    return {criterion.pk: {"weight": value} for criterion, value in zip(round_.criteria.all(), values, strict=True)}


def test_another_spelling_is_logged_and_the_version_stays(round_, coordinator):
    first = round_.criteria.first()
    change = change_criteria(round=round_, changes={first.pk: {"name_en": "Motive"}}, reason="Spelling", by=coordinator)
    first.refresh_from_db()
    round_.refresh_from_db()
    assert (first.name_en, round_.criteria_version, change.version) == ("Motive", 1, 1)
    assert (change.by, change.reason) == (coordinator, "Spelling")
    assert (change.before["motivation"]["name_en"], change.after["motivation"]["name_en"]) == ("Motivation", "Motive")
    assert [(line["what"], line["before"], line["after"]) for line in change_log(round_)[0]["lines"]] == [
        ("Motivasjon, name (English)", "Motivation", "Motive")
    ]


def test_other_weights_make_a_version_and_compute_every_total_anew(round_, coordinator):
    application = scored(round_, 5, 1)
    (pending,) = decide(round=round_, applications=[application], result="offer", by=coordinator)
    assert standings(round_)[0].score == Decimal("3.40")
    change_criteria(round=round_, changes=weights(round_, 20, 80), reason="As the board decided", by=coordinator)
    round_.refresh_from_db()
    review = Review.objects.get()
    assert (round_.criteria_version, review.criteria_version, review.total) == (2, 1, 180)
    assert standings(round_)[0].score == Decimal("1.80")
    kept = Decision.objects.get(pk=pending.pk)
    assert (kept.score, kept.rank, kept.criteria_version) == (Decimal("3.40"), 1, 1)
    again = give_review(review=review, marks={each.pk: (5, "") for each in round_.criteria.all()}, by=review.reviewer)
    assert (again.criteria_version, again.total) == (2, 500)


def test_the_effect_says_who_rises_and_falls_before_anything_is_saved(round_):
    first, second = scored(round_, 5, 1), scored(round_, 1, 5)
    one, two = round_.criteria.all()
    effect = effect_of(round_, {one.pk: 20, two.pk: 80})
    assert (effect.scores, effect.ranks, effect.rising, effect.falling) == (2, 2, [second.pk], [first.pk])
    same = effect_of(round_, {one.pk: 60, two.pk: 40})
    assert (same.scores, same.ranks, same.rising, same.falling) == (0, 0, [], [])


REFUSED = {
    "not open yet": (NotReady, "not open yet"),
    "published": (NotReady, "are published"),
    "one decision published": (NotReady, "are published"),
    "no reason": (NotReady, "Write why"),
    "not 100": (NotReady, "add up to 70"),
    "nothing": (Refused, "Nothing was changed"),
    "another version": (TransitionNotAllowed, "meanwhile"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_guards(round_, coordinator, case):
    changes, more = weights(round_, 50, 50), {}
    if case == "not open yet":
        type(round_).objects.update(status=RoundStatus.PREPARED)
    if case == "published":
        type(round_).objects.update(status=RoundStatus.PUBLISHED)
    if case == "one decision published":
        application = factories.ApplicationFactory(round=round_, submitted=True, status="offered")
        factories.DecisionFactory(application=application, published_at=clock.now())
    if case == "not 100":
        changes = weights(round_, 30, 40)
    if case == "nothing":
        changes = weights(round_, 60, 40)
    if case == "another version":
        more = {"seen_version": 7}
    error, words = REFUSED[case]
    with pytest.raises(error, match=words):
        change_criteria(
            round=round_, changes=changes, reason=" " if case == "no reason" else "Because", by=coordinator, **more
        )
    assert list(round_.criteria.values_list("weight", flat=True)) == [60, 40]
    assert CriteriaChange.objects.count() == 0


def test_only_named_fields_can_be_changed(round_, coordinator):
    with pytest.raises(ValueError, match="not a changeable field"):
        change_criteria(round=round_, changes={round_.criteria.first().pk: {"code": "x"}}, reason="x", by=coordinator)


# --- the page -------------------------------------------------------------------------------------------------------
def filled(browser, round_, **fields):
    page = browser.get(reverse("apprentices:change_criteria", args=[round_.pk]))
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, **fields}


def test_the_effect_is_shown_first_and_saved_second(sign_in, coordinator, round_):
    scored(round_, 5, 1)
    browser = sign_in(coordinator)
    url = reverse("apprentices:change_criteria", args=[round_.pk])
    one, two = round_.criteria.all()
    data = filled(browser, round_, **{f"weight_{one.pk}": 20, f"weight_{two.pk}": 80, "reason": "The board"})
    shown = browser.post(url, {**data, "show": "1"})
    rows = shown.context["effects"]["rows"]
    assert [(row["now"], row["after"]) for row in rows] == [(60, 20), (40, 80), (1, 2)]
    assert "1 application gets another score." in rows[-1]["follows"]
    assert CriteriaChange.objects.count() == 0
    saved = browser.post(url, {**data, "save": "1"}, follow=True)
    assert CriteriaChange.objects.get().reason == "The board"
    assert "The board" in saved.content.decode()  # on the round's own page


def test_a_refused_page_keeps_what_was_typed(sign_in, coordinator, round_):
    browser = sign_in(coordinator)
    data = filled(browser, round_, reason="", **{f"name_nb_{round_.criteria.first().pk}": "Lyst"})
    page = browser.post(reverse("apprentices:change_criteria", args=[round_.pk]), {**data, "save": "1"})
    assert "data-error-summary" in page.content.decode()
    assert 'value="Lyst"' in page.content.decode()
    assert CriteriaChange.objects.count() == 0


def test_an_anchor_text_changes_in_the_readers_language_only(sign_in, coordinator, round_):
    browser = sign_in(coordinator)
    first = round_.criteria.first()
    data = filled(browser, round_, reason="Clearer", **{f"anchors_{first.pk}": "a\nb\nc\nd\ne"})
    browser.post(reverse("apprentices:change_criteria", args=[round_.pk]), {**data, "save": "1"})
    first.refresh_from_db()
    assert first.anchors == {"en": dict(zip("12345", "abcde", strict=True)), "nb": {"5": "Tenker"}}


def test_a_published_round_says_why_it_cannot_be_changed(sign_in, coordinator, round_):
    type(round_).objects.update(status=RoundStatus.PUBLISHED)
    page = sign_in(coordinator).get(reverse("apprentices:change_criteria", args=[round_.pk]))
    assert "its criteria stay as they are" in page.content.decode()


def test_a_coordinator_who_owes_marks_is_not_told_whose_rank_changes(sign_in, office, round_):
    both = member(Role.COORDINATOR, office)
    factories.MembershipFactory(user=both, office=office, role=Role.REVIEWER)
    scored(round_, 5, 1)
    rising = scored(round_, 1, 5)
    factories.ReviewFactory(application=rising, reviewer=both)
    browser = sign_in(both)
    one, two = round_.criteria.all()
    data = filled(browser, round_, **{f"weight_{one.pk}": 20, f"weight_{two.pk}": 80, "reason": "x", "show": "1"})
    page = browser.post(reverse("apprentices:change_criteria", args=[round_.pk]), data)
    follows = page.context["effects"]["rows"][-1]["follows"]
    assert ("2 applications" in follows, rising.full_name in follows) == (True, False)
