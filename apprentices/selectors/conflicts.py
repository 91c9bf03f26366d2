"""Why somebody may not judge an application: what they declared, and what the rows tell.

A ``Finding`` that blocks keeps a person from being assigned, from opening the sheet and from giving marks. One that does not
is a warning that a coordinator confirms ("no relation").
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from apprentices.enums import EndorsementKind, TieKind
from apprentices.models import Conflict, Endorsement, Instructor, Tie, TrainingManager, TrainingOfficeMember
from apprentices.models.trades import clean_organisation_number
from mobility.common import clock

# fmt: off
PUBLIC_MAIL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "outlook.no", "outlook.se", "hotmail.com", "hotmail.no",
    "hotmail.se", "hotmail.co.uk", "live.com", "live.no", "live.se", "msn.com", "yahoo.com", "yahoo.no",
    "yahoo.se", "icloud.com", "me.com", "mac.com", "online.no", "broadpark.no", "getmail.no", "lyse.net",
    "altibox.no", "telia.com", "telia.se", "bredband.net", "spray.se", "proton.me", "protonmail.com", "pm.me",
    "gmx.com", "gmx.de", "gmx.net", "web.de", "mail.com", "aol.com", "fastmail.com", "zoho.com",
})
# fmt: on
"""Providers at which anybody has an address: sharing one says nothing."""

DECLARED = "declared"


@dataclass(frozen=True)
class Finding:
    """One reason, as a sentence about the person. ``blocks``: nobody can confirm it away."""

    code: str
    words: str
    blocks: bool = True


def declared_about(application) -> list[Conflict]:
    """What people have declared about one application, the newest first."""
    return list(Conflict.objects.filter(application=application.pk).select_related("person"))


def detected_about(application, people) -> list[Finding]:
    """What the rows tell of these people and the application, what blocks first; what somebody declared is left out."""
    people = list(people)
    ties = Ties(people, [application])
    found = [each for person in people for each in ties.between(person, application) if each.code != DECLARED]
    return sorted(found, key=lambda finding: not finding.blocks)


class Ties:
    """What is known of some people and some applications: read once, then asked for each pair. Six queries."""

    def __init__(self, people: Iterable, applications: Iterable):
        people, applications = list(people), list(applications)
        keys = [person.pk for person in people]
        self._declared = {
            (row.application_id, row.person_id): row
            for row in Conflict.objects.filter(person__in=keys, application__in=applications)
        }
        offices = {application.office_id for application in applications}
        self._ties = defaultdict(list)
        for tie in Tie.objects.in_force().filter(person__in=keys, office__in=offices):
            self._ties[tie.person_id].append(tie)
        self._trains = _training(TrainingManager, people, offices) | _training(Instructor, people, offices)
        self._offices = defaultdict(set)
        today = clock.today()
        members = TrainingOfficeMember.objects.filter(
            Q(membership__ends_on=None) | Q(membership__ends_on__gte=today), membership__user__in=keys
        )
        for user, training_office in members.values_list("membership__user", "training_office"):
            self._offices[user].add(training_office)
        self._asked = defaultdict(list)
        for asked in Endorsement.objects.filter(application__in=applications).only("application", "kind", "email"):
            self._asked[asked.application_id].append(asked)

    def between(self, person, application) -> list[Finding]:
        """Every reason why this person should not judge this application, what blocks first."""
        found = [
            finding
            for finding in (
                self._declared_one(person, application),
                self._is_applicant(person, application),
                self._is_employer(person, application),
                self._is_guardian(person, application),
                self._is_training_office(person, application),
                self._standing_tie(person, application),
                self._same_phone(person, application),
            )
            if finding is not None
        ]
        return found or _same_name(person, application)

    def blocking(self, person, application) -> Finding | None:
        return next((finding for finding in self.between(person, application) if finding.blocks), None)

    def warning(self, person, application) -> Finding | None:
        """What a coordinator must confirm, if nothing blocks."""
        found = self.between(person, application)
        return found[0] if found and not found[0].blocks else None

    # --- one reason each ----------------------------------------------------------------------------------------------
    def _declared_one(self, person, application):
        row = self._declared.get((application.pk, person.pk))
        if row is None:
            return None
        return Finding(DECLARED, _("%(person)s has declared a conflict of interest: %(reason)s") % {
            "person": person, "reason": row.reason})  # fmt: skip

    def _is_applicant(self, person, application):
        user = application.apprentice.user_id if application.apprentice_id else None
        if user != person.pk and not _same(person.email, application.email):
            return None
        return Finding("applicant", _("%(person)s is the applicant.") % {"person": person})

    def _is_employer(self, person, application):
        company = application.company_name
        asked = [each.email for each in self._asked[application.pk] if each.kind == EndorsementKind.EMPLOYER]
        addresses = [application.manager_email, application.instructor_email, *asked]
        if any(_same(person.email, address) for address in addresses):
            return Finding("employer", _("%(person)s trains the applicant or answers for %(company)s.") % {
                "person": person, "company": company})  # fmt: skip
        mine = self._trains.get(person.pk, ())
        number = clean_organisation_number(application.company_number)
        if any((number and number == theirs) or _alike(name, company) for name, theirs in mine):
            return Finding("employer", _("%(person)s is training manager or instructor of %(company)s.") % {
                "person": person, "company": company})  # fmt: skip
        shared = _shared_domain(person.email, addresses)
        if shared:
            return Finding("employer", _("%(person)s has an address of %(company)s (%(domain)s).") % {
                "person": person, "company": company, "domain": shared})  # fmt: skip
        return None

    def _is_guardian(self, person, application):
        asked = [each.email for each in self._asked[application.pk] if each.kind == EndorsementKind.GUARDIAN]
        addresses = [application.guardian_email, application.second_guardian_email, *asked]
        names = [application.guardian_name, application.second_guardian_name]
        if any(_same(person.email, address) for address in addresses) or (
            any(_alike(name, person.get_full_name()) for name in names)
        ):
            return Finding("guardian", _("%(person)s is named as a guardian of the applicant.") % {"person": person})
        return None

    def _is_training_office(self, person, application):
        named = application.training_office
        asked = [each.email for each in self._asked[application.pk] if each.kind == EndorsementKind.TRAINING_OFFICE]
        addresses = [*asked, named.email if named else ""]
        is_member = named is not None and named.pk in self._offices[person.pk]
        if (
            is_member
            or any(_same(person.email, address) for address in addresses)
            or _shared_domain(person.email, addresses)
        ):
            return Finding("training_office", _("%(person)s belongs to the applicant's training office.") % {
                "person": person})  # fmt: skip
        return None

    def _standing_tie(self, person, application):
        tie = next((tie for tie in self._ties[person.pk] if _concerns(tie, application)), None)
        if tie is None:
            return None
        return Finding("tie", _("%(person)s has declared a tie to %(name)s.") % {"person": person, "name": tie.name})

    def _same_phone(self, person, application):
        theirs = _digits(person.phone)
        if len(theirs) < 8:
            return None
        if theirs in {_digits(application.manager_phone), _digits(application.instructor_phone)}:
            return Finding("employer", _("%(person)s has the phone number of the applicant's trainer.") % {
                "person": person})  # fmt: skip
        if theirs == _digits(application.phone):
            return Finding("relative", _("%(person)s has the same phone number as the applicant.") % {"person": person})
        return None


def conflict_of(person, application) -> Finding | None:
    """What keeps this one person from judging this one application."""
    return Ties([person], [application]).blocking(person, application)


def _training(model, people, offices) -> dict[int, list[tuple[str, str]]]:
    """(name, number) of the companies whose training manager or instructor somebody is, by account or by address."""
    by_address = {person.email.casefold(): person.pk for person in people}
    by_key = {person.pk for person in people}
    rows = (
        model.objects.filter(office__in=offices)
        .annotate(address=Lower("email"))
        .filter(Q(user__in=by_key) | Q(address__in=by_address))
        .select_related("company")
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        person = row.user_id if row.user_id in by_key else by_address.get(row.email.casefold())
        if person is not None:
            found[person].append((row.company.name, clean_organisation_number(row.company.organisation_number)))
    return dict(found)


def _concerns(tie, application) -> bool:
    """Whether a standing tie reaches this application."""
    if tie.kind == TieKind.COMPANY:
        number = clean_organisation_number(tie.organisation_number)
        named = application.training_office
        names = [application.company_name, application.training_office_name, named.name if named else ""]
        numbers = {application.company_number, named.organisation_number if named else ""}
        same_number = bool(number) and number in {clean_organisation_number(each) for each in numbers}
        return same_number or any(_alike(tie.name, name) for name in names)
    people = [
        (application.full_name, application.email, application.phone),
        (f"{application.call_name} {application.family_name}", "", ""),
        (application.guardian_name, application.guardian_email, ""),
        (application.second_guardian_name, application.second_guardian_email, ""),
        (application.manager_name, application.manager_email, application.manager_phone),
        (application.instructor_name, application.instructor_email, application.instructor_phone),
    ]
    phone = _digits(tie.phone)
    return any(
        _alike(tie.name, name) or _same(tie.email, email) or (phone and phone == _digits(number))
        for name, email, number in people
    )


def _same_name(person, application) -> list[Finding]:
    """The same family name alone says little: many are called Hansen."""
    shared = _name_parts(person.family_name) & _name_parts(application.family_name)
    if not shared:
        return []
    words = _("%(person)s and %(applicant)s have the same family name.")
    return [Finding("same_name", words % {"person": person, "applicant": application.full_name}, blocks=False)]


def _name_parts(name):
    return {part for part in name.casefold().replace("-", " ").split() if len(part) > 2}


def _alike(one, other) -> bool:
    """Two names, but for case, space and what a company is called in law."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(name):
    words = name.casefold().replace(".", " ").replace(",", " ").split()
    return " ".join(word for word in words if word not in {"as", "ab", "asa", "ba", "sa", "da", "hb", "kb"})


def _same(one, other) -> bool:
    return bool(one) and one.strip().casefold() == (other or "").strip().casefold()


def _shared_domain(address, others) -> str:
    """The domain that an address shares with one of the others, unless anybody can have an address there."""
    domain = _domain(address)
    return domain if domain and domain not in PUBLIC_MAIL and domain in {_domain(each) for each in others} else ""


def _domain(address):
    return (address or "").rpartition("@")[2].strip().casefold()


def _digits(number):
    """The last eight digits, which tell two Nordic numbers apart whatever stands before them."""
    return "".join(letter for letter in str(number or "") if letter.isdigit())[-8:]
