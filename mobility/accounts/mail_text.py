"""The text of a mail as staff may read and correct it: a mark stands for each link and code that still works."""

from django.utils.translation import gettext as _

from mobility.common.errors import Refused
from mobility.common.outbox import WIPED


def _marks(mail) -> list[tuple[str, str]]:
    """(secret, its mark), the longest first: a code may be a part of a link."""
    secrets = sorted({secret for secret in mail.secrets if secret}, key=lambda secret: (-len(secret), secret))
    return [(secret, f"[{WIPED}{number}]") for number, secret in enumerate(secrets, 1)]


def editable(mail) -> str:
    """The text with a numbered mark for each link and code."""
    text = mail.body
    for secret, mark in _marks(mail):
        text = text.replace(secret, mark)
    return tidy(text)


def with_secrets(mail, text: str) -> str:
    """A corrected text with its links and codes in their places. Raises Refused when a mark is missing."""
    for secret, mark in _marks(mail):
        if secret in mail.body and mark in editable(mail) and mark not in text:
            raise Refused(_("Keep %(mark)s in the text: the link or code of this mail stands there.") % {"mark": mark})
        text = text.replace(mark, secret)
    return text


def tidy(text: str) -> str:
    """Lines as mails have them, and one line break at the end."""
    return "\n".join(text.splitlines()).strip() + "\n"
