"""Who of an office may stand in the register twice. Two queries for any number of people, and nobody is compared with all.

People are compared only inside small groups: born on the same day with a part of the name in common (or one slip away),
one telephone, one mailbox, one company and first day of a contract.
"""

from collections import defaultdict
from itertools import combinations, pairwise

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from apprentices.likeness import mailbox, name_parts, names_alike, slips
from apprentices.models import Apprentice, Contract, SamePersonHint

REASONS = {
    "name": _("born on the same day, nearly the same name"),
    "email": _("the same mailbox, written differently"),
    "phone": _("the same telephone"),
    "contract": _("the same contract: company and first day"),
}
COMPARED_AT_MOST = 40  # people of one group; in a larger one (a default date, a switchboard) each with its neighbours


def look_alikes(office) -> dict[tuple[int, int], list[str]]:
    """(older row, newer row) -> why they look alike, as codes of REASONS."""
    people = _people(office)
    found = defaultdict(set)
    for reason, pairs in (
        ("name", _by_birth_date(people)),
        ("email", _pairs(_grouped(people, lambda person: mailbox(person["email"]) if person["email"] else ""))),
        ("phone", _by_phone(people)),
        ("contract", _by_contract(office, people)),
    ):
        for pair in pairs:
            found[pair].add(reason)
    return {pair: [reason for reason in REASONS if reason in reasons] for pair, reasons in sorted(found.items())}


def with_hints(applications):
    """``has_hints``: whether somebody may be the same person as the applicant. Most are not, and save a query."""
    either = Q(first=OuterRef("apprentice")) | Q(second=OuterRef("apprentice"))
    return applications.annotate(has_hints=Exists(SamePersonHint.objects.open().filter(either)))


def hints_of(person_id: int):
    """Open hints about one person of a case page."""
    either = Q(first=person_id) | Q(second=person_id)
    return SamePersonHint.objects.open().filter(either).select_related("first", "second")


def _people(office):
    rows = (
        Apprentice.objects.standing()
        .filter(office=office)
        .order_by("pk")
        .annotate(number=Cast("phone", CharField()))  # as stored: to parse each one takes long
        .values_list("pk", "given_name", "family_name", "birth_date", "email", "number")
    )
    return {
        pk: {"name": f"{given} {family}".strip(), "born": born, "email": email, "phone": phone}
        for pk, given, family, born, email, phone in rows.iterator(chunk_size=2000)
    }


def _by_birth_date(people):
    """Pairs born on one day whose names are alike. Alike names share a part, or what a slip leaves of one."""
    groups = defaultdict(set)
    for pk, person in people.items():
        for part in name_parts(person["name"]):
            for slip in slips(part):
                groups[(person["born"], slip)].add(pk)
    return {(one, other) for one, other in _pairs(groups) if names_alike(people[one]["name"], people[other]["name"])}


def _by_phone(people):
    """A family may share a telephone: only with the same day of birth, or an alike name."""
    return {
        (one, other)
        for one, other in _pairs(_grouped(people, lambda person: person["phone"]))
        if people[one]["born"] == people[other]["born"] or names_alike(people[one]["name"], people[other]["name"])
    }


def _by_contract(office, people):
    """Two apprentices of one company may begin on one day: only with an alike name."""
    rows = Contract.objects.filter(apprentice__office=office).values_list("company", "starts_on", "apprentice")
    groups = defaultdict(set)
    for company, starts_on, person in rows.iterator(chunk_size=2000):
        if person in people:
            groups[(company, starts_on)].add(person)
    return {(one, other) for one, other in _pairs(groups) if names_alike(people[one]["name"], people[other]["name"])}


def _grouped(people, key):
    groups = defaultdict(set)
    for pk, person in people.items():
        if found := key(person):
            groups[found].add(pk)
    return groups


def _pairs(groups):
    """Every two of a group, the older row first."""
    found = set()
    for group in groups.values():
        if len(group) > 1:
            members = sorted(group)
            found.update(combinations(members, 2) if len(members) <= COMPARED_AT_MOST else pairwise(members))
    return found
