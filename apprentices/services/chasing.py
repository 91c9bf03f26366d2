"""Reminding those who were asked about an application, and putting a wrong address right."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apprentices.enums import CORRECTED, REMINDED, EndorsementAnswer
from apprentices.models import Endorsement
from apprentices.notifications import endorsements as notifications
from apprentices.selectors.endorsements import ANSWERABLE, is_needed, is_reminder_due, parties_of
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed

TASK = "apprentices.remind_endorsement"


@transaction.atomic
def remind_if_due(pk: int) -> bool:
    """Send the reminder that is due by the clock, once; returns whether one went out. Safe to run twice at once."""
    endorsement = _locked(pk)
    if not is_reminder_due(endorsement):
        return False
    endorsement.reminders += 1
    _remind(endorsement, by=None)
    return True


@transaction.atomic
def remind_now(*, endorsement, by):
    """Remind somebody who has not answered, because a coordinator wants it. Mails a fresh link.

    Raises TransitionNotAllowed (answered or settled meanwhile) or Refused (the answer is not needed any more).
    """
    endorsement = _locked(endorsement.pk)
    _require_waiting(endorsement)
    if not is_needed(endorsement):
        raise Refused(_("The applicant is 18 now: this answer is not needed any more."))
    _remind(endorsement, by=by)
    return endorsement


@transaction.atomic
def correct_endorsement(*, endorsement, name, email, phone="", by):
    """Put name and address of somebody who has not answered right, and ask again. Mails a fresh link to the new address.

    Every link to the old address is worthless from now on. The history keeps what was corrected, and who did it.
    Raises TransitionNotAllowed (answered or settled meanwhile) or AlreadyTaken (this person has been asked already).
    """
    endorsement = _locked(endorsement.pk)
    _require_waiting(endorsement)
    links.revoke(purpose=LinkPurpose.ENDORSE, object_id=endorsement.pk)
    endorsement.name, endorsement.email, endorsement.phone = name, email, phone
    endorsement.asked_at, endorsement.reminded_at, endorsement.reminders = clock.now(), None, 0
    try:
        with transaction.atomic():
            _save(endorsement, CORRECTED, by)
    except IntegrityError as error:
        raise AlreadyTaken(_("This person has been asked already.")) from error
    notifications.endorsement_asked(endorsement)
    return endorsement


@transaction.atomic
def ask_instead(*, application, kinds, by):
    """Ask whom the application names now in the place of whom it named before, for these kinds. Mails each a link.

    Every link to the one before is worthless from now on; the answers that were given stay as replies, and count no more.
    Who is not named any more, and never answered, is not asked any more; the history keeps that it was so.
    """
    parties = {party.kind: party for party in parties_of(application)}
    for pk in application.endorsements.filter(kind__in=kinds).values_list("pk", flat=True):
        row = _locked(pk)
        party = parties.get(row.kind)
        if party and party.email.lower() == row.email.lower():
            continue
        links.revoke(purpose=LinkPurpose.ENDORSE, object_id=row.pk)
        if party and not application.endorsements.filter(kind=row.kind, email__iexact=party.email).exists():
            _begin_anew(row, party, by)
        elif row.answer == EndorsementAnswer.WAITING and not row.replies.exists():
            row.delete()


def _begin_anew(row, party, by):
    row.name, row.email, row.phone, row.written_form = party.name, party.email, party.phone, party.written_form
    row.answer, row.answered_at = EndorsementAnswer.WAITING, None
    row.wages = row.conditions = row.opinion = ""
    row.asked_at, row.reminded_at, row.reminders = clock.now(), None, 0
    _save(row, CORRECTED, by)
    notifications.endorsement_asked(row)


def _locked(pk):
    return (
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("application__round", "application__office")
        .get(pk=pk)
    )


def _require_waiting(endorsement):
    if endorsement.answer != EndorsementAnswer.WAITING:
        raise TransitionNotAllowed(_("%(name)s has answered meanwhile.") % {"name": endorsement.name})
    if endorsement.application.status not in ANSWERABLE:
        raise TransitionNotAllowed(_("This application no longer needs an answer."))


def _remind(endorsement, *, by):
    endorsement.reminded_at = clock.now()
    _save(endorsement, REMINDED, by)
    notifications.endorsement_reminder(endorsement)


def _save(endorsement, reason, by):
    endorsement._change_reason = reason  # noqa: SLF001 - simple-history's documented name
    endorsement._history_user = by  # noqa: SLF001 - likewise
    endorsement.save()
