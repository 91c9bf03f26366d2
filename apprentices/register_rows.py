"""One row of the county's register of contracts, as its CSV writes it (NORDIC, "VIGO import"). No database.

Columns: ``sysId``, ``fornavn`` and ``etternavn`` (or ``navn``), ``fdato`` (dd.MM.yyyy), ``epost``, ``mobil``, ``type``,
``promrkode`` (the trade's code without its padding), ``promrnavn``, ``bnr`` (organisation number), ``bedrnavn``,
``start``, ``slutt``, and perhaps ``godkjent`` (the day of the county's approval).
"""

import datetime
import functools
import re
from dataclasses import dataclass, field

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.enums import ContractKind
from apprentices.models.trades import clean_organisation_number, validate_organisation_number
from mobility.common.tables import Table

COLUMNS = {
    "external_id": ("sysid",),
    "given_name": ("fornavn", "fornamn"),
    "family_name": ("etternavn", "etternamn"),
    "full_name": ("navn", "namn"),
    "birth_date": ("fdato", "fødselsdato", "fodselsdato"),
    "email": ("epost", "e-post", "email", "e-mail"),
    "phone": ("mobil", "mobilnr", "mobiltelefon", "telefon"),
    "kind": ("type", "kontraktstype"),
    "trade": ("promrkode",),
    "trade_name": ("promrnavn",),
    "company_number": ("bnr", "orgnr"),
    "company_name": ("bedrnavn",),
    "starts_on": ("start",),
    "ends_on": ("slutt",),
    "approved_on": ("godkjent",),
}
NEEDED = ("external_id", "birth_date", "kind", "company_number", "company_name", "starts_on", "ends_on")
KINDS = {
    ContractKind.APPRENTICESHIP: ("l", "lærling", "lærekontrakt", "apprentice"),
    ContractKind.TRAINING: ("k", "lærekandidat", "opplæringskontrakt", "kandidat"),
}
_LONGEST = {"external_id": 40, "given_name": 100, "family_name": 100, "company_name": 160, "company_number": 16}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NORWEGIAN_MOBILE = re.compile(r"(?:\+47|0047)?((?:9\d|4[015-8])\d{6})")  # the common case, without the slow library
_CODE_LENGTH = 10
_OLDEST = 1930


@dataclass
class RegisterRow:
    """What a row says. ``errors`` are (code, params): it cannot be imported; ``notes``: a part of it is not taken."""

    number: int
    external_id: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: datetime.date | None = None
    email: str = ""
    phone: str = ""
    kind: str = ""
    trade: str = ""
    company_number: str = ""
    company_name: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    approved_on: datetime.date | None = None
    errors: list[tuple[str, dict]] = field(default_factory=list)
    notes: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def facts(self) -> tuple:
        """Everything that it says, without its number and what was said about it."""
        return tuple(vars(self)[name] for name in _FACTS)


_FACTS = (
    "external_id", "given_name", "family_name", "birth_date", "email", "phone", "kind", "trade", "company_number",
    "company_name", "starts_on", "ends_on", "approved_on",
)  # fmt: skip


def rows_of(table: Table) -> list[RegisterRow]:
    """The rows of a table. Raises ValidationError when columns are missing or stand there twice."""
    places = _places(table.header)
    width = len(table.header)
    return [_row(number, cells, places, width) for number, cells in table.rows]


def _places(header):
    names = [name.casefold() for name in header]
    places = {}
    for column, written in COLUMNS.items():
        found = [place for place, name in enumerate(names) if name in written]
        if len(found) > 1:
            raise ValidationError(
                _("The column %(column)s stands in the file twice."), code="twice", params={"column": written[0]}
            )
        if found:
            places[column] = found[0]
    missing = [COLUMNS[column][0] for column in NEEDED if column not in places]
    if "full_name" not in places and not {"given_name", "family_name"} <= places.keys():
        missing.append("fornavn, etternavn")
    if missing:
        raise ValidationError(
            _("The file has no column %(columns)s. It needs the columns of the county's register."),
            code="columns",
            params={"columns": ", ".join(missing)},
        )
    return places


def _row(number, cells, places, width):
    row = RegisterRow(number)
    if len(cells) > width and any(cells[width:]):
        row.errors.append(("too_wide", {}))
    said = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    row.external_id = said["external_id"]
    row.given_name, row.family_name = _names(said)
    row.company_name = " ".join(said["company_name"].split())
    _take_needed(row, said)
    _take_days(row, said)
    _take_contact(row, said)
    row.trade = said.get("trade", "").upper().ljust(_CODE_LENGTH, "-") if said.get("trade") else ""
    for name, limit in _LONGEST.items():
        if len(getattr(row, name)) > limit:
            row.errors.append(("too_long", {"column": COLUMNS[name][0], "limit": limit}))
    return row


def _names(said):
    given, family = said.get("given_name", ""), said.get("family_name", "")
    if not given and not family:
        full = " ".join(said.get("full_name", "").split())
        if "," in full:
            family, _comma, given = (part.strip() for part in full.partition(","))
        else:
            given, _space, family = full.rpartition(" ")
    given, family = " ".join(given.split()), " ".join(family.split())
    return (given, family) if given else (family, "")  # a single name is the given one


def _take_needed(row, said):
    if not row.external_id:
        row.errors.append(("no_number", {}))
    if not row.given_name:
        row.errors.append(("no_name", {}))
    written = said["kind"].casefold()
    row.kind = next((kind.value for kind, words in KINDS.items() if written in words), "")
    if not row.kind:
        row.errors.append(("kind", {"value": said["kind"]}))
    row.company_number = clean_organisation_number(said["company_number"])
    if said["company_number"] and not _is_organisation_number(said["company_number"]):
        row.errors.append(("company_number", {"value": said["company_number"]}))
    if not row.company_name and not row.company_number:
        row.errors.append(("no_company", {}))


def _take_days(row, said):
    for name, needed in (("birth_date", True), ("starts_on", True), ("ends_on", False), ("approved_on", False)):
        written = said.get(name, "")
        found = day(written) if written else None
        if (needed and not written) or (written and found is None):
            row.errors.append(("day", {"column": COLUMNS[name][0], "value": written}))
        setattr(row, name, found)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        row.errors.append(("ends_first", {}))
    if row.birth_date and row.starts_on and (row.birth_date.year < _OLDEST or row.birth_date >= row.starts_on):
        row.errors.append(("birth_date", {"value": said["birth_date"]}))


def _take_contact(row, said):
    """An address or a number that cannot be right is no reason to refuse a contract: it is left out, and said."""
    address, number = said.get("email", ""), said.get("phone", "")
    if address and _is_address(address):
        row.email = address
    elif address:
        row.notes.append(("email", {"value": address}))
    row.phone = phone(number) if number else ""
    if number and not row.phone:
        row.notes.append(("phone", {"value": number}))


@functools.lru_cache(maxsize=8192)
def day(written: str) -> datetime.date | None:
    """``01.08.2026`` as a date; None for what is none."""
    found = _DAY.fullmatch(written)
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def phone(written: str) -> str:
    """A telephone number as it is stored (E.164), or "" for what is none."""
    compact = "".join(written.split())
    mobile = _NORWEGIAN_MOBILE.fullmatch(compact)
    if mobile:
        return f"+47{mobile[1]}"
    try:
        number = phonenumbers.parse(compact, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@functools.lru_cache(maxsize=8192)
def _is_organisation_number(written):
    try:
        validate_organisation_number(written)
    except ValidationError:
        return False
    return True


def _is_address(written):
    try:
        validate_email(written)
    except ValidationError:
        return False
    return len(written) <= 254


KINDS_IN_FILE = "lærekontrakt, opplæringskontrakt"  # as the register writes them, in every language

SENTENCES = {
    "too_wide": gettext_lazy("This row has more cells than the header."),
    "no_number": gettext_lazy("The number of the contract (sysId) is missing."),
    "no_name": gettext_lazy("The name is missing."),
    "kind": gettext_lazy("“%(value)s” is no kind of contract that we know: %(kinds)s."),
    "company_number": gettext_lazy("“%(value)s” is not an organisation number."),
    "no_company": gettext_lazy("The company is missing."),
    "day": gettext_lazy("“%(value)s” in the column %(column)s is not a date such as 31.12.2026."),
    "ends_first": gettext_lazy("The contract ends before it starts."),
    "birth_date": gettext_lazy("“%(value)s” cannot be the date of birth of somebody with this contract."),
    "too_long": gettext_lazy("The column %(column)s has more than %(limit)s characters."),
    "repeated": gettext_lazy("The same row stands in the file as row %(row)s. It is imported once."),
    "contradicts": gettext_lazy("Row %(row)s has the same number (sysId) and says something else."),
    "another_person": gettext_lazy("This number (sysId) belongs to %(person)s here. Ask the county which is right."),
    "several_people": gettext_lazy(
        "Several people here have this name and date of birth. Choose whose contract it is."
    ),
    "perhaps": gettext_lazy(
        "Somebody here has the same date of birth and nearly the same name. Choose whether it is them."
    ),
    "with_row": gettext_lazy("The same new person as in row %(row)s."),
    "email": gettext_lazy("“%(value)s” is not an e-mail address and is not taken."),
    "phone": gettext_lazy("“%(value)s” is not a telephone number and is not taken."),
    "trade": gettext_lazy("The trade “%(value)s” is not in our list and is not taken."),
    "no_email": gettext_lazy("Without an e-mail address: this person gets no mails."),
}


def sentence(code: str, params: dict) -> str:
    """What a code of ``errors`` and ``notes`` says, in the reader's language."""
    return str(SENTENCES[code]) % {"kinds": KINDS_IN_FILE, **params}
