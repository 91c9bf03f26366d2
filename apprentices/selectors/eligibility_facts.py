"""From rows to the plain facts that the rules of eligibility look at."""

from django.db.models import prefetch_related_objects

from apprentices.enums import ApplicationStatus, ContractSource
from apprentices.models import Application
from apprentices.selectors.eligibility import (
    BLOCK,
    RULES_VERSION,
    Facts,
    Finding,
    RegisteredContract,
    Rules,
    check,
    days_inclusive,
)
from mobility.common import clock

UNDECIDED = (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.RETURNED)
"""While it stands here and has no decision, not even a pending one, its eligibility follows facts and rules."""


def findings_of(application) -> tuple[Finding, ...]:
    """What the rules say of this application as it is written now, draft or sent. One query for a draft, else two."""
    return check(facts_of(application), rules_of(application.round))


def blocks_of(application) -> list[Finding]:
    """The broken rules that the applicant's own statements prove: with one of them a draft is not sent."""
    return [finding for finding in findings_of(application) if finding.level == BLOCK]


def facts_of(application) -> Facts:
    """Own statements, and the contract of the register where the person is known. ``today`` is the office's day."""
    return Facts(
        today=clock.today(application.office.tz),
        birth_date=application.birth_date,
        trade=application.trade_id,
        training_starts_on=application.contract_starts_on,
        training_ends_on=application.contract_ends_on,
        contract=_registered_contract(application),
        has_earlier_stays=application.has_earlier_stays,
        earlier_days=_earlier_days(application),
    )


def rules_of(round) -> Rules:  # noqa: A002 - the domain's word
    """The round's windows and its own rules. One query, the first time: its trades."""
    prefetch_related_objects([round], "trades")
    return Rules(
        departs_from=round.departs_from,
        departs_to=round.departs_to,
        returns_from=round.returns_from,
        returns_to=round.returns_to,
        minimum_age=round.minimum_age,
        maximum_age=round.maximum_age,
        minimum_months_served=round.minimum_months_served,
        first_stay_only=round.first_stay_only,
        trades=frozenset(trade.pk for trade in round.trades.all()),
    )


def undecided():
    """Applications whose eligibility still moves."""
    return Application.objects.filter(status__in=UNDECIDED, decisions__isnull=True)


def is_decided(application) -> bool:
    """Whether somebody has decided on the application, even if only as a pending decision: its check is frozen."""
    return application.status not in UNDECIDED or application.decisions.exists()


def outdated_ids(limit=200) -> list[int]:
    """Undecided applications that were never checked, or by an older version of the rules: what the sweeper wakes."""
    stale = undecided().exclude(eligibility__rules_version=RULES_VERSION).order_by("pk")
    return list(stale.values_list("pk", flat=True)[:limit])


def _registered_contract(application) -> RegisteredContract | None:
    """The newest contract that the register or the office told us of; what the applicant wrote is no proof."""
    if application.apprentice_id is None:
        return None
    known = application.apprentice.contracts.exclude(source=ContractSource.APPLICATION, approved_on=None)
    contract = known.order_by("-starts_on", "-pk").first()
    return contract and RegisteredContract(contract.starts_on, contract.ends_on, contract.approved_on)


def _earlier_days(application) -> int | None:
    """As written; else from the first and last day, both counted."""
    first, last = application.earlier_starts_on, application.earlier_ends_on
    if application.earlier_days is None and first and last and first <= last:
        return days_inclusive(first, last)
    return application.earlier_days
