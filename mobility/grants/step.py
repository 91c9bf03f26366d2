"""The step of organisational support (rule 7), when the order of stays changes after some were closed. Pure, EUR."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def share_at(facts: Mapping, position: int) -> Decimal:
    """What a closed share would be at another place in the order, by the sums of the table that priced it."""
    is_later = facts["step"] is not None and position >= facts["step"]
    return Decimal(facts["later" if is_later else "first"])


def adjustment(closed: Iterable[tuple[Mapping, Decimal, int]]) -> Decimal:
    """What closed shares no longer carry. ``closed``: facts of the share, its amount, its place in the order now.

    Shares of all mobilities plus this sum are what the project gets: the step counts mobilities, not who came first.
    """
    return sum((share_at(facts, position) - amount for facts, amount, position in closed), Decimal(0))
