"""The mail outbox: a mail is a row in the caller's transaction; a task sends it; the sweeper finds what was missed."""

import datetime
import logging
import smtplib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from mobility.common import clock, jobs
from mobility.common.models import OutboundMail

logger = logging.getLogger(__name__)
_checks: list[tuple[str, Callable[[OutboundMail], str]]] = []

MAX_TRIES = 8
WIPED = "••••••"


@dataclass(frozen=True)
class To:
    """Who gets a mail, in which language. ``user`` is set when the person has an account."""

    address: str
    language: str
    name: str = ""
    user: Any = field(default=None, compare=False)


def queue(template, *, to: To, office=None, context=None, about=None, attachments=(), secrets=(), reply_to=""):
    """Write one mail row and have it sent after the commit.

    ``template`` names two files, ``<template>.subject.txt`` and ``<template>.txt``; both are rendered now, in the
    recipient's language. ``about`` maps names to ids of what the mail is about (ids, never persons). ``secrets`` are
    the links and codes in the text: they are wiped from the row once the mail is out. Answers go to the office; a mail
    of no office, such as a code for signing in, names in ``reply_to`` who helps. Returns the row.
    """
    subject, body = written(template, to=to, office=office, context=context)
    mail = OutboundMail.objects.create(
        office=office,
        recipient=to.user,
        to_address=to.address,
        language=to.language,
        template=template,
        subject=subject[:255],
        body=body,
        secrets=[str(secret) for secret in secrets],
        context_ids=about or {},
        reply_to=office.email if office else reply_to,
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
    )
    mail.attachments.set(attachments)
    jobs.wake("common.send_mail", mail.pk)
    return mail


def written(template, *, to: To, office=None, context=None) -> tuple[str, str]:
    """Subject and text of a mail in the recipient's language: what is queued, and what a page shows before it is."""
    values = {"office": office, "to": to, "site_url": settings.SITE_URL, **(context or {})}
    with translation.override(to.language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", values).split())
        body = render_to_string(f"{template}.txt", values).strip() + "\n"
    return subject, body


def checks(prefix: str, check: Callable[[OutboundMail], str]) -> None:
    """Register a question asked just before a mail goes out whose template begins with ``prefix``.

    ``check(mail)`` returns "" (send it) or why it must not go out any more, as a translated sentence: the case has moved
    on since it was written. Such a mail is *dropped*: it stands in the outbox with the reason and is never tried again.
    """
    if (prefix, check) not in _checks:
        _checks.append((prefix, check))


def send(mail_id: int) -> bool:
    """Send one queued mail. Safe to run twice: the Message-ID is fixed and a row that is sent is left alone.

    Returns whether the mail went out now. A failure is written on the row and tried again with a growing pause;
    after MAX_TRIES it is *failed* and somebody has to look. A mail that somebody holds never gets past the claim.
    """
    with transaction.atomic():
        mail = (
            OutboundMail.objects.select_for_update(of=("self",))
            .filter(pk=mail_id, state=OutboundMail.State.QUEUED)
            .first()
        )
        if mail is None or mail.next_try_at > clock.now():
            return False
        reason = _why_not(mail)
        if reason:
            _drop(mail, reason)
            return False
        mail.tries += 1
        # Claim it for a while: another sender leaves it alone, nobody can hold it, and a crash makes it due again.
        mail.claimed_at = clock.now()
        mail.next_try_at = mail.claimed_at + _pause(mail.tries)
        mail.save(update_fields=["tries", "next_try_at", "claimed_at"])
    try:
        _message(mail).send()
    except (OSError, smtplib.SMTPException) as error:
        _note_failure(mail, error)
        return False
    mail.state = OutboundMail.State.SENT
    mail.sent_at = clock.now()
    mail.last_error = ""
    mail.claimed_at = None
    if not settings.KEEP_MAIL_SECRETS:
        for secret in mail.secrets:
            mail.body = mail.body.replace(secret, WIPED)
        mail.secrets = []
    mail.save(update_fields=["state", "sent_at", "last_error", "body", "secrets", "claimed_at"])
    return True


def is_being_sent(mail) -> bool:
    """Whether a sender has the mail in hand now. A sender that died gives it back when its claim runs out."""
    return mail.claimed_at is not None and mail.next_try_at > clock.now()


def due_ids(limit=200):
    """Ids of the mails that should have gone out by now."""
    return list(
        OutboundMail.objects.filter(state=OutboundMail.State.QUEUED, next_try_at__lte=clock.now())
        .order_by("next_try_at")
        .values_list("pk", flat=True)[:limit]
    )


def _pause(tries):
    return datetime.timedelta(minutes=min(2**tries, 240))


def _why_not(mail) -> str:
    """Why the mail must not go out any more, by the checks that floors above have registered."""
    for prefix, check in _checks:
        if mail.template.startswith(prefix):
            reason = check(mail)
            if reason:
                return str(reason)
    return ""


def _drop(mail, reason):
    mail.state = OutboundMail.State.DROPPED
    mail.last_error = reason[:255]
    mail.save(update_fields=["state", "last_error"])
    logger.info("mail %s dropped: its case has moved on (%s)", mail.pk, mail.template)


def _note_failure(mail, error):
    mail.claimed_at = None
    mail.last_error = f"{type(error).__name__}: {error}"[:255]
    if mail.tries >= MAX_TRIES or _is_final(error):
        mail.state = OutboundMail.State.FAILED
    mail.save(update_fields=["last_error", "state", "claimed_at"])
    logger.warning("mail %s not sent (try %s): %s", mail.pk, mail.tries, type(error).__name__)


def _is_final(error):
    """5xx: the server will never take this mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600


def _message(mail):
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to_address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Content-Language": mail.language},
    )
    for stored in mail.attachments.all():
        with stored.content.open("rb") as content:
            message.attach(stored.original_name, content.read(), stored.content_type)
    return message


def _domain():
    return settings.SITE_URL.split("//", 1)[-1].split(":", 1)[0].split("/", 1)[0]
