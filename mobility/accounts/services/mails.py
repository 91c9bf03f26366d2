"""What a coordinator can do about a mail of the office: hold, release, correct, try again, send once more, give up.

Each is a move of the row under its lock, and a row of the mail's own log. A sent mail is never altered.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.accounts import mail_text
from mobility.common import clock, jobs, outbox
from mobility.common.errors import Refused
from mobility.common.models import MailChange, OutboundMail

State, What = OutboundMail.State, MailChange.What
TASK = "common.send_mail"
CORRECTABLE = ("to_address", "subject", "body")


@transaction.atomic
def retry_mail(*, mail, by):
    """Queue a failed mail again, as if it were new. Its Message-ID stays. Raises Refused unless it has failed."""
    mail = _locked(mail, {State.FAILED}, _("Only a mail that has failed can be tried again."))
    _queue(mail)
    _log(mail, What.RETRIED, by)
    return mail


@transaction.atomic
def hold_mail(*, mail, by, note=""):
    """Keep a queued mail back until somebody releases it. Raises Refused when it is out, or just going out."""
    mail = _locked(mail, {State.QUEUED}, _("Only a mail that waits to be sent can be held."))
    if outbox.is_being_sent(mail):
        raise Refused(_("This mail is being sent at this moment: it is too late to hold it."))
    mail.state = State.HELD
    mail.save(update_fields=["state"])
    _log(mail, What.HELD, by, note=note)
    return mail


@transaction.atomic
def release_mail(*, mail, by):
    """Let a held mail go. Raises Refused unless it is held."""
    mail = _locked(mail, {State.HELD}, _("This mail is not held."))
    _queue(mail)
    _log(mail, What.RELEASED, by)
    return mail


@transaction.atomic
def hold_mails(*, mails, by) -> tuple[int, int]:
    """Hold what still waits of these mails: (how many are held now, how many were out or in a sender's hand)."""
    return _each(mails, hold_mail, by)


@transaction.atomic
def release_mails(*, mails, by) -> tuple[int, int]:
    """Let those of these mails go that are held: (how many are queued now, how many were not held any more)."""
    return _each(mails, release_mail, by)


def _each(mails, act, by):
    done, ordered = 0, sorted(mails, key=lambda mail: mail.pk)  # two people lock the rows in one order
    for mail in ordered:
        try:
            act(mail=mail, by=by)
        except Refused:
            continue
        done += 1
    return done, len(ordered) - done


@transaction.atomic
def correct_mail(*, mail, by, to_address, subject, body, send=False):
    """Put address, subject or text of a held or failed mail right; with ``send``, queue it at once.

    ``body`` is the text as ``mail_text.editable`` shows it, with a mark for each link. The log keeps what stood there
    before, with the same marks. Raises Refused when the mail has gone out meanwhile, or a mark is missing.
    """
    mail = _locked(mail, {State.HELD, State.FAILED}, _("Only a mail that is held or has failed can be corrected."))
    before = {"to_address": mail.to_address, "subject": mail.subject, "body": mail_text.editable(mail)}
    after = {"to_address": to_address, "subject": " ".join(subject.split())[:255], "body": mail_text.tidy(body)}
    changed = [name for name in CORRECTABLE if before[name] != after[name]]
    if changed:
        full = mail_text.with_secrets(mail, after["body"])
        mail.to_address, mail.subject, mail.body = after["to_address"], after["subject"], full
        mail.save(update_fields=list(CORRECTABLE))
        _log(
            mail, What.CORRECTED, by,
            before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
        )  # fmt: skip
    if send:
        what = What.RELEASED if mail.state == State.HELD else What.RETRIED
        _queue(mail)
        _log(mail, what, by)
    return mail


@transaction.atomic
def send_again(*, mail, by, seen):
    """Send a mail that is out once more, as a new row that points to the first. The first is not touched.

    ``seen`` is how often the page said that this was done already: a second click finds another number and is refused.
    Raises Refused when the mail is not out, or when its link was wiped: only the step that made it makes a new one.
    """
    mail = _locked(mail, {State.SENT}, _("Only a mail that was sent can be sent once more."))
    if mail.resends.count() != seen:
        raise Refused(_("This mail was sent once more already. Look at the new one before you send another."))
    if outbox.WIPED in mail.body:
        raise Refused(
            _(
                "The link or code in this mail was wiped when it went out. Repeat the step that sent it: it makes a new one."
            )
        )
    again = OutboundMail.objects.create(
        office=mail.office,
        recipient=mail.recipient,
        to_address=mail.to_address,
        language=mail.language,
        template=mail.template,
        subject=mail.subject,
        body=mail.body,
        secrets=mail.secrets,
        context_ids=mail.context_ids,
        reply_to=mail.office.email if mail.office else "",
        message_id=f"<{uuid.uuid4().hex}@{mail.message_id.rsplit('@', 1)[-1]}",
        resend_of=mail,
    )
    again.attachments.set(mail.attachments.all())
    jobs.wake(TASK, again.pk)
    _log(mail, What.SENT_AGAIN, by)
    return again


@transaction.atomic
def give_up_mail(*, mail, by, note):
    """Never send a held or failed mail; ``note`` says why. Raises Refused in any other state."""
    mail = _locked(mail, {State.HELD, State.FAILED}, _("Only a mail that is held or has failed can be given up."))
    mail.state, mail.last_error = State.DROPPED, note[:255]
    mail.save(update_fields=["state", "last_error"])
    _log(mail, What.DROPPED, by, note=note)
    return mail


def _locked(mail, states, refusal):
    """The row, held until the transaction ends, if it stands in one of ``states``."""
    mail = OutboundMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state not in states:
        raise Refused(refusal)
    return mail


def _queue(mail):
    mail.state, mail.tries, mail.next_try_at, mail.claimed_at = State.QUEUED, 0, clock.now(), None
    mail.save(update_fields=["state", "tries", "next_try_at", "claimed_at"])
    jobs.wake(TASK, mail.pk)


def _log(mail, what, by, *, before=None, after=None, note=""):
    mail.changes.create(what=what, by=by, before=before or {}, after=after or {}, note=note[:300])
