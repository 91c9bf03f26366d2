"""How far it is: places of Europe by name, and the way between two of them as the crow flies.

The places are a file of our own (``data/places.csv``), made from GeoNames, so that nobody's search leaves the house.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from geographiclib.geodesic import Geodesic

PLACES = Path(__file__).parent / "data" / "places.csv"
FOUND_AT_ONCE = 10
SHORTEST = 2  # letters: one of them is half of Europe
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i", "ħ": "h"}
)


@dataclass(frozen=True)
class Place:
    """A town or village: ISO country code, the name that GeoNames gives it, degrees north and east."""

    country: str
    name: str
    latitude: float
    longitude: float
    population: int = field(default=0, compare=False)

    def __str__(self):
        return f"{self.name}, {self.country}"

    @property
    def key(self) -> str:
        """Names the place in a form or a link: ``NO:Hamar:60.7945:11.0680``."""
        return f"{self.country}:{self.name}:{self.latitude:.4f}:{self.longitude:.4f}"


def km_between(origin: Place, venue: Place) -> Decimal:
    """One way in km on the ellipsoid (WGS 84), with two decimals like the Commission's own calculator."""
    way = Geodesic.WGS84.Inverse(origin.latitude, origin.longitude, venue.latitude, venue.longitude, Geodesic.DISTANCE)
    return (Decimal(way["s12"]) / 1000).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def search_places(text: str, *, country: str = "", limit: int = FOUND_AT_ONCE) -> list[Place]:
    """Places whose name, in one of the languages of Europe, begins so; the exact name first, then the largest.

    Accents and capitals do not matter. A country's code or its name after a comma narrows the search (``Lom, NO``).
    """
    name, _comma, after = text.partition(",")
    wanted = plain_name(name)
    country = (country or after.strip()).upper()
    if len(wanted) < SHORTEST:
        return []
    names, places = _index()
    best: dict[Place, tuple[bool, int]] = {}
    for position in range(bisect_left(names, wanted), len(names)):
        if not names[position].startswith(wanted):
            break
        place = places[position]
        if country and place.country != country:
            continue
        rank = (names[position] != wanted, -place.population)
        best[place] = min(best.get(place, rank), rank)
    return sorted(best, key=lambda place: (best[place], place.name))[:limit]


def find_place(key: str) -> Place | None:
    """The place that ``Place.key`` names, or None."""
    return _by_key().get(key)


def namesakes(place: Place, *, limit: int = FOUND_AT_ONCE) -> list[Place]:
    """Other places that share one of its names, the largest first: ``Lom`` is in Norway and in Bulgaria."""
    names, places = _index()
    found = set()
    for name in map(plain_name, _names().get(place, [])):
        for position in range(bisect_left(names, name), len(names)):
            if names[position] != name:
                break
            found.add(places[position])
    return sorted(found - {place}, key=lambda other: (-other.population, str(other)))[:limit]


def plain_name(text: str) -> str:
    """A name as it is compared: no accents, no capitals, no signs (``Łódź`` -> ``lodz``)."""
    if text.isascii() and text.isalpha():  # most names, and much faster
        return text.lower()
    plain = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@cache
def _rows() -> list[tuple[Place, list[str]]]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return [
            (
                Place(
                    row["country"],
                    row["name"],
                    float(row["latitude"]),
                    float(row["longitude"]),
                    int(row["population"]),
                ),
                [row["name"], *filter(None, row["other_names"].split("|"))],
            )
            for row in csv.DictReader(file)
        ]


@cache
def _index() -> tuple[list[str], list[Place]]:
    """Every name in order, and the place beside each."""
    pairs = sorted(((plain_name(name), place) for place, names in _rows() for name in names), key=lambda pair: pair[0])
    return [name for name, _place in pairs], [place for _name, place in pairs]


@cache
def _names() -> dict[Place, list[str]]:
    return dict(_rows())


@cache
def _by_key() -> dict[str, Place]:
    return {place.key: place for place, _names in _rows()}


# --- what follows from a way ----------------------------------------------------------------------------------------
GREEN_FROM = 50  # percent of the round trip (rule 6)


def is_green_share(percent: int | None) -> bool:
    """Whether a journey is green: low-emission means for at least half of the round trip."""
    return percent is not None and percent >= GREEN_FROM
