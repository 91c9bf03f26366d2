"""What importing a list of contracts would do, row by row. Reads only, with the same number of queries for any length.

A row is matched by its number in the county's register, then by name and date of birth, then by hand.
"""

import datetime
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField
from django.db.models.functions import Cast

from apprentices.enums import RowOutcome
from apprentices.likeness import name_parts, names_alike, slips
from apprentices.models import Apprentice, Contract, Trade, TrainingCompany
from apprentices.register_rows import RegisterRow

PERSON_FIELDS = ("given_name", "family_name", "birth_date", "email", "phone", "trade")
CONTRACT_FIELDS = ("kind", "company", "starts_on", "ends_on", "approved_on", "external_id")
NEW = "new"  # the choice "somebody new"
NEEDS_HAND = frozenset({RowOutcome.ERROR, RowOutcome.CHOOSE})
_EASILY_COMPARED = 30  # people of one date of birth that each row is compared with one by one


@dataclass
class PlannedRow:
    """One row with what importing it does. ``differences``: (field, ours, theirs) of a known person or contract."""

    row: RegisterRow
    outcome: RowOutcome = RowOutcome.NEW_PERSON
    person: int | None = None
    contract: int | None = None
    company: int | None = None
    trade: int | None = None
    like_row: int | None = None  # number of the earlier row that brings the same new person
    approved_on: datetime.date | None = None
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    say: list[tuple[str, dict]] = field(default_factory=list)
    candidates: list[tuple[int, str]] = field(default_factory=list)

    def as_report(self) -> dict:
        """What is kept, shown and compared: texts and numbers, no objects."""
        row = self.row
        return {
            "number": row.number,
            "outcome": str(self.outcome.value),
            "name": row.full_name,
            "born": _text(row.birth_date),
            "contract": row.external_id,
            "company": row.company_name or row.company_number,
            "period": [_text(row.starts_on), _text(row.ends_on)],
            "person": self.person,
            "differences": [list(difference) for difference in self.differences],
            "say": [list(said) for said in self.say],
            "candidates": [list(candidate) for candidate in self.candidates],
        }


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]
    report: list[dict]
    counts: dict[str, int]
    fingerprint: str


def plan_import(*, office, rows: list[RegisterRow], approved_on=None, choices: dict[str, str]) -> Plan:
    """Match every row against the office's register. ``choices``: row number -> person, or NEW, decided by hand."""
    register = _Register(office)
    planned = [_planned(register, row, approved_on, choices.get(str(row.number))) for row in rows]
    report = [each.as_report() for each in planned]
    return Plan(
        rows=planned,
        report=report,
        counts=dict(Counter(each["outcome"] for each in report)),
        fingerprint=hashlib.sha256(json.dumps(report, sort_keys=True).encode()).hexdigest(),
    )


def taken_fields(entry: dict, decisions: dict) -> set[str]:
    """The differences of a row that are taken over: those ticked; if nobody has looked, those that fill a gap."""
    ticked = decisions.get("take", {}).get(str(entry["number"]))
    if ticked is None:
        ticked = [name for name, ours, _theirs in entry["differences"] if ours == ""]
    columns = decisions.get("columns", [])
    return {name for name, _ours, _theirs in entry["differences"] if name in ticked or name in columns}


def left_out(decisions: dict) -> set[int]:
    return set(decisions.get("out", []))


def rows_in_the_way(report: list[dict], decisions: dict) -> list[dict]:
    """Rows that keep the list from being imported: errors, and choices that nobody has made."""
    out = left_out(decisions)
    return [entry for entry in report if entry["outcome"] in NEEDS_HAND and entry["number"] not in out]


class _Register:
    """The office's people, contracts and companies, and every trade: four queries."""

    def __init__(self, office):
        people = Apprentice.objects.standing().filter(office=office)
        people = people.annotate(number=Cast("phone", CharField()))  # as stored: to parse each one takes long
        columns = people.values_list("pk", "given_name", "family_name", "birth_date", "email", "number", "trade")
        names = ("pk", *PERSON_FIELDS)
        self.people = {values[0]: dict(zip(names, values, strict=True)) for values in columns}
        self.by_birth, self.by_name = defaultdict(list), defaultdict(list)
        for pk, person in self.people.items():
            person["name"] = f"{person['given_name']} {person['family_name']}".strip()
            self.by_birth[person["birth_date"]].append(pk)
            self.by_name[(person["birth_date"], name_parts(person["name"]))].append(pk)
        names = ("pk", "apprentice", "kind", "company", "starts_on", "ends_on", "approved_on", "external_id")
        contracts = Contract.objects.filter(apprentice__office=office, apprentice__merged_into=None)
        self.contracts = {values[0]: dict(zip(names, values, strict=True)) for values in contracts.values_list(*names)}
        self.by_number = {each["external_id"]: pk for pk, each in self.contracts.items() if each["external_id"]}
        self.unnumbered = defaultdict(list)
        for pk, each in self.contracts.items():
            if not each["external_id"]:
                self.unnumbered[each["apprentice"]].append(pk)
        companies = list(TrainingCompany.objects.filter(office=office).values_list("pk", "name", "organisation_number"))
        self.company_names = {pk: name for pk, name, _number in companies}
        self.company_by_number = {number: pk for pk, _name, number in companies if number}
        self.company_by_name = {name.casefold(): pk for pk, name, _number in companies}
        self.trades = dict(Trade.objects.values_list("code", "pk"))
        self.trade_codes = {pk: code for code, pk in self.trades.items()}
        self.seen, self.fresh, self.indexed = {}, {}, {}

    def company_of(self, row):
        if row.company_number:
            return self.company_by_number.get(row.company_number)
        return self.company_by_name.get(row.company_name.casefold())

    def nearly(self, row) -> list[int]:
        """People born on the same day whose name is nearly the same."""
        born = self.by_birth.get(row.birth_date, [])
        if len(born) > _EASILY_COMPARED:
            born = self._sharing_a_part(row, born)
        return [pk for pk in born if names_alike(self.people[pk]["name"], row.full_name)]

    def _sharing_a_part(self, row, born):
        index = self.indexed.get(row.birth_date)
        if index is None:
            index = self.indexed[row.birth_date] = defaultdict(set)
            for pk in born:
                for part in name_parts(self.people[pk]["name"]):
                    for slip in slips(part):
                        index[slip].add(pk)
        return sorted({pk for part in name_parts(row.full_name) for slip in slips(part) for pk in index.get(slip, ())})


def _planned(register, row, approved_on, choice):
    planned = PlannedRow(row, say=list(row.notes))
    twin = register.seen.get(row.external_id)
    if row.errors:
        planned.outcome, planned.say = RowOutcome.ERROR, [*row.errors, *row.notes]
    elif twin is not None:
        same = twin.facts == row.facts
        planned.outcome = RowOutcome.REPEATED if same else RowOutcome.ERROR
        planned.say = [("repeated" if same else "contradicts", {"row": twin.number})]
    else:
        register.seen[row.external_id] = row
        planned.approved_on = row.approved_on or approved_on
        planned.company = register.company_of(row)
        planned.trade = register.trades.get(row.trade)
        if row.trade and planned.trade is None:
            planned.say.append(("trade", {"value": row.trade.rstrip("-")}))
        _match(register, planned, choice)
        if planned.outcome not in NEEDS_HAND and planned.person is not None:
            _compare(register, planned)
    return planned


def _match(register, planned, choice):
    """Whose contract it is, and which: by number, by name and date of birth, by hand."""
    row = planned.row
    known = register.by_number.get(row.external_id)
    if known is not None:
        planned.contract, planned.person = known, register.contracts[known]["apprentice"]
        person = register.people[planned.person]
        if person["birth_date"] != row.birth_date and not names_alike(person["name"], row.full_name):
            planned.outcome = RowOutcome.ERROR
            planned.say.insert(0, ("another_person", {"person": person["name"]}))
        return
    key = (row.birth_date, name_parts(row.full_name))
    exact = register.by_name.get(key, [])
    nearly = exact or register.nearly(row)
    if choice is not None and (choice == NEW or int(choice) in nearly):
        planned.person = None if choice == NEW else int(choice)
    elif len(exact) == 1:
        planned.person = exact[0]
    elif nearly:
        planned.outcome = RowOutcome.CHOOSE
        planned.say.insert(0, ("several_people" if exact else "perhaps", {}))
        planned.candidates = [(pk, _described(register, pk)) for pk in nearly]
        return
    if planned.person is None:
        _as_new(register, planned, key)
    else:
        planned.contract = _unnumbered_contract(register, planned)


def _as_new(register, planned, key):
    first = register.fresh.setdefault(key, planned.row.number)
    if first != planned.row.number:
        planned.like_row = first
        planned.outcome = RowOutcome.NEW_CONTRACT
        planned.say.append(("with_row", {"row": first}))
    elif not planned.row.email:
        planned.say.append(("no_email", {}))


def _unnumbered_contract(register, planned):
    """The person's contract with this company that has no number yet: the one of the same first day, else the only one.

    A contract is given to one row only.
    """
    open_ones = register.unnumbered.get(planned.person, [])
    mine = [pk for pk in open_ones if register.contracts[pk]["company"] == planned.company]
    same_day = [pk for pk in mine if register.contracts[pk]["starts_on"] == planned.row.starts_on]
    found = same_day[0] if same_day else mine[0] if len(mine) == 1 else None
    if found is not None:
        open_ones.remove(found)
    return found


def _compare(register, planned):
    row, person = planned.row, register.people[planned.person]
    theirs = {
        "given_name": row.given_name,
        "family_name": row.family_name,
        "birth_date": _text(row.birth_date),
        "email": row.email,
        "phone": row.phone,
        "trade": row.trade if planned.trade else "",
    }
    ours = {name: _text(person[name]) for name in PERSON_FIELDS} | {
        "trade": register.trade_codes.get(person["trade"], "")
    }
    ours["email"], theirs["email"] = ours["email"].lower(), theirs["email"].lower()
    if planned.contract is None:
        planned.outcome = RowOutcome.NEW_CONTRACT
    else:
        contract = register.contracts[planned.contract]
        theirs |= {
            "kind": row.kind,
            "company": _company_said(register, planned),
            "starts_on": _text(row.starts_on),
            "ends_on": _text(row.ends_on),
            "approved_on": _text(row.approved_on or (None if contract["approved_on"] else planned.approved_on)),
            "external_id": row.external_id,
        }
        ours |= {name: _text(contract[name]) for name in CONTRACT_FIELDS}
        ours["company"] = register.company_names[contract["company"]]
        if contract["company"] == planned.company:
            theirs["company"] = ours["company"]
    found = [(name, ours[name], theirs[name]) for name in theirs if theirs[name] and theirs[name] != ours[name]]
    planned.differences = found
    if planned.contract is not None:
        planned.outcome = RowOutcome.CHANGED if found else RowOutcome.UNCHANGED


def _company_said(register, planned):
    known = register.company_names.get(planned.company)
    return known or planned.row.company_name or planned.row.company_number


def _described(register, pk):
    """A person to choose: name, and what tells two of the same name apart."""
    person = register.people[pk]
    more = person["email"] or person["phone"] or str(pk)
    return f"{person['name']} ({more})"


def _text(value):
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
