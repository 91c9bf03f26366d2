"""Where an e-mail address stands: each floor registers its rows, and a wrong address is put right at its source.

addresses.register(Place(kind="application", find=…, correct=…))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One row that holds an address. ``who`` and ``what`` are words for the page; ``url`` is the person's page or ""."""

    pk: int
    address: str
    who: str
    what: str
    url: str


@dataclass(frozen=True)
class Place:
    """A kind of row that holds addresses.

    ``find(office_id, addresses)`` gives the rows of the office, in one query whatever the number of addresses.
    ``correct(pk, address, by)`` writes another one; None where only the person can change it. Returns beginnings of
    template names: a mail of these that failed is not sent to the new address, because the correction sends its own.
    """

    kind: str
    find: Callable[[int, list[str]], Iterable[Found]]
    correct: Callable[[int, str, object], Iterable[str]] | None = None


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    _places[place.kind] = place


@dataclass(frozen=True)
class Source:
    """A row of a place, with the key that a form sends back."""

    key: str
    found: Found
    can_correct: bool


def sources_of(office_id: int, addresses: Iterable[str]) -> list[Source]:
    """Every row of the office that holds one of ``addresses``."""
    wanted = sorted({address.lower() for address in addresses})
    return [
        Source(f"{place.kind}-{found.pk}", found, place.correct is not None)
        for place in _places.values()
        for found in place.find(office_id, wanted)
    ]


def correct(source: Source, address: str, by) -> list[str]:
    """Write ``address`` at its source. May raise Refused. Returns beginnings of template names, see ``Place``."""
    change = _places[source.key.rpartition("-")[0]].correct
    return list(change(source.found.pk, address, by)) if change else []
