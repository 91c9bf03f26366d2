"""Who an edit is by, where no request says so."""

from typing import Any


def sign(row: Any, by: Any) -> None:
    """Let the next row of ``row``'s history name ``by``: how django-simple-history is told outside a request."""
    row._history_user = by  # noqa: SLF001 - its documented way
