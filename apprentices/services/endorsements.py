"""Asking about an application, and the answers that come back through signed links."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apprentices import consent
from apprentices.enums import EndorsementAnswer, EndorsementKind
from apprentices.models import Endorsement, EndorsementReply
from apprentices.notifications import endorsements as notifications
from apprentices.selectors.endorsements import ANSWERABLE, parties_of
from apprentices.services.casework import note_news
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import TransitionNotAllowed


@transaction.atomic
def ask_everybody(*, application) -> list[Endorsement]:
    """Ask everybody whom a sent application names and who has not been asked. Mails each a signed link.

    Safe to call again: after a correction of the application it asks only who is new. Another employer or training
    office is not asked beside the one who was: the coordinator corrects the address (``correct_endorsement``).
    """
    asked = {(row.kind, row.email.lower()) for row in application.endorsements.all()}
    kinds = {kind for kind, _email in asked} - {EndorsementKind.GUARDIAN}
    new = []
    for party in parties_of(application):
        if party.kind in kinds or (party.kind, party.email.lower()) in asked:
            continue
        endorsement = Endorsement(
            application=application,
            kind=party.kind,
            name=party.name,
            email=party.email,
            phone=party.phone,
            written_form=party.written_form,
            asked_at=clock.now(),
        )
        endorsement.save()
        notifications.endorsement_asked(endorsement)
        new.append(endorsement)
    return new


@transaction.atomic
def answer_endorsement(*, link, answer, name, wages="", conditions="", opinion="", phone=""):
    """Note what somebody who was asked answers, under the name that was typed; spends the link. Mails the applicant.

    The answer becomes the newest one on the endorsement, and a reply that stays as it is.
    Raises LinkSpent when the link is no longer good (somebody was faster) and TransitionNotAllowed when the application
    no longer needs an answer.
    """
    endorsement = (  # first of all locks: two links to one row wait here, not for each other
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("application__apprentice__user", "application__round", "application__office")
        .get(pk=link.object_id)
    )
    links.spend(link)
    if endorsement.application.status not in ANSWERABLE:
        raise TransitionNotAllowed(_("This application no longer needs an answer. Thank you."))
    is_consent = endorsement.kind == EndorsementKind.EMPLOYER and answer == EndorsementAnswer.YES
    endorsement.answer = EndorsementAnswer(answer)
    endorsement.name = name
    endorsement.wages = wages if is_consent else ""
    endorsement.conditions = conditions
    endorsement.opinion = opinion
    endorsement.phone = phone or endorsement.phone
    endorsement.answered_at = clock.now()
    endorsement.save()
    _keep_reply(endorsement, link)
    _close_other_links(endorsement)
    notifications.endorsement_answered(endorsement)
    # after the commit: who holds a case waits for those who were asked, never the other way round
    transaction.on_commit(lambda: note_news(endorsement.application))
    return endorsement


def _keep_reply(endorsement, link):
    """What was answered just now, as a row that nothing changes any more."""
    return EndorsementReply.objects.create(
        endorsement=endorsement,
        answer=endorsement.answer,
        wages=endorsement.wages,
        conditions=endorsement.conditions,
        opinion=endorsement.opinion,
        name=endorsement.name,
        email=link.address,
        given_at=endorsement.answered_at,
        text_version=consent.ENDORSEMENT_VERSION,
        language=(get_language() or link.language).split("-")[0],
    )


def _close_other_links(endorsement):
    """The first mail and its reminders have one answer: the links in the others say that it was received."""
    AccessLink.objects.filter(
        purpose=LinkPurpose.ENDORSE, object_id=endorsement.pk, used_at=None, revoked_at=None
    ).update(used_at=endorsement.answered_at)
