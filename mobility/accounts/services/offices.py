"""A new office, with its first coordinator."""

import zoneinfo

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from mobility.accounts.enums import OfficeKind, Role, WrittenForm
from mobility.accounts.models import Office
from mobility.accounts.services import memberships
from mobility.common import countries
from mobility.common.errors import Refused

LANGUAGES = {"NO": WrittenForm.NB, "SE": WrittenForm.SV}
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ł": "l", "đ": "d", "ß": "ss"})


@transaction.atomic
def create_office(*, name, kind, country, email, coordinator="", short_name="", language="", time_zone="", slug=""):
    """Set up an office and invite its first coordinator by mail. Returns (office, invitation).

    ``email`` is the coordinator's address and, until somebody changes it, the office's. Language and time zone follow
    from the country. Raises Refused with one sentence, in English: this is the operator's door.
    """
    _require_facts(name=name, kind=kind, country=country, email=email, language=language)
    office = Office(
        name=name.strip(),
        short_name=(short_name or name).strip()[:40],
        slug=slug or _free_slug(name),
        kind=kind,
        country=country.upper(),
        default_language=language or LANGUAGES.get(country.upper(), WrittenForm.EN),
        time_zone=time_zone or _zone_of(country.upper()),
        email=email,
        has_appeals=kind == OfficeKind.COUNTY_SERVICE_OFFICE,
    )
    try:
        office.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(f"{field}: {messages[0]}") from error
    office.save()
    given_name, _space, family_name = coordinator.strip().rpartition(" ")
    invited = memberships.invite(
        office=office,
        role=Role.COORDINATOR,
        address=email,
        given_name=given_name or family_name,
        family_name=family_name if given_name else "",
        language=office.default_language,
    )
    return office, invited


def _require_facts(*, name, kind, country, email, language):
    if not name.strip():
        raise Refused("The office needs a name.")
    if Office.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(f"There is an office named {name.strip()} already.")
    if kind not in OfficeKind.values:
        raise Refused(f"The kind is one of: {', '.join(OfficeKind.values)}.")
    if country.upper() not in countries.PROGRAMME:
        raise Refused("The country is the two-letter code of a programme country, such as NO or SE.")
    if language and language not in WrittenForm.values:
        raise Refused(f"The language is one of: {', '.join(WrittenForm.values)}.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(f"{email} is not an e-mail address.") from error


def _free_slug(name):
    base = slugify(name.lower().translate(_LETTERS))[:45].strip("-") or "office"
    taken = set(Office.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, 10_000) if f"{base}-{number}" not in taken)


def _zone_of(country):
    """The time zone of a country (of its mainland, where it has several)."""
    zones = [zone for zone, territory in get_global("zone_territories").items() if territory == country]
    known = sorted(set(zones) & zoneinfo.available_timezones(), key=lambda z: (not z.startswith("Europe/"), z))
    preferred = {"ES": "Europe/Madrid", "PT": "Europe/Lisbon", "DE": "Europe/Berlin", "CY": "Asia/Nicosia"}
    return preferred.get(country) or (known[0] if known else "UTC")
