"""The only source of time. The demo moves it forward; nothing else in the project asks for the time."""

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """The current instant, aware, in UTC, plus the demo's offset where the settings allow one."""
    return timezone.now() + offset()


def today(tz: datetime.tzinfo | None = None) -> datetime.date:
    """The date of :func:`now` in ``tz`` (the active zone if none is given)."""
    return timezone.localdate(now(), timezone=tz)


def offset() -> datetime.timedelta:
    """How far the demo has moved the clock; zero in a real installation.

    Web, worker and beat all read the same small file, so a move is seen by the next call in each of them.
    """
    if settings.CLOCK_FILE is None:
        return datetime.timedelta()
    try:
        return datetime.timedelta(seconds=float(Path(settings.CLOCK_FILE).read_text(encoding="ascii")))
    except FileNotFoundError:
        return datetime.timedelta()


def move_forward(by: datetime.timedelta) -> datetime.datetime:
    """Move the clock of a demo installation forward and return the new instant.

    Raises ValueError for a step back and RuntimeError where the settings have no movable clock.
    """
    if settings.CLOCK_FILE is None:
        raise RuntimeError("This installation has the real time.")
    if by < datetime.timedelta():
        raise ValueError("The clock only moves forward.")
    path = Path(settings.CLOCK_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    moved = offset() + by
    fresh = path.with_suffix(".new")
    fresh.write_text(str(moved.total_seconds()), encoding="ascii")
    fresh.replace(path)
    return now()
