"""The office's pages at 10,000 and at 100,000 applications: growth, the last page, the search by its index."""

from tests.bench.selection import fill_and_measure, goals

SIZES = (10_000, 100_000)
TURNS = 5  # some pages take seconds here


def measure() -> dict:
    found, load = fill_and_measure(SIZES, turns=TURNS)
    return {"sizes": found, "goals": goals(found, load)}
