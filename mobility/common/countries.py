"""Countries by their ISO 3166 code, with names in every language we speak (from Unicode CLDR, through Babel).

The programme writes ``EL`` for Greece and country libraries lack Kosovo: both are settled here and nowhere else.
"""

from babel import Locale
from django.utils.translation import get_language

# Member states and associated countries of Erasmus+ in ISO codes, then the two neighbours we send to.
# fmt: off
PROGRAMME = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR",
)
# fmt: on
NEIGHBOURS = ("CH", "GB")
# CLDR names these, too: islands without a code of ISO, unions, and codes for tests.
_NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_TO_ISO = {"EL": "GR", "UK": "GB"}


def iso(code: str) -> str:
    """The ISO code for a code of the programme (EL, UK) or for one that is ISO already."""
    return _TO_ISO.get(code.upper(), code.upper())


def is_known(code: str) -> bool:
    """Whether this is the ISO code of a country (and not of a continent or a group of countries)."""
    is_iso = len(code) == 2 and code.isascii() and code.isalpha()
    return is_iso and code not in _NO_COUNTRY and code in Locale("en").territories


def name(code: str, language: str | None = None) -> str:
    """The country's name in ``language`` (the active one if none is given); the code itself if nobody knows it."""
    locale = Locale.parse(language or get_language() or "en", sep="-")
    return locale.territories.get(iso(code)) or Locale("en").territories.get(iso(code), code)


def choices(codes=PROGRAMME + NEIGHBOURS) -> list[tuple[str, str]]:
    """Choices for a form in the active language, sorted by name."""
    return sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1])


def every() -> list[tuple[str, str]]:
    """Choices of all countries of the world, for a nationality."""
    return choices([code for code in map(str, Locale("en").territories) if is_known(code)])
