"""The head's approval of pending decisions, where the office wants it."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import DecisionResult
from apprentices.models import Decision, Round
from apprentices.notifications import decisions as notifications
from apprentices.selectors.decisions import has_own_days, heads_of, needs_approval, pending_decisions
from apprentices.selectors.selection_settings import settings_of
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock, require


@transaction.atomic
def send_to_head(*, round: Round, by) -> list[Decision]:  # noqa: A002
    """Ask the head to approve every pending decision that is not approved as it stands. Mails the heads of the office.

    Raises Refused: the office wants no approval, has no head, or nothing waits.
    """
    round = lock(round)  # noqa: A001
    require(round, workflow.PUBLISH_ROUND)
    if not settings_of(round.office).head_approves:
        raise Refused(_("In this office decisions are published without an approval."))
    heads = heads_of(round.office)
    if not heads:
        raise Refused(_("Nobody is head of section in this office. Give somebody that role first."))
    sent = [each for each in pending_decisions(round) if needs_approval(each, round) and not is_with_head(each)]
    if not sent:
        raise Refused(_("Nothing waits to be sent to the head of section."))
    now = clock.now()
    for decision in sent:
        decision.sent_at, decision.sent_by = now, by
        decision.approved_at = decision.approved_by = None
        decision.sent_back_words, decision.sent_back_by = "", None
        decision.save()
    notifications.sent_to_head(round, number=len(sent), heads=heads, by=by)
    return sent


def is_with_head(decision) -> bool:
    """Whether the head was asked and has not answered."""
    return decision.sent_at is not None and decision.approved_at is None


@transaction.atomic
def approve_decisions(*, round: Round, decisions: Iterable[int], seen_at: datetime.datetime, by) -> int:  # noqa: A002
    """The head approves these pending decisions (ids) as they stood on a page of ``seen_at``. Returns their number.

    Raises Refused when one of them was changed or taken back since: nobody approves what they have not seen.
    """
    round = lock(round)  # noqa: A001
    for decision in _asked(round, decisions, seen_at):
        decision.approved_at, decision.approved_by = clock.now(), by
        if decision.result == DecisionResult.OFFER and not has_own_days(decision):
            decision.answer_by = round.answer_by
        decision.save()
    return len(set(decisions))


@transaction.atomic
def send_back_decisions(*, round: Round, decisions: Iterable[int], words: str, seen_at: datetime.datetime, by) -> int:  # noqa: A002
    """The head sends these pending decisions back with words. Mails whoever sent them. Raises as approve_decisions does."""
    round = lock(round)  # noqa: A001
    words = words.strip()
    if not words:
        raise Refused(_("Say what should be looked at again."))
    asked = _asked(round, decisions, seen_at)
    senders = {decision.sent_by for decision in asked}
    for decision in asked:
        decision.sent_at = decision.sent_by = None
        decision.sent_back_words, decision.sent_back_by = words, by
        decision.save()
    for sender in senders:
        notifications.sent_back(round, number=len(asked), words=words, to=sender, by=by)
    return len(asked)


def _asked(round, decisions, seen_at):  # noqa: A002
    wanted = set(decisions)
    asked = [each for each in pending_decisions(round) if each.pk in wanted and is_with_head(each)]
    if not wanted:
        raise Refused(_("Tick at least one decision first."))
    if len(asked) != len(wanted) or any(each.sent_at > seen_at for each in asked):
        raise Refused(_("Some of these decisions were changed meanwhile. Please look at them again."))
    return asked
