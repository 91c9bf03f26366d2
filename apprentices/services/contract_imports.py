"""Contracts from the county's register: looked through first, decided by hand where needed, imported all or nothing."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import ImportState, RowOutcome
from apprentices.models import ContractImport
from apprentices.register_rows import rows_of
from apprentices.selectors.contract_imports import (
    CONTRACT_FIELDS,
    PERSON_FIELDS,
    left_out,
    plan_import,
    rows_in_the_way,
)
from apprentices.services.contract_rows import write_rows
from apprentices.services.duplicates import look_later
from apprentices.services.eligibility import recheck_people
from mobility.accounts.models import Office
from mobility.common import clock, files, tables
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock


class Stale(Refused):
    """The office's data has changed since the list was looked through. It was looked through again: nothing is lost."""


@files.only_if_kept()
@transaction.atomic
def check_contracts(*, office, content: bytes, name, approved_on=None, by=None):
    """Keep an uploaded list with the report of what importing it would do. Nobody's data changes.

    ``approved_on``: the day by which the county had approved every contract of the list that names none.
    Raises ValidationError (not a table, columns missing) or Refused (no room on the disk).
    """
    rows = rows_of(tables.read(content))
    plan = plan_import(office=office, rows=rows, approved_on=approved_on, choices={})
    try:
        stored = files.store(
            office=office, kind="contracts", name=name, content=content, content_type="text/csv", by=by
        )
    except OSError as error:
        raise Refused(_("There is no room for the file just now. Please try again later.")) from error
    return ContractImport.objects.create(
        office=office,
        file=stored,
        approved_on=approved_on,
        report=plan.report,
        counts=plan.counts,
        fingerprint=plan.fingerprint,
        decisions={},
        by=by,
        at=clock.now(),
    )


@transaction.atomic
def decide_rows(*, contract_import, by, shown: set[int], out: set[int], take: dict[int, list[str]], people: dict):
    """Note what is left out, which changes are taken and whose contract a row is, for the rows that were ``shown``.

    A choice of a person can change what the row does, so the list is then looked through again.
    Raises TransitionNotAllowed when the list was imported or given up meanwhile.
    """
    found = _open(contract_import)
    decisions = found.decisions
    decisions["out"] = sorted(left_out(decisions) - shown | out & shown)
    kept = {number: names for number, names in decisions.get("take", {}).items() if int(number) not in shown}
    decisions["take"] = kept | {str(number): sorted(names) for number, names in take.items() if number in shown}
    before = decisions.get("people", {})
    decisions["people"] = before | {str(number): person for number, person in people.items() if number in shown}
    if decisions["people"] != before:
        _keep(found, _plan(found))
    found.save(update_fields=["decisions", "report", "counts", "fingerprint"])
    return found


@transaction.atomic
def take_column(*, contract_import, by, column, taken: bool):
    """Take the list's value of one column in every row where it differs, or no longer. Raises TransitionNotAllowed."""
    if column not in {*PERSON_FIELDS, *CONTRACT_FIELDS}:
        raise Refused(_("There is no such column."))
    found = _open(contract_import)
    columns = set(found.decisions.get("columns", []))
    found.decisions["columns"] = sorted(columns | {column} if taken else columns - {column})
    found.save(update_fields=["decisions"])
    return found


@transaction.atomic
def leave_out_errors(*, contract_import, by):
    """Leave out every row with an error. Rows to be decided stay. Raises TransitionNotAllowed."""
    found = _open(contract_import)
    wrong = {entry["number"] for entry in found.report if entry["outcome"] == RowOutcome.ERROR}
    found.decisions["out"] = sorted(left_out(found.decisions) | wrong)
    found.save(update_fields=["decisions"])
    return found


def apply_import(*, contract_import, by):
    """Import the list: every row that is not left out, or none. History names who did it.

    What is undecided of the people in it is checked anew: a contract that is approved, or covers the stay, counts at once.

    Raises NotReady (rows with errors, or rows to be decided), TransitionNotAllowed (imported or given up already), or
    Stale: somebody changed the register since; then the new report is kept, and nothing is imported.
    """
    with transaction.atomic():
        found = _open(contract_import)
        Office.objects.select_for_update().get(pk=found.office_id)  # two lists at once: one waits for the other
        plan = _plan(found)
        is_stale = plan.fingerprint != found.fingerprint
        if is_stale:
            _keep(found, plan)
            found.save(update_fields=["decisions", "report", "counts", "fingerprint"])
        else:
            _require_decided(found)
            touched = write_rows(found, plan, by=by)
            found.state = ImportState.APPLIED
            found.applied_at, found.applied_by = clock.now(), by
            found.save(update_fields=["state", "applied_at", "applied_by"])
            look_later(found.office)
            recheck_people(pks=touched)
    if is_stale:
        raise Stale(
            _("People or contracts have changed since this list was looked through. Please look at the rows again.")
        )
    return found


@transaction.atomic
def discard_import(*, contract_import, by):
    """Give up a list that was not imported: its file and its report are deleted. Raises TransitionNotAllowed."""
    found = _open(contract_import)
    found.state = ImportState.DISCARDED
    found.report, found.decisions, found.fingerprint = [], {}, ""
    found.save(update_fields=["state", "report", "decisions", "fingerprint"])
    content, storage = found.file.content.name, found.file.content.storage
    transaction.on_commit(lambda: storage.delete(content))
    return found


def _open(contract_import):
    found = lock(contract_import)
    if found.state != ImportState.CHECKED:
        raise TransitionNotAllowed(_("This list was imported or given up already."))
    return found


def _plan(found):
    with found.file.content.open("rb") as content:
        rows = rows_of(tables.read(content.read()))
    choices = found.decisions.get("people", {})
    return plan_import(office=found.office, rows=rows, approved_on=found.approved_on, choices=choices)


def _keep(found, plan):
    """Take over a fresh report. What was ticked for a row that says something else now is forgotten."""
    before = {entry["number"]: entry for entry in found.report}
    same = {str(entry["number"]) for entry in plan.report if before.get(entry["number"]) == entry}
    found.report, found.counts, found.fingerprint = plan.report, plan.counts, plan.fingerprint
    found.decisions["take"] = {n: names for n, names in found.decisions.get("take", {}).items() if n in same}


def _require_decided(found):
    in_the_way = rows_in_the_way(found.report, found.decisions)
    if in_the_way:
        errors = sum(entry["outcome"] == RowOutcome.ERROR for entry in in_the_way)
        missing = []
        if errors:
            missing.append(_("Rows with errors: %(number)s. Leave them out, or correct the file.") % {"number": errors})
        if len(in_the_way) > errors:
            missing.append(_("Rows to be decided: %(number)s.") % {"number": len(in_the_way) - errors})
        raise NotReady(missing)
