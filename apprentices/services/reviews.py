"""A reviewer's own sheet: the draft, the marks, and the other reviewer's marks afterwards."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import Review, ReviewMark, Round
from apprentices.selectors.reviewing import BEING_JUDGED, REVIEWERS_EACH
from apprentices.services.assigning import require_no_conflict
from mobility.common import clock
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock

__all__ = ["BEING_JUDGED", "REVIEWERS_EACH", "StaleDraft", "give_review", "save_draft", "show_others"]

DRAFT_LIMIT = 40_000  # characters of what one sheet keeps while it is typed
NOT_LOOKED = object()
TAB = "tab"


class StaleDraft(TransitionNotAllowed):
    """The sheet was saved from another device since this page was shown."""


@transaction.atomic
def save_draft(*, review: Review, typed: Mapping[str, Any], by, seen: object = NOT_LOOKED):
    """Keep what was typed and not given. ``seen``: when the page's draft was saved, so that an old page overwrites nothing;
    ``typed["tab"]`` names the browser tab, which may always replace what it saved itself.

    Raises Refused (somebody else's sheet, a conflict), TransitionNotAllowed (decided) or StaleDraft.
    """
    review = _mine(review, by)
    if _is_stale(review, seen, typed.get(TAB, "")):
        raise StaleDraft(_("This sheet was saved on another page meanwhile. Load it again to see what stands there."))
    draft = {str(name): value for name, value in typed.items()}
    if sum(len(str(value)) for value in draft.values()) > DRAFT_LIMIT:
        raise Refused(_("This is more text than a sheet can keep."))
    if draft != review.draft or review.draft_saved_at is None:
        review.draft = draft
        review.draft_saved_at = clock.now()
        review.save(update_fields=["draft", "draft_saved_at"])
    return review


@transaction.atomic
def give_review(
    *, review: Review, marks: Mapping[int, tuple[int, str]], by, remark: str = "", seen=NOT_LOOKED, tab: str = ""
) -> Review:
    """Keep one reviewer's marks: ``marks`` maps each criterion's key to (1 to 5, note). Again replaces them.

    Raises Refused (somebody else's sheet, or a conflict of interest), TransitionNotAllowed (the decision is published),
    StaleDraft (saved elsewhere meanwhile) or NotReady (a criterion has no mark).
    """
    # the round first, as a decision does: its weights do not change between adding up and saving
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=review.application.round_id)
    review = _mine(review, by)
    if _is_stale(review, seen, tab):
        raise StaleDraft(
            _("This sheet was saved on another page meanwhile. What you typed stands here: save again to keep it.")
        )
    criteria = list(round_.criteria.all())
    without = [criterion.name for criterion in criteria if criterion.pk not in marks]
    if without:
        raise NotReady([_("Give a mark for “%(criterion)s”.") % {"criterion": name} for name in without])
    now = clock.now()
    total = 0
    for criterion in criteria:
        mark, note = marks[criterion.pk]
        total += mark * criterion.weight
        ReviewMark.objects.update_or_create(review=review, criterion=criterion, defaults={"mark": mark, "note": note})
    review.total, review.criteria_version, review.remark = total, round_.criteria_version, remark.strip()
    review.changed_at = now if review.given_at else None
    review.given_at = review.given_at or now
    review.draft, review.draft_saved_at = {}, now
    review.save()
    return review


@transaction.atomic
def show_others(*, review: Review, by) -> Review:
    """Let a reviewer who has given marks read the other's. From then on a change of the own marks is told on the board.

    Raises Refused (somebody else's sheet) or NotReady (own marks first).
    """
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.reviewer_id != by.pk:
        raise Refused(_("Only the reviewer fills in this sheet."))
    if review.given_at is None:
        raise NotReady([_("Give your own marks first.")])
    if review.seen_at is None:
        review.seen_at = clock.now()
        review.save(update_fields=["seen_at"])
    return review


def _is_stale(review, seen, tab) -> bool:
    """Whether another page saved since this one was shown. A reload saves while the page is fetched: the same tab."""
    if seen is NOT_LOOKED or review.draft_saved_at == seen:
        return False
    return not tab or review.draft.get(TAB) != tab


def _mine(review, by):
    """The sheet, held with its application; refused to anybody but its reviewer, and to one with a conflict."""
    application = lock(review.application)
    found = Review.objects.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if found is None:
        raise Refused(_("This sheet was given to somebody else meanwhile."))
    if found.reviewer_id != by.pk:
        raise Refused(_("Only the reviewer fills in this sheet."))
    if application.status not in BEING_JUDGED:
        raise TransitionNotAllowed(_("The decision is published: marks cannot be changed any more."))
    require_no_conflict(by, application)
    return found
