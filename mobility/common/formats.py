"""Dates, clock times and amounts as the reader's language writes them, for pages, mails and PDFs alike."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import phonenumbers
from babel import dates, numbers
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nb", "nn", "sv", "en")
NBSP = "\N{NO-BREAK SPACE}"

# Norwegian writes a full stop after the day of the month, Swedish and English do not.
_DAY = {
    "long": {"nb": "EEEE d. MMMM y", "nn": "EEEE d. MMMM y", "sv": "EEEE d MMMM y", "en": "EEEE d MMMM y"},
    "plain": {"nb": "d. MMMM y", "nn": "d. MMMM y", "sv": "d MMMM y", "en": "d MMMM y"},
    "short": {"nb": "d. MMM y", "nn": "d. MMM y", "sv": "d MMM y", "en": "d MMM y"},
    "date": {"nb": "d. MMMM", "nn": "d. MMMM", "sv": "d MMMM", "en": "d MMMM"},
    "near": {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "sv": "EEEE d MMMM", "en": "EEEE d MMMM"},
}
_CLOCK = {"nb": "'kl.' HH:mm", "nn": "'kl.' HH:mm", "sv": "'kl.' HH:mm", "en": "'at' HH:mm"}

# Zone name of the tz database -> the words people use. Other zones are named by Babel.
ZONES = {
    "Europe/Oslo": _("Norwegian time"),
    "Europe/Stockholm": _("Swedish time"),
    "UTC": _("UTC"),
}


def locale() -> str:
    """The active language as a Babel locale; English where there is none of ours."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


def _local(value: date) -> date:
    """An instant in the current time zone; a plain date as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date | None, form: str = "long") -> str:
    """``Wednesday 10 February 2027``. Forms: long, plain (no weekday), short (``10 Feb 2027``), near (no year),
    date (``10 February``).
    """
    if not value:
        return ""
    return dates.format_date(_local(value), _DAY[form][locale()], locale=locale())


def clock(value: datetime | None) -> str:
    """``23:59`` in the current time zone."""
    if not value:
        return ""
    return dates.format_datetime(_local(value), "HH:mm", locale=locale())


def moment(value: datetime | None, form: str = "long") -> str:
    """``Wednesday 10 February 2027 at 23:59, Norwegian time``; ``near`` and ``short`` as in :func:`day`."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    pattern = f"{_DAY[form][locale()]} {_CLOCK[locale()]}"
    return f"{dates.format_datetime(local, pattern, locale=locale())}, {zone(local)}"


def ago(value: datetime, now: datetime) -> str:
    """``2 minutes ago``, ``3 hours ago``, ``4 days ago``; under a minute: ``just now``."""
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    return ngettext("%(count)s day ago", "%(count)s days ago", hours // 24) % {"count": hours // 24}


def zone(value: datetime) -> str:
    """The time zone of an instant in words: the reader need not know what CET is.

    In the hour that comes twice, when summer time ends, the words tell which of the two is meant.
    """
    name = _zone_name(value)
    if timezone.is_naive(value) or value.replace(fold=0).utcoffset() == value.replace(fold=1).utcoffset():
        return name
    if value.dst():
        return str(_("%(zone)s (summer time, the first of the two)") % {"zone": name})
    return str(_("%(zone)s (winter time, the second of the two)") % {"zone": name})


def _zone_name(value):
    tz = value.tzinfo or timezone.get_current_timezone()
    name = getattr(tz, "key", str(tz))
    if name in ZONES:
        return str(ZONES[name])
    return dates.get_timezone_name(dates.get_timezone(name), width="long", locale=locale())


def number(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    """``12 300`` with a space that does not break; decimals only where the value has them, unless asked for."""
    if value is None or value == "":
        return ""
    return _number(Decimal(str(value)) + 0, decimals, locale())  # a zero has no sign


@lru_cache(maxsize=2_000)  # lists repeat their numbers, and Babel reads its pattern anew for each
def _number(amount: Decimal, decimals: int | None, locale: str) -> str:
    if decimals is None:
        decimals = 0 if amount == amount.to_integral_value() else 2
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = numbers.format_decimal(amount, format=pattern, locale=locale)
    # English groups with commas, which the other three read as decimals: one form for all four.
    return text.replace(numbers.get_group_symbol(locale), NBSP)


def eur(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    """``12 300 €``, and ``12 300,50 €`` (English ``12 300.50 €``) where cents are not zero."""
    text = number(value, decimals)
    return f"{text}{NBSP}€" if text else ""


def phone(value: object) -> str:
    """``+47 99 99 00 01``: in groups that do not break; what is no telephone number is left as it is."""
    text = str(value or "")
    try:
        number = phonenumbers.parse(text, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace(" ", NBSP)
