"""Encryption of single columns, with keys that stand outside the database.

``FIELD_ENCRYPTION_KEYS`` holds one or more Fernet keys: the first encrypts, every one decrypts. Keys are changed by putting
a new one in front, running ``manage.py rotate_field_keys``, and taking the old one away. Demo and development have no such
setting; there a key is made once, in ``FIELD_KEY_FILE``.
"""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables  # services, too, take it from here


class Unreadable(Exception):
    """A value was encrypted with a key that this installation does not have. The message holds nothing of the value."""

    def __init__(self):
        super().__init__("a protected value cannot be read with the keys of this installation")


@sensitive_variables()
def encrypt(text: str) -> str:
    return _keys().encrypt(text.encode()).decode("ascii")


@sensitive_variables()
def decrypt(token: str) -> str:
    """The text again. Raises Unreadable."""
    try:
        return _keys().decrypt(token.encode("ascii")).decode()
    except (InvalidToken, UnicodeError):
        raise Unreadable from None


def check_keys(keys: list[str]) -> None:
    """Raise ImproperlyConfigured unless there is a key and each one is a Fernet key. Never repeats a key."""
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS must hold at least one key.")
    for number, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(
                f"FIELD_ENCRYPTION_KEYS: key number {number} is not 32 bytes in URL-safe base64."
            ) from None


def _keys() -> MultiFernet:
    keys = settings.FIELD_ENCRYPTION_KEYS or [_key_of_file(settings.FIELD_KEY_FILE)]
    return MultiFernet([Fernet(key) for key in keys])


def _key_of_file(path: Path | None) -> str:
    """The key that the demo made for itself; made now if there is none. Two processes end up with the same one."""
    if path is None:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS must hold at least one key.")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=path.parent)  # only the owner may read it
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(made, path)  # fails when somebody was faster, and never shows half a key
        except FileExistsError:
            pass
        finally:
            Path(made).unlink()
    return path.read_text(encoding="ascii").strip()
