"""Preparing and opening a round."""

import json
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.models import Criterion
from mobility.common import clock
from mobility.common.workflow import lock, move, require, require_nothing_missing

STANDARD = Path(__file__).resolve().parents[1] / "data" / "criteria.json"


@transaction.atomic
def add_standard_criteria(*, round) -> list[Criterion]:  # noqa: A002 - the domain's word
    """Give a round that is being prepared the usual five criteria, whose weights add up to 100."""
    round = lock(round)  # noqa: A001
    require(round, workflow.OPEN_ROUND)
    return [
        Criterion.objects.create(
            round=round,
            position=position,
            code=entry["code"],
            weight=entry["weight"],
            anchors=entry["anchors"],
            **{f"name_{language}": name for language, name in entry["name"].items()},
        )
        for position, entry in enumerate(_standard(), start=1)
    ]


def missing_for_opening(round) -> list[str]:  # noqa: A002
    """What still keeps a round from being opened, as sentences. Page and guard share it."""
    missing = []
    weights = sum(round.criteria.values_list("weight", flat=True))
    if weights != 100:
        missing.append(_("The weights of the criteria add up to %(sum)s %%; they must be 100 %%.") % {"sum": weights})
    if round.closes_at <= clock.now():
        missing.append(_("The window for applications is over already."))
    return missing


@transaction.atomic
def open_round(*, round, by, note=""):  # noqa: A002
    """Let the public see the round and apply inside its window. From now on its criteria are frozen.

    Raises TransitionNotAllowed (opened already) or NotReady (``missing`` says what).
    """
    round = lock(round)  # noqa: A001
    require(round, workflow.OPEN_ROUND)
    require_nothing_missing(missing_for_opening(round))
    move(round, workflow.OPEN_ROUND, by=by, note=note)
    return round


@cache
def _standard():
    return json.loads(STANDARD.read_text(encoding="utf-8"))
