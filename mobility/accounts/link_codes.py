"""A mailed code on top of a signed link, for links that are passed on: who holds one need not read its mailbox.

A link has one code at a time. It is good for an hour, for five tries, and for one browser.
"""

import enum
import secrets

from django.db import transaction

from mobility.accounts import links, notifications
from mobility.accounts.models import AccessLink
from mobility.common import clock


class Entry(enum.Enum):
    """What became of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used up"  # too many wrong ones: even the right code is worth nothing now
    TOO_OLD = "too old"  # or none was sent


@transaction.atomic
def mail_code(link: AccessLink) -> None:
    """Set a fresh code on the link and mail it to the address that the link was sent to; an older code is worthless."""
    link = AccessLink.objects.select_for_update().get(pk=link.pk)
    links.require_unspent(link)
    code = links.new_code()
    link.code_hash = links.hash_of(code)
    link.code_tries = 0
    link.code_sent_at = clock.now()
    link.save(update_fields=["code_hash", "code_tries", "code_sent_at"])
    notifications.mail_link_code(link, code)


@transaction.atomic
def enter_code(link: AccessLink, code: str) -> Entry:
    """Try a code. A wrong one is counted; the right one is worth nothing afterwards."""
    link = AccessLink.objects.select_for_update().get(pk=link.pk)
    links.require_unspent(link)
    if not link.code_hash or not _is_fresh(link):
        return Entry.TOO_OLD
    if link.code_tries >= links.CODE_TRIES:
        return Entry.USED_UP
    if secrets.compare_digest(link.code_hash, links.hash_of(code)):
        link.code_hash = ""
        link.save(update_fields=["code_hash"])
        return Entry.RIGHT
    link.code_tries += 1
    link.save(update_fields=["code_tries"])
    return Entry.USED_UP if link.code_tries >= links.CODE_TRIES else Entry.WRONG


def is_waiting_for_code(link: AccessLink) -> bool:
    """Whether a code is on its way, or in the mailbox, that still opens the link."""
    return bool(link.code_hash) and link.code_tries < links.CODE_TRIES and _is_fresh(link)


def _is_fresh(link):
    sent_at = link.code_sent_at
    return sent_at is not None and clock.now() - sent_at < links.CODE_VALID_FOR
