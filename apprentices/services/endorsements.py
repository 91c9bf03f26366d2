"""The employer's answer to an application, given by the training manager through a signed link."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import notifications
from apprentices.enums import ApplicationStatus, EndorsementAnswer
from apprentices.models import Endorsement, EndorsementReply
from mobility.accounts import links
from mobility.common import clock
from mobility.common.errors import TransitionNotAllowed

ANSWERABLE = {
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.WAITING_LIST,
    ApplicationStatus.OFFERED,
    ApplicationStatus.ACCEPTED,
}


@transaction.atomic
def answer_endorsement(*, link, answer, name, wages="", conditions="", opinion=""):
    """Note what the training manager answers, under the name that was typed; spends the link. Mails the applicant.

    Raises LinkSpent when the link is no longer good (somebody was faster) and TransitionNotAllowed when the application
    no longer needs an answer.
    """
    links.spend(link)
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("application__apprentice__user", "application__round", "application__office")
        .get(pk=link.object_id)
    )
    if endorsement.application.status not in ANSWERABLE:
        raise TransitionNotAllowed(_("This application no longer needs an answer. Thank you."))
    endorsement.answer = EndorsementAnswer(answer)
    endorsement.name = name
    endorsement.wages = wages if answer == EndorsementAnswer.YES else ""
    endorsement.conditions = conditions
    endorsement.opinion = opinion
    endorsement.answered_at = clock.now()
    endorsement.save()
    _keep_reply(endorsement, link)
    notifications.endorsement_answered(endorsement)
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
        language=link.language,
    )
