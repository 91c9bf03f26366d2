"""Learning agreements: made, and replaced by a newer version. Signing is in ``signatures.py``."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock, files
from mobility.common.errors import TransitionNotAllowed
from mobility.common.workflow import lock, move, require, require_nothing_missing
from placements import documents, workflow
from placements.enums import AgreementStatus, Party, PlacementStatus
from placements.models import LearningAgreement, LearningOutcome, Placement, Signature
from placements.selectors import placing as selectors
from placements.services.signatures import ask_next

AGREED_IN = (PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)
MAKE = "make"


@files.only_if_kept()
@transaction.atomic
def make_agreement(*, placement, language, tasks, outcomes, by, monitoring="", recognition=""):
    """Make version 1 with its PDF, and ask the apprentice to sign. ``outcomes`` is a list of sentences.

    Raises TransitionNotAllowed (not confirmed yet, or there is an agreement) or NotReady (a party is unknown).
    """
    placement = lock(placement)
    if placement.learning_agreements.exclude(status=AgreementStatus.REPLACED).exists():
        raise TransitionNotAllowed(_("There is a learning agreement already."))
    return _make(
        placement,
        language=language,
        tasks=tasks,
        outcomes=outcomes,
        monitoring=monitoring,
        recognition=recognition,
        by=by,
    )


@files.only_if_kept()
@transaction.atomic
def replace_agreement(*, agreement, language, tasks, outcomes, by, monitoring="", recognition=""):
    """Put a newer version in the place of ``agreement`` and ask everybody to sign again.

    The old version keeps its document and its signatures; open links to sign it become worthless.
    """
    placement = lock(agreement.placement)
    withdraw_agreement(agreement=agreement, by=by)
    return _make(
        placement,
        language=language,
        tasks=tasks,
        outcomes=outcomes,
        monitoring=monitoring,
        recognition=recognition,
        by=by,
    )


@transaction.atomic
def withdraw_agreement(*, agreement, by) -> None:
    """Take an agreement out of force without a newer version: the stay looks for another host.

    It keeps its document and its signatures; open links to sign it become worthless. Raises TransitionNotAllowed.
    """
    lock(agreement.placement)
    agreement = lock(agreement)
    require(agreement, workflow.REPLACE)
    for signature in agreement.signatures.filter(signed_at=None):
        links.revoke(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=signature.pk)
    move(agreement, workflow.REPLACE, by=by)


def _make(placement, *, language, tasks, outcomes, monitoring, recognition, by):
    if placement.status not in AGREED_IN:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": placement.get_status_display()}
        )
    outcomes = [text.strip() for text in outcomes if text.strip()]
    missing = selectors.missing_for_confirmation(placement)
    require_nothing_missing(missing if outcomes else [*missing, _("Name at least one learning outcome.")])
    agreement = LearningAgreement.objects.create(
        placement=placement,
        version=placement.learning_agreements.count() + 1,
        language=language,
        tasks=tasks,
        monitoring=monitoring,
        recognition=recognition,
        created_at=clock.now(),
        created_by=by,
    )
    agreement.status_changes.create(name=MAKE, to_status=agreement.status, by=by, at=agreement.created_at)
    for position, text in enumerate(outcomes, 1):
        LearningOutcome.objects.create(agreement=agreement, position=position, text=text)
    for position, (party, signer) in enumerate(parties_of(placement), 1):
        Signature.objects.create(
            agreement=agreement, party=party, position=position, name=signer.name, email=signer.email
        )
    agreement.document = files.store(
        office=placement.office,
        kind="learning-agreement",
        name=documents.agreement_file_name(agreement),
        content=documents.learning_agreement_pdf(agreement, language=language),
        content_type="application/pdf",
        by=by,
        language=language,
        template_version=documents.AGREEMENT_TEMPLATE,
    )
    agreement.save(update_fields=["document"])
    ask_next(agreement)
    return agreement


def parties_of(placement: Placement) -> list[tuple[str, selectors.Signer]]:
    """Who signs, in order: the guardian comes right after an apprentice under 18."""
    apprentice, office = placement.apprentice, placement.office
    found: list[tuple[str, Any]] = [  # whom the placement lacks is missing for its confirmation, above
        (Party.APPRENTICE, selectors.Signer(apprentice.full_name, apprentice.email, apprentice.written_form)),
        (Party.OFFICE, selectors.Signer(office.name, office.email, office.default_language)),
        (Party.EMPLOYER, selectors.employer_of(placement)),
        (Party.HOST, selectors.host_signer(placement)),
    ]
    if selectors.needs_guardian(placement):
        found.insert(1, (Party.GUARDIAN, selectors.guardian_of(placement)))
    return found
