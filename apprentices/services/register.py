"""An applicant who stands in the county's register already: the imported person and contract are found, not doubled."""

from apprentices.enums import ContractSource
from apprentices.likeness import name_parts
from apprentices.models import Apprentice, Contract


def known_person(application, company):
    """The person of the office behind an application: by (confirmed) address, else by the county's register, else None.

    An address that belonged to a row which was merged leads to the person that was kept.
    """
    by_address = Apprentice.objects.filter(office=application.office, email__iexact=application.email)
    found = by_address.standing().first()
    if found is None:
        merged = by_address.select_related("merged_into__user").first()
        found = merged.merged_into if merged else registered_person(application, company)
    return found


def registered_person(application, company):
    """The imported person whom this application means, or None.

    Name and date of birth are easily known by others. So the person must have no account, no application and no other
    e-mail address yet, must be the only one, and the application must name the company or the first day of a contract
    of the register.
    """
    people = Apprentice.objects.standing().filter(
        office=application.office, birth_date=application.birth_date, user=None, applications=None
    )
    wanted = name_parts(application.full_name)
    alike = [
        person
        for person in people.filter(contracts__source=ContractSource.IMPORT).distinct()
        if name_parts(person.full_name) == wanted and person.email.lower() in ("", application.email.lower())
    ]
    if len(alike) != 1:
        return None
    return alike[0] if registered_contract(application, alike[0], company) else None


def registered_contract(application, apprentice, company):
    """The contract of the county's register that the application means: same company, or same first day; else None."""
    contracts = Contract.objects.filter(apprentice=apprentice, source=ContractSource.IMPORT)
    found = [each for each in contracts if each.company_id == company.pk] or [
        each for each in contracts if each.starts_on == application.contract_starts_on
    ]
    return found[0] if found else None
