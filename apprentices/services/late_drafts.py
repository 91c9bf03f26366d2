"""Drafts and the deadline: reminders before it, and letting one applicant in after it."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus, RoundStatus
from apprentices.models import Application, DraftReminder, LateAdmission
from apprentices.notifications import drafts as notifications
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock

REMIND_TASK = "apprentices.remind_draft"
REMIND_DAYS = (7, 2)  # before closing, the longest first


def due_reminders(limit=200) -> list[int]:
    """Ids of the drafts that should have had a reminder by now; asked by the sweeper."""
    unsent = (
        Application.objects.held_by_applicant()
        .filter(status=ApplicationStatus.DRAFT, replaced_by=None, round__status=RoundStatus.OPEN)
        .order_by()
    )
    found: set[int] = set()
    for days in REMIND_DAYS:
        due = unsent.filter(**_window(days)).exclude(reminders__days=days)
        found.update(due.values_list("pk", flat=True)[:limit])
    return sorted(found)


@transaction.atomic
def remind_draft(*, application_id) -> bool:
    """Mail the reminder that is due for one draft, once; returns whether one went out. Safe to run twice at once."""
    application = Application.objects.select_for_update(of=("self",)).filter(pk=application_id).first()
    days = _due(application) if application else None
    if application is None or days is None or application.reminders.filter(days=days).exists():
        return False
    DraftReminder.objects.create(application=application, days=days, sent_at=clock.now())
    left = application.round.closes_at.astimezone(application.office.tz).date() - clock.today(application.office.tz)
    notifications.draft_reminder(application, days=left.days)
    return True


@transaction.atomic
def admit_late(*, application, until, reason, by, seen=""):
    """Let one draft be sent until an instant after closing. Mails the applicant a fresh link.

    A new word replaces the one before, which whoever gives it has ``seen`` (``word_of``); its history keeps both.
    Raises TransitionNotAllowed (it was sent, or another one was; somebody else has let the applicant in meanwhile) or
    Refused (the round still takes it, its decisions are published, or the new deadline lies behind us).
    """
    application = lock(application)
    if word_of(application) != seen:
        raise TransitionNotAllowed(_("Somebody has let this applicant in meanwhile. Please look at it again."))
    if application.status != ApplicationStatus.DRAFT or application.replaced_by_id is not None:
        raise TransitionNotAllowed(_("The application has been sent meanwhile."))
    if application.round.status != RoundStatus.OPEN:
        raise Refused(_("The decisions of this round are published: nobody can be let in any more."))
    now = clock.now()
    if application.round.closes_at > now:
        raise Refused(_("The round is still open."))
    if until <= now:
        raise Refused(_("The new deadline has passed already."))
    admission, _is_new = LateAdmission.objects.update_or_create(
        application=application,
        defaults={"until": until, "reason": reason, "admitted_by": by, "admitted_at": now},
    )
    notifications.late_admission(admission)
    return admission


def word_of(application) -> str:
    """A mark of the admission that is there now, for a page to send back; empty without one."""
    admission = LateAdmission.objects.filter(application=application).first()
    return admission.admitted_at.isoformat() if admission else ""


def _window(days):
    """Filters of the drafts whose reminder ``days`` before closing is due: begun before that day, and not overtaken."""
    now = clock.now()
    following = max((other for other in REMIND_DAYS if other < days), default=0)
    return {
        "round__closes_at__lte": now + datetime.timedelta(days=days),
        "round__closes_at__gt": now + datetime.timedelta(days=following),
        "created_at__lte": F("round__closes_at") - datetime.timedelta(days=days),
    }


def _due(application):
    """The reminder that this draft should have now, as days before closing; or None."""
    return next(
        (
            days
            for days in REMIND_DAYS
            if Application.objects.held_by_applicant()
            .filter(
                pk=application.pk,
                status=ApplicationStatus.DRAFT,
                replaced_by=None,
                round__status=RoundStatus.OPEN,
                **_window(days),
            )
            .exists()
        ),
        None,
    )
