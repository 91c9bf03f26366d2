"""Waking tasks after the commit. The row is the truth; a broker that does not answer costs nobody anything."""

import logging
from collections.abc import Callable

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

_sweeps: dict[str, Callable[[], list[int]]] = {}


def wake(name: str, pk: int) -> None:
    """Send task ``name`` for row ``pk`` once the present transaction is committed.

    A broker that refuses or hangs is logged, never raised: the sweeper finds the row.
    """
    transaction.on_commit(lambda: _send(name, pk))


def sweeps(name: str, due: Callable[[], list[int]]) -> None:
    """Register what the sweeper wakes: ``due()`` returns ids of rows whose task ``name`` should have run by now."""
    _sweeps[name] = due


def sweep() -> int:
    """Wake the task of every row that is due, and return how many there were."""
    woken = 0
    for name, due in _sweeps.items():
        for pk in due():
            _send(name, pk)
            woken += 1
    return woken


def _send(name, pk):
    try:
        current_app.send_task(name, args=[pk], retry=False)
    except Exception:  # noqa: BLE001 - any broker fault: refused, timed out, disk full
        logger.warning("the broker did not take %s %s; the sweeper will find it", name, pk)
