"""Whose turn it is, across applications and stays: everything that waits, as one list that the database makes.

Each source (``turn_sources.py``) gives those that have waited longest; their union is counted and cut into pages by SQL.
Of one actor never more than MOST lines are counted or shown, so that the page is as dear with 100,000 cases as with
10,000: where more wait, the head says so, and a round or a case officer narrows the list. Python sees a page of rows.
"""

import datetime
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Max
from django.utils.dateparse import parse_datetime

from apprentices.enums import REMINDED
from apprentices.models import Endorsement
from mobility.common import clock
from mobility.common.templatetags.utferd import LATE_AFTER
from reporting.enums import Waiting
from reporting.models import Chase
from reporting.selectors.turn_sources import COLUMNS, sources

ACTORS = (
    "apprentice", "guardian", "employer", "training_office", "reviewer", "partner", "host", "head", "office"
)  # fmt: skip
"""The order of the board: those outside first, whom one has to remind; the office's own work last."""

MOST = 1_000
"""So many lines of one actor the board counts and shows: those that have waited longest."""


@dataclass(frozen=True)
class Filters:
    """What the address of the board says. ``owner``: a key, or 0 for cases of nobody."""

    actor: str = ""
    round_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One thing that is waited for. ``key``: the row that waits, of the kind that ``waiting`` says."""

    waiting: str
    actor: str
    key: int
    application_id: int | None
    placement_id: int | None
    since: datetime.datetime
    person: str
    reference: str
    whom: str
    reminded_at: datetime.datetime | None
    owner_id: int | None
    reminders: int = 0

    @property
    def days(self) -> int:
        return max((clock.now() - self.since).days, 0)

    @property
    def what(self):
        return Waiting(self.waiting).label


@dataclass(frozen=True)
class Group:
    """One actor's share: how many wait, how many of them for more than fourteen days, since when the longest.

    ``count`` and ``late`` are at most MOST; ``has_more`` and ``has_more_late`` say that there are more than that.
    """

    actor: str
    count: int
    late: int
    oldest: datetime.datetime
    has_more: bool = False
    has_more_late: bool = False

    @property
    def days(self) -> int:
        return max((clock.now() - self.oldest).days, 0)


def groups_of(user, filters: Filters) -> list[Group]:
    """The board's heads, in its order: one query.

    One row more than MOST of each source is enough: it tells "more than MOST" from "MOST", of the late ones too, because
    the rows come in the order of their age.
    """
    late_before = clock.now() - datetime.timedelta(days=LATE_AFTER + 1)
    oldest, params = _union([source.moments(MOST + 1) for source in _sources(user, filters)])
    rows = _ask(
        f"WITH board (actor, since) AS ({oldest})"  # noqa: S608 - made by the ORM; what was typed is in the parameters
        " SELECT actor, COUNT(*), SUM(CASE WHEN since <= %s THEN 1 ELSE 0 END), MIN(since) FROM board GROUP BY actor",
        [*params, connection.ops.adapt_datetimefield_value(late_before)],
    )
    found = [
        Group(actor, min(count, MOST), min(late, MOST), _moment(since), count > MOST, late > MOST)
        for actor, count, late, since in rows
    ]
    return sorted(found, key=lambda group: ACTORS.index(group.actor))


def lines_of(user, filters: Filters, groups: list[Group], *, offset: int, limit: int) -> list[Line]:
    """A page of the board: by actor, who waits longest first; with how often each was reminded. Three queries.

    ``groups``: the heads, which say whose lines lie on this page. Only those actors are asked.
    """
    shown = [group for group in groups if filters.actor in ("", group.actor)]
    everything = _sources(user, filters)
    pieces, params = [], []
    for actor, first, number in _on_page(shown, offset, limit):
        piece, values = _union([source.lines(first + number) for source in everything if source.actor == actor])
        pieces.append(
            f"SELECT * FROM (WITH board ({', '.join(COLUMNS)}) AS ({piece})"  # noqa: S608 - as above
            f" SELECT * FROM board ORDER BY since, waiting, key_ LIMIT %s OFFSET %s) AS {actor}"
        )
        params += [*values, number, first]
    lines = [_line(row) for row in _ask(" UNION ALL ".join(pieces), params)] if pieces else []
    lines.sort(key=lambda line: (ACTORS.index(line.actor), line.since, line.waiting, line.key))
    return _with_reminders(lines)


def line_of(user, waiting: str, key: int) -> Line | None:
    """One line of the board, or None where nothing is waited for any more (or never was, for this person)."""
    its_own = [source.of_row(key) for source in _sources(user, Filters()) if source.waiting == waiting]
    sql, params = _union([source.lines(1) for source in its_own])
    found = _with_reminders([_line(row) for row in _ask(sql, params)]) if sql else []
    return found[0] if found else None


def _sources(user, filters):
    return sources(user, round_id=filters.round_id, owner_id=filters.owner_id)


def _on_page(groups, offset, limit) -> list[tuple[str, int, int]]:
    """Whose lines lie on a page: (actor, how many of the actor's come before, how many stand here)."""
    found = []
    for group in groups:
        number = min(group.count - offset, limit)
        if number > 0:
            found.append((group.actor, offset, number))
            limit -= number
        offset = max(offset - group.count, 0)
    return found


def _union(querysets) -> tuple[str, list]:
    """One statement of many that are cut off. Each in a subquery: SQLite takes no LIMIT inside a union."""
    asked = []
    for queryset in querysets:
        with suppress(EmptyResultSet):  # nothing can be found there: a key beyond any row
            asked.append(queryset.query.sql_with_params())
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS oldest" for sql, _params in asked)  # noqa: S608 - as above
    return sql, [value for _sql, params in asked for value in params]


def _ask(sql, params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _line(row) -> Line:
    values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    values["key"] = values.pop("key_")
    values["since"], values["reminded_at"] = _moment(values["since"]), _moment(values["reminded_at"])
    return Line(**values)


def _moment(value):
    """SQLite gives what it was given: text, or a moment without its zone."""
    found = parse_datetime(value) if isinstance(value, str) else value
    return found.replace(tzinfo=datetime.UTC) if found and found.tzinfo is None else found


def _with_reminders(lines: list[Line]) -> list[Line]:
    """How often each was reminded, and when last: from the board, and who was asked by link also by the clock."""
    sent = {
        (row["waiting"], row["object_id"]): (row["number"], row["last"])
        for row in Chase.objects.filter(
            waiting__in={line.waiting for line in lines}, object_id__in={line.key for line in lines}
        )
        .order_by()
        .values("waiting", "object_id")
        .annotate(number=Count("pk"), last=Max("sent_at"))
    }
    asked = [line.key for line in lines if line.waiting == Waiting.ENDORSEMENT]
    history = Endorsement.history.filter(id__in=asked, history_change_reason=REMINDED) if asked else []
    by_link = dict(history.order_by().values("id").annotate(n=Count("pk")).values_list("id", "n")) if asked else {}
    found = []
    for line in lines:
        number, last = sent.get((line.waiting, line.key), (0, None))
        number += by_link.get(line.key, 0) if line.waiting == Waiting.ENDORSEMENT else int(line.reminded_at is not None)
        moments = [moment for moment in (last, line.reminded_at) if moment]
        values = {name: getattr(line, name) for name in line.__dataclass_fields__}
        found.append(Line(**(values | {"reminders": number, "reminded_at": max(moments, default=None)})))
    return found
