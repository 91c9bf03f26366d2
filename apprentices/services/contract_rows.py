"""Writing the rows of a list of contracts: in bulk, with history, inside the caller's transaction."""

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from apprentices.enums import ContractSource, RowOutcome
from apprentices.models import Apprentice, Contract, TrainingCompany
from apprentices.selectors.contract_imports import CONTRACT_FIELDS, PERSON_FIELDS, left_out, taken_fields

BATCH = 500
_OTHER_ROWS = {"office", "user", "trade", "member", "merged_into", "apprentice", "company", "register_office",
               "training_office", "training_manager", "instructor"}  # fmt: skip
_CHECKED_ALREADY = {"phone"}  # by the reader of the list; to parse it again costs more than all other columns


def write_rows(contract_import, plan, *, by) -> set[int]:
    """Make and change what the plan says, but for rows that are left out and values that are not taken over.

    Returns the people known before with whom, or with whose contract, something has changed.

    Raises ValidationError if a row cannot be kept after all: then the caller's transaction keeps none.
    """
    out = left_out(contract_import.decisions)
    rows = [each for each in plan.rows if each.row.number not in out and each.outcome != RowOutcome.REPEATED]
    taken = {entry["number"]: taken_fields(entry, contract_import.decisions) for entry in plan.report}
    note = {"default_user": by, "default_change_reason": f"import {contract_import.pk}", "batch_size": BATCH}
    companies = _companies(contract_import.office, rows, taken)
    people = _new_people(contract_import.office, rows, note)
    _new_contracts(contract_import.office, rows, companies, people, note)
    _change_people(rows, taken, note)
    _change_contracts(contract_import.office, rows, taken, companies, note)
    return {each.person for each in rows if each.person and (each.contract is None or taken[each.row.number])}


def _companies(office, rows, taken):
    """Row number -> company, made where one is needed and the office has none of this number or name."""
    fresh: dict = {}
    for each in rows:
        if each.company is None and (each.contract is None or "company" in taken[each.row.number]):
            fresh.setdefault(_company_key(each.row), each.row)
    made = TrainingCompany.objects.bulk_create(
        [
            TrainingCompany(
                office=office, name=row.company_name or row.company_number, organisation_number=row.company_number
            )
            for row in fresh.values()
        ],
        batch_size=BATCH,
    )
    by_key = dict(zip(fresh, (company.pk for company in made), strict=True))
    return {each.row.number: each.company or by_key.get(_company_key(each.row)) for each in rows}


def _company_key(row):
    return row.company_number or row.company_name.casefold()


def _new_people(office, rows, note):
    """Row number -> the new person of that row; several contracts of one new person bring one."""
    fresh: dict = {}
    for each in rows:
        if each.person is None:
            fresh.setdefault(each.like_row or each.row.number, _new_person(office, each))
    _check(fresh.values())
    made = bulk_create_with_history(list(fresh.values()), Apprentice, **note)
    by_row = dict(zip(fresh, (person.pk for person in made), strict=True))
    return {each.row.number: by_row[each.like_row or each.row.number] for each in rows if each.person is None}


def _new_person(office, each):
    row = each.row
    return Apprentice(
        office=office,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        email=row.email,
        phone=row.phone,
        trade_id=each.trade,
        written_form=office.default_language,
    )


def _new_contracts(office, rows, companies, people, note):
    fresh = [
        Contract(
            apprentice_id=each.person or people[each.row.number],
            kind=each.row.kind,
            starts_on=each.row.starts_on,
            ends_on=each.row.ends_on,
            company_id=companies[each.row.number],
            approved_on=each.approved_on,
            external_id=each.row.external_id,
            register_office=office,
            source=ContractSource.IMPORT,
        )
        for each in rows
        if each.contract is None
    ]
    _check(fresh)
    bulk_create_with_history(fresh, Contract, **note)


def _change_people(rows, taken, note):
    """One person may stand in several rows: what the last one says is what was taken last."""
    wanted: dict = {}
    for each in rows:
        names = taken[each.row.number].intersection(PERSON_FIELDS)
        if each.person is not None and names:
            wanted.setdefault(each.person, []).append((each, names))
    changed, touched = _locked(Apprentice, wanted), set()
    for person in changed:
        for each, names in wanted[person.pk]:
            touched |= names
            for name in names:
                if name == "trade":
                    person.trade_id = each.trade
                else:
                    setattr(person, name, getattr(each.row, name))
    _update(changed, Apprentice, touched, note)


def _change_contracts(office, rows, taken, companies, note):
    wanted = {}
    for each in rows:
        names = taken[each.row.number].intersection(CONTRACT_FIELDS)
        if each.contract is not None and names:
            wanted[each.contract] = (each, names)
    changed, touched = _locked(Contract, wanted), set()
    for contract in changed:
        each, names = wanted[contract.pk]
        touched |= names
        for name in names:
            if name == "company":
                contract.company_id = companies[each.row.number]
            elif name == "external_id":
                contract.external_id, contract.register_office = each.row.external_id, office
                touched.add("register_office")
            elif name == "approved_on":
                contract.approved_on = each.approved_on
            else:
                setattr(contract, name, getattr(each.row, name))
    _update(changed, Contract, touched, note)


def _locked(model, pks):
    """The rows to change, held until the transaction ends."""
    wanted, found = list(pks), []
    for start in range(0, len(wanted), BATCH):
        found += model.objects.select_for_update(of=("self",)).filter(pk__in=wanted[start : start + BATCH])
    return found


def _update(changed, model, touched, note):
    _check(changed)
    if changed:
        bulk_update_with_history(changed, model, sorted(touched), **note)


def _check(rows):
    """As a form would, but for foreign keys (the plan has found their rows) and what the reader has checked."""
    for row in rows:
        row.clean_fields(exclude=_OTHER_ROWS | _CHECKED_ALREADY)
