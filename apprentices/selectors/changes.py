"""What happened to cases since somebody opened a page about them: the version that a form carries, and the difference.

A version is the last key of each log that belongs to the cases, and the moment for what is written over instead of added
(a pending decision, an exception, marks). Logs only grow, and the row of a case is locked while one of them does: what is
newer than the version was not there when the page was made.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import IntegerField, Max, Value
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from apprentices.enums import GIVEN
from apprentices.models import (
    Application,
    ApplicationStatusChange,
    CaseNote,
    Decision,
    EligibilityCheck,
    Endorsement,
    EndorsementReply,
    Review,
)
from apprentices.selectors.cases import CHASED, MOVE_WORDS, answered
from mobility.common import clock

BETWEEN = "|"
TOLD = 6  # changes that are named; who was away longer reads the case
LENGTH = 80  # letters of a note


@dataclass(frozen=True)
class Change:
    """One thing that somebody else did. ``who`` is empty where it was done by link or by the clock."""

    case: str
    what: str
    who: str
    at: datetime.datetime


def version_of(applications: Collection[Application]) -> str:
    """What a form about these cases carries: one query, whatever their number."""
    last = _last_of_each([application.pk for application in applications])
    return BETWEEN.join([*last, clock.now().isoformat()])


def changes_since(version: str, applications: Collection[Application], *, reader) -> list[Change]:
    """What others did to these cases since ``version``, newest first. Own steps in another window are left out.

    A version that none of ours is (a page from before an update) hides nothing and stops nobody.
    """
    keys = {application.pk: application.full_name for application in applications}
    *before, opened = version.split(BETWEEN)
    if len(before) != len(_LOGS) or parse_datetime(opened) is None:
        return []
    found: list[Change] = []
    for (_rows, newer), old, new in zip(_LOGS, before, _last_of_each(list(keys)), strict=True):
        if old != new:
            found += newer(keys, int(old) if old.isdecimal() else 0, reader)
    for written_over in (_newer_decisions, _newer_exceptions, _newer_marks):
        found += written_over(keys, parse_datetime(opened), reader)
    return sorted(found, key=lambda change: change.at, reverse=True)[:TOLD]


def _last_of_each(keys) -> list[str]:
    parts = [
        rows(keys)
        .order_by()
        .annotate(log=Value(position, IntegerField()))
        .values("log")
        .annotate(last=Max("pk"))
        .values_list("log", "last")
        for position, (rows, _newer) in enumerate(_LOGS)
    ]
    last = dict(parts[0].union(*parts[1:], all=True))
    return [str(last.get(position) or 0) for position in range(len(_LOGS))]


def _moves(keys):
    return ApplicationStatusChange.objects.filter(application__in=keys)


def _newer_moves(keys, before, reader):
    rows = _moves(keys).filter(pk__gt=before).exclude(by=reader).select_related("by")
    return [
        Change(keys[row.application_id], str(MOVE_WORDS.get(row.name, row.name)), _name(row.by), row.at) for row in rows
    ]


def _notes(keys):
    return CaseNote.objects.filter(application__in=keys)


def _newer_notes(keys, before, reader):
    rows = _notes(keys).filter(pk__gt=before).exclude(author=reader).select_related("author")
    return [
        Change(keys[row.application_id], _("Note: %(text)s") % {"text": _short(row.text)}, _name(row.author), row.written_at)
        for row in rows
    ]  # fmt: skip


def _gifts(keys):
    return Application.history.filter(id__in=keys, history_change_reason=GIVEN)


def _newer_gifts(keys, before, reader):
    rows = _gifts(keys).filter(pk__gt=before).exclude(history_user=reader).select_related("history_user", "owner")
    return [
        Change(
            keys[row.id],
            _("New case officer: %(name)s") % {"name": row.owner},
            _name(row.history_user),
            row.history_date,
        )
        for row in rows
    ]


def _chases(keys):
    return Endorsement.history.filter(application_id__in=keys, history_change_reason__in=CHASED)


def _newer_chases(keys, before, reader):
    rows = _chases(keys).filter(pk__gt=before).exclude(history_user=reader).select_related("history_user")
    return [
        Change(
            keys[row.application_id],
            CHASED[row.history_change_reason] % {"name": row.name},
            _name(row.history_user),
            row.history_date,
        )
        for row in rows
    ]


def _answers(keys):
    return EndorsementReply.objects.filter(endorsement__application__in=keys)


def _newer_answers(keys, before, reader):
    rows = _answers(keys).filter(pk__gt=before).select_related("endorsement")
    return [Change(keys[row.endorsement.application_id], answered(row), row.name, row.given_at) for row in rows]


def _newer_decisions(keys, opened, reader):
    rows = Decision.objects.pending().filter(application__in=keys, decided_at__gt=opened).exclude(decided_by=reader)
    return [
        Change(
            keys[row.application_id],
            _("Pending decision: %(result)s") % {"result": row.get_result_display()},
            _name(row.decided_by),
            row.decided_at,
        )
        for row in rows.select_related("decided_by")
    ]


def _newer_exceptions(keys, opened, reader):
    rows = EligibilityCheck.objects.filter(application__in=keys, excepted_at__gt=opened).exclude(excepted_by=reader)
    what = _("Exception from the rules of eligibility")
    return [
        Change(keys[row.application_id], what, _name(row.excepted_by), row.excepted_at)
        for row in rows.select_related("excepted_by")
    ]


def _newer_marks(keys, opened, reader):
    rows = Review.objects.filter(application__in=keys, given_at__gt=opened).exclude(reviewer=reader)
    return [
        Change(keys[row.application_id], _("Marks given"), _name(row.reviewer), row.given_at)
        for row in rows.select_related("reviewer")
    ]


_LOGS = (
    (_moves, _newer_moves),
    (_notes, _newer_notes),
    (_gifts, _newer_gifts),
    (_chases, _newer_chases),
    (_answers, _newer_answers),
)


def _name(person) -> str:
    return str(person) if person else ""


def _short(text) -> str:
    return text if len(text) <= LENGTH else f"{text[: LENGTH - 1]}…"
