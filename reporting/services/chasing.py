"""Reminding whom the whose-turn board waits for. The mail is shown first; what goes out is what was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import Application, CompletionRequest, Endorsement, Interview, Review
from apprentices.notifications import reminders as to_people
from apprentices.notifications.endorsements import asked_party, endorsement_reminder_preview
from apprentices.notifications.mail import to_applicant
from apprentices.notifications.offers import offer_reminder, offer_reminder_preview
from apprentices.selectors.status import published_decision
from apprentices.services.chasing import remind_now
from mobility.common import clock, formats, outbox
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from mobility.common.workflow import lock
from placements.models import Placement, Signature
from placements.notifications import reminders as to_hosts
from placements.services.signatures import remind_signer, signs_by_link
from reporting.enums import Waiting
from reporting.models import Chase
from reporting.selectors.turns import Line, line_of

NEVER = "never"


@dataclass(frozen=True)
class Mail:
    """One mail as it would go out now."""

    to: outbox.To
    subject: str
    body: str


@dataclass(frozen=True)
class Kind:
    """How one kind of waiting is reminded. ``hold``: what is locked first, in the order of that kind's own services."""

    fetch: Callable[[int], Any]
    hold: Callable[[Any], object]
    mails: Callable[[Any], list[Mail]]
    send: Callable[[Any, Any], list[OutboundMail] | None]
    right: str = "apprentices.chase_endorsement"


def can_be_chased(user, line: Line) -> bool:
    kind = KINDS.get(line.waiting)
    return kind is not None and line.actor != "office" and user.has_perm(kind.right)


def mails_for(line: Line) -> list[Mail]:
    """What would go out now, for a page to show."""
    kind = KINDS[line.waiting]
    return kind.mails(kind.fetch(line.key))


def version_of(line: Line) -> str:
    """What the page that showed the mail carries: when the last reminder went out."""
    return line.reminded_at.isoformat() if line.reminded_at else NEVER


@transaction.atomic
def send_reminder(*, line: Line, version: str, by) -> None:
    """Mail the reminder that was shown, and note who sent it.

    Raises TransitionNotAllowed (nothing is waited for any more) or Refused (a reminder went out since the page was made:
    the second click, or a colleague).
    """
    kind = KINDS[line.waiting]
    row = kind.fetch(line.key)
    kind.hold(row)
    now = line_of(by, line.waiting, line.key)
    if now is None:
        raise TransitionNotAllowed(_("This is not waited for any more."))
    if version_of(now) != version:
        ago = formats.ago(now.reminded_at or clock.now(), clock.now())
        raise Refused(_("A reminder went out %(ago)s already. No second one was sent.") % {"ago": ago})
    sent = kind.send(kind.fetch(line.key), by)
    if sent is None:  # the row's own history has it
        return
    about = _open_sheets(row) if line.waiting == Waiting.REVIEW else [row]
    Chase.objects.bulk_create(
        Chase(
            office=sent[0].office,
            waiting=line.waiting,
            object_id=each.pk,
            mail=sent[0],
            sent_at=clock.now(),
            sent_by=by,
        )
        for each in about
    )


# --- how each kind is fetched, shown and sent -------------------------------------------------------------------------
def _fetch(model, *related):
    return lambda key: model.objects.select_related(*related).get(pk=key)


def _shown(*prepared):
    return [Mail(each.to, *each.written()) for each in prepared]


def _queued(*prepared):
    return [each.queue() for each in prepared]


def _open_sheets(review):
    """What this reviewer owes in the round: one mail for all of it."""
    rows = Review.objects.filter(
        reviewer=review.reviewer_id,
        given_at=None,
        application__round=review.application.round_id,
        application__status=review.application.status,
    )
    return list(rows.select_related("application__round", "application__office").order_by("assigned_at", "pk"))


def _to_reviewer(review):
    return to_people.review(review.reviewer, _open_sheets(review))


def _remind_asked(endorsement, by):
    remind_now(endorsement=endorsement, by=by)


def _offer(application):
    """The published offer, with the application that was fetched."""
    found = published_decision(application)
    if found is not None:
        found.application = application
    return found


def _offer_mails(application):
    found = _offer(application)
    return [Mail(to_applicant(application), *offer_reminder_preview(found))] if found else []


def _to_signer(signature):
    return to_hosts.signature(signature, by_link=signs_by_link(signature))


def _remind_signer(signature, by):
    before = OutboundMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    remind_signer(agreement=signature.agreement, by=by)
    return list(OutboundMail.objects.filter(pk__gt=before, context_ids__signature=signature.pk))


def _hold_agreement(signature):
    lock(signature.agreement.placement)
    lock(signature.agreement)


PERSON = ("apprentice__user", "round", "office")
OF_CASE = tuple(f"application__{name}" for name in PERSON)
STAY = ("apprentice", "partner", "host_company", "office")

KINDS: dict[str, Kind] = {
    Waiting.ENDORSEMENT: Kind(
        _fetch(Endorsement, *OF_CASE),
        lock,
        lambda row: [Mail(asked_party(row), *endorsement_reminder_preview(row))],
        _remind_asked,
    ),
    Waiting.COMPLETION: Kind(
        _fetch(CompletionRequest, *OF_CASE),
        lambda row: lock(row.application),
        lambda row: _shown(to_people.completion(row)),
        lambda row, by: _queued(to_people.completion(row)),
    ),
    Waiting.INTERVIEW: Kind(
        _fetch(Interview, *OF_CASE),
        lambda row: lock(row.application),
        lambda row: _shown(to_people.interview(row)),
        lambda row, by: _queued(to_people.interview(row)),
    ),
    Waiting.OFFER: Kind(
        _fetch(Application, *PERSON),
        lock,
        _offer_mails,
        lambda row, by: [offer_reminder(_offer(row))],
    ),
    Waiting.DETAILS: Kind(
        _fetch(Application, *PERSON),
        lock,
        lambda row: _shown(to_people.details(row)),
        lambda row, by: _queued(to_people.details(row)),
    ),
    Waiting.REVIEW: Kind(
        _fetch(Review, "reviewer", *OF_CASE),
        lambda row: lock(row.application),
        lambda row: _shown(_to_reviewer(row)),
        lambda row, by: _queued(_to_reviewer(row)),
    ),
    Waiting.PROPOSAL: Kind(
        _fetch(Placement, *STAY),
        lock,
        lambda row: _shown(*to_hosts.proposal(row)),
        lambda row, by: _queued(*to_hosts.proposal(row)),
        "placements.propose_placement",
    ),
    Waiting.SIGNATURE: Kind(
        _fetch(Signature, "agreement", *(f"agreement__placement__{name}" for name in STAY)),
        _hold_agreement,
        lambda row: _shown(*_to_signer(row)),
        _remind_signer,
        "placements.make_agreement",
    ),
}
