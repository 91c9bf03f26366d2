"""What an applicant decides after sending: yes or no to an offer, or to withdraw."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Endorsement
from apprentices.notifications import answers as notifications
from apprentices.selectors.status import can_answer, published_decision
from apprentices.selectors.todo import can_ask_again, silent_employer
from apprentices.services.chasing import remind_now
from apprentices.services.completion import drop_completion
from apprentices.services.interviews import drop_interview
from apprentices.services.waiting_list import holds_a_place, propose_next
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock, move, require


@transaction.atomic
def accept_offer(*, application, by):
    """Say yes to a published offer. Mails the applicant.

    Raises TransitionNotAllowed (there is no offer now) or Refused (the last day to answer has passed).
    """
    application = _locked_offer(application, workflow.ACCEPT)
    move(application, workflow.ACCEPT, by=by, news_at=clock.now())
    notifications.offer_accepted(application)
    return application


@transaction.atomic
def decline_offer(*, application, by, reason=""):
    """Say no to a published offer; the next of the waiting list is proposed. Mails the applicant.

    Raises as :func:`accept_offer` does.
    """
    round = lock(application.round)  # noqa: A001 - before the application: the order of all who free a place
    application = _locked_offer(application, workflow.DECLINE)
    move(application, workflow.DECLINE, by=by, note=reason, news_at=clock.now())
    notifications.offer_declined(application)
    propose_next(round, freed_by=application)
    return application


@transaction.atomic
def withdraw_application(*, application, by, reason):
    """Take an application back. The open links to those who were asked become worthless. Mails the applicant.

    After a yes to an offer the office gets a mail, too: a host may be waiting, and only people cancel a placement. A place
    that becomes free is proposed to the next of the waiting list.

    Raises TransitionNotAllowed when the application is settled already.
    """
    round = lock(application.round)  # noqa: A001 - before the application: the order of all who free a place
    application = lock(application)
    require(application, workflow.WITHDRAW)
    frees_place = holds_a_place(application)
    had_said_yes = application.status == ApplicationStatus.ACCEPTED
    move(application, workflow.WITHDRAW, by=by, note=reason, withdrawn_reason=reason, news_at=clock.now())
    for endorsement in application.endorsements.all():
        links.revoke(purpose=LinkPurpose.ENDORSE, object_id=endorsement.pk)
    drop_completion(application=application, by=by)
    drop_interview(application=application, by=by)
    notifications.application_withdrawn(application)
    if had_said_yes:
        notifications.accepted_withdrawn(application)
    if frees_place:
        propose_next(round, freed_by=application)
    return application


@transaction.atomic
def ask_employer_again(*, application, by) -> Endorsement:
    """Remind the training manager, because the applicant asks for it: as the office does, and the case shows by whom.

    The older links go on working. At most once in three days, whoever reminded: raises Refused until then, or when the
    employer has answered.
    """
    asked = silent_employer(lock(application))
    if asked is None:
        raise Refused(_("Your training manager has answered."))
    asked = lock(asked)  # first of all its own row: who answers by a link holds that one, and no other
    if not can_ask_again(asked):
        raise Refused(_("Your training manager has been asked a short while ago. Please wait three days."))
    return remind_now(endorsement=asked, by=by)


def _locked_offer(application, transition) -> Application:
    application = lock(application)
    require(application, transition)
    if not can_answer(application, published_decision(application)):
        raise Refused(_("The last day to answer has passed. Please call the office."))
    return application
