"""The data files and the dates in them; the rows that were made, by their id in the files."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from mobility.common import clock
from mobility.common.workflow import Transition

DATA = Path(__file__).parent / "data"


@cache
def read(name: str) -> dict[str, Any]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


class Demo:
    """One run of the loader: its Monday, and every row so far by the id that the files give it."""

    def __init__(self):
        today = clock.today()
        self.monday = today - datetime.timedelta(days=today.weekday())
        self.rows: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        return self.rows[key]

    def get(self, key: str | None) -> Any:
        return self.rows.get(key) if key else None

    def on(self, offset: int) -> datetime.date:
        return self.monday + datetime.timedelta(days=offset)

    def maybe_on(self, offset: int | None) -> datetime.date | None:
        return None if offset is None else self.on(offset)

    def at(self, offset: int, time: str = "10:00", office=None) -> datetime.datetime:
        """The instant of a local clock time, in the office's zone (the first office's if none is given)."""
        zone = (office or self["office-intsek"]).tz
        return datetime.datetime.combine(self.on(offset), datetime.time.fromisoformat(time), tzinfo=zone)

    def store(self, model: type[Model], rows: dict[str, Any]) -> None:
        """Write rows of one model at once, with their first history row where the model keeps one."""
        made = save_all(model, rows.values())
        self.rows.update(zip(rows, made, strict=True))


def save_all(model: type[Model], rows) -> list[Any]:
    rows = list(rows)
    if hasattr(model, "history"):
        return bulk_create_with_history(rows, model, batch_size=500)
    return model._default_manager.bulk_create(rows, batch_size=500)  # noqa: SLF001 - Django's documented name


class Course:
    """The moves of one row before it is saved: checked against the table of moves, kept for the log."""

    def __init__(self, instance, start: str, at: datetime.datetime):
        self.instance = instance
        self.steps: list[dict[str, Any]] = []
        instance.status = start
        instance.status_since = at

    def move(self, transition: Transition, *, at: datetime.datetime, by=None, note: str = "") -> None:
        if self.instance.status not in transition.sources:
            raise ValueError(f"{self.instance}: {transition.name} from {self.instance.status}")
        self.steps.append(
            {
                "name": transition.name,
                "from_status": self.instance.status,
                "to_status": transition.target,
                "at": at,
                "by": by,
                "note": note or "",
            }
        )
        self.instance.status = transition.target
        self.instance.status_since = at


def write_logs(change_model: type[Model], key: str, courses) -> None:
    """Write the status logs of saved rows; ``key`` is the name of the log's foreign key."""
    save_all(change_model, [change_model(**{key: c.instance}, **step) for c in courses for step in c.steps])
