"""Returning an application for completion: asking, saving what comes, sending it again, closing and reminding."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, CompletionRequest
from apprentices.notifications import completion as notifications
from apprentices.selectors import completion as selectors
from apprentices.services.applications import update_people
from apprentices.services.casework import note_news
from apprentices.services.chasing import ask_instead
from apprentices.services.drafts import drop_unasked, write_levels
from apprentices.services.eligibility import check_eligibility
from apprentices.services.endorsements import ask_everybody
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require, require_nothing_missing

REMIND_TASK = "apprentices.remind_completion"


@transaction.atomic
def return_application(*, application, by, fields, message, due_on) -> CompletionRequest:
    """Ask the applicant to complete the named fields, and only those, by a day. Mails the applicant.

    Raises TransitionNotAllowed (decided, or returned already) or Refused (a pending decision; a day that has passed; a
    name that is no field of the form).
    """
    application = lock(application)
    require(application, workflow.RETURN_FOR_COMPLETION)
    if application.decisions.exists():
        raise Refused(_("There is a pending decision. Take it back first."))
    if due_on <= clock.today(application.office.tz):
        raise Refused(_("The last day must lie ahead."))
    unknown = set(fields) - selectors.ASKABLE
    if unknown or not fields:
        raise Refused(_("Choose at least one thing that the applicant can complete."))
    asked = CompletionRequest.objects.create(
        application=application,
        fields=list(fields),
        message=message,
        due_on=due_on,
        returned_from=application.status,
        asked_at=clock.now(),
        asked_by=by,
        before=selectors.snapshot(application, fields),
    )
    move(application, workflow.RETURN_FOR_COMPLETION, by=by, note=message)
    notifications.completion_asked(asked)
    return asked


@transaction.atomic
def save_completion(*, application, by, answers, levels=None) -> Application:
    """Keep answers to the named fields, complete or not; the other fields of the application stay as they are.

    ``levels``: of languages, as ``drafts.save_languages`` takes them.
    Raises TransitionNotAllowed when nothing is asked any more. A name that was not asked is a fault of the caller.
    """
    application, asked = _open(application)
    unknown = set(answers) - set(asked.fields) | ({selectors.LANGUAGES} - set(asked.fields) if levels else set())
    if unknown:
        raise TypeError(f"not asked for: {sorted(unknown)}")
    for name, value in answers.items():
        setattr(application, name, value)
    write_levels(application, levels or {})
    application.saved_at = asked.saved_at = clock.now()
    application.save(update_fields=[*answers, "saved_at"])
    asked.save(update_fields=["saved_at"])
    return application


@transaction.atomic
def complete_application(*, application, by) -> Application:
    """Send the completed application back to where it was. Mails the coordinator who asked; checks eligibility anew.

    Who is named only now (a guardian) is asked now; who is named instead of somebody else is asked instead.

    Also after the last day: late is better than never, and the office sees that it was. Raises NotReady (``missing``
    says what) or TransitionNotAllowed.
    """
    application, asked = _open(application)
    require_nothing_missing(selectors.missing_for_completion(application, asked))
    drop_unasked(application)
    _close(application, asked, by=by)
    note_news(application)
    update_people(application=application)
    ask_instead(application=application, kinds=selectors.parties_changed(asked), by=by)
    ask_everybody(application=application)
    check_eligibility(application=application)
    notifications.completion_answered(asked)
    return application


@transaction.atomic
def close_completion(*, application, by, reason) -> Application:
    """Go on without the answer: the office takes the application back as it is. Mails the applicant."""
    application, asked = _open(application)
    asked.closed_by = by
    _close(application, asked, by=by, note=reason)
    check_eligibility(application=application)
    notifications.completion_closed(asked)
    return application


def drop_completion(*, application, by):
    """Close what is asked of an application that leaves the route, without a move of its own. Inside a transaction."""
    for asked in application.completion_requests.open():
        asked.answered_at, asked.closed_by = clock.now(), by
        asked.after = selectors.snapshot(application, asked.fields)
        asked.save(update_fields=["answered_at", "closed_by", "after"])


@transaction.atomic
def remind_completion(request_id: int) -> bool:
    """Mail the reminder once, two days before the last day. Safe to run twice; says whether it mailed now."""
    asked = CompletionRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if asked is None or asked.pk not in selectors.due_for_reminder():
        return False
    asked.reminded_at = clock.now()
    asked.save(update_fields=["reminded_at"])
    notifications.completion_reminder(asked)
    return True


def _open(application) -> tuple[Application, CompletionRequest]:
    application = lock(application)
    asked = application.completion_requests.open().first()
    if application.status != ApplicationStatus.RETURNED or asked is None:
        raise TransitionNotAllowed(_("There is nothing to complete any more. What we have is shown here."))
    return application, asked


def _close(application, asked, *, by, note=""):
    asked.answered_at = clock.now()
    asked.after = selectors.snapshot(application, asked.fields)
    asked.save(update_fields=["answered_at", "after", "closed_by"])
    move(application, selectors.way_back(asked), by=by, note=note)
