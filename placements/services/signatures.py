"""Signing a learning agreement in the browser, one party after the other."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock, files
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require, require_nothing_missing
from placements import documents, workflow
from placements.enums import Party, PlacementStatus
from placements.models import LearningAgreement, Signature
from placements.notifications import placing as notifications
from placements.selectors import placing as selectors

SIGNED_IN = (PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)


@files.only_if_kept()
@transaction.atomic
def sign(*, signature, typed_name, by=None, link=None):
    """Put one party's signature under the agreement and ask the next party by mail.

    ``by`` is the signed-in person, ``link`` the signed link of somebody without an account (it is spent). The agreement
    is locked: of two at once, one signs. The last one completes the agreement and mails everybody the final document.
    Raises LinkSpent, TransitionNotAllowed (replaced, cancelled, signed already, not this party's turn) or NotReady.
    """
    if (by is None) == (link is None):
        raise ValueError("somebody signs signed in or by link")
    placement = lock(signature.agreement.placement)  # first, as every service on stays does: no deadlock
    agreement = lock(signature.agreement)
    if link is not None:
        links.spend(link)
    require(agreement, workflow.SIGN_LAST)
    _require_alive(placement)
    signature = _own_turn(agreement, signature)
    require_nothing_missing([] if typed_name.strip() else [_("Type your name.")])
    signature.signed_at = clock.now()
    signature.signed_name = typed_name.strip()
    signature.signed_by = by
    signature.document_sha256 = agreement.document.sha256
    signature.save(update_fields=["signed_at", "signed_name", "signed_by", "document_sha256"])
    links.revoke(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=signature.pk)
    if selectors.next_signature(agreement):
        ask_next(agreement)
    else:
        _complete(agreement, by)
    return signature


def ask_next(agreement):
    """Mail the party whose turn it is, and note when."""
    signature = selectors.next_signature(agreement)
    signature.asked_at = clock.now()
    signature.save(update_fields=["asked_at"])
    user = agreement.placement.apprentice.user if signature.party == Party.APPRENTICE else None
    notifications.ask_to_sign(
        signature, by_link=signs_by_link(signature), language=notifications.language_of(signature), user=user
    )


@transaction.atomic
def remind_signer(*, agreement, by):
    """Mail the waiting party once more; an older link stops working. Raises TransitionNotAllowed."""
    agreement = lock(agreement)
    require(agreement, workflow.SIGN_LAST)
    _require_alive(agreement.placement)
    signature = selectors.next_signature(agreement)
    links.revoke(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=signature.pk)
    ask_next(agreement)
    return signature


def signs_by_link(signature) -> bool:
    """Guardian, employer and a host company have no account; nor has an apprentice who was imported."""
    placement = signature.agreement.placement
    match signature.party:
        case Party.APPRENTICE:
            return placement.apprentice.user_id is None
        case Party.OFFICE:
            return False
        case Party.HOST:
            return placement.host_company_id is not None
    return True


def _require_alive(placement):
    if placement.status not in SIGNED_IN:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": placement.get_status_display()}
        )


def _own_turn(agreement, signature):
    """The signature, fetched again under the agreement's lock. Raises unless it is empty and all before it are full."""
    fresh = Signature.objects.select_related("agreement__placement").get(pk=signature.pk)
    if fresh.signed_at:
        raise TransitionNotAllowed(_("This is signed already."))
    waiting = selectors.next_signature(agreement)
    if waiting.pk != fresh.pk:
        raise Refused(_("%(party)s signs first.") % {"party": waiting.name})
    return fresh


def _complete(agreement, by):
    """The last signature: make the final document with all of them in it."""
    agreement = LearningAgreement.objects.select_related("placement__office").get(pk=agreement.pk)
    move(agreement, workflow.SIGN_LAST, by=by)
    agreement.signed_document = files.store(
        office=agreement.placement.office,
        kind="learning-agreement",
        name=documents.agreement_file_name(agreement),
        content=documents.learning_agreement_pdf(agreement, language=agreement.language),
        content_type="application/pdf",
        by=by,
        language=agreement.language,
        template_version=documents.AGREEMENT_TEMPLATE,
    )
    agreement.save(update_fields=["signed_document"])
    notifications.tell_signed(agreement)
