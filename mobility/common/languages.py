"""Languages that people speak, by their ISO 639 code, with names in every language we speak (Unicode CLDR, by Babel)."""

from babel import Locale
from django.utils.translation import get_language

# fmt: off
SPOKEN = (
    "am", "ar", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "ga", "hr", "hu", "is", "it",
    "ku", "lt", "lv", "mk", "mt", "nb", "nl", "nn", "pl", "ps", "pt", "ro", "ru", "se", "sk", "sl", "so", "sq", "sr",
    "sv", "ta", "th", "ti", "fil", "tr", "uk", "ur", "vi", "zh",
)
# fmt: on


def name(code: str, language: str | None = None) -> str:
    """The language's name in ``language`` (the active one if none is given), with a capital; else the code itself."""
    locale = Locale.parse(language or get_language() or "en", sep="-")
    found = locale.languages.get(code) or Locale("en").languages.get(code, code)
    return found[:1].upper() + found[1:]


def choices(codes=SPOKEN) -> list[tuple[str, str]]:
    """Choices for a form in the active language, sorted by name."""
    return sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1])
