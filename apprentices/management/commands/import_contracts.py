"""Look through a list of contracts of the county's register, for a coordinator to decide about in the web admin."""

from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from apprentices.enums import RowOutcome
from apprentices.register_rows import rows_of, sentence
from apprentices.selectors.contract_imports import plan_import
from apprentices.services.contract_imports import check_contracts
from mobility.accounts.models import Office
from mobility.common import tables


class Command(BaseCommand):
    help = (
        "Look through a CSV of the county's register. With --dry-run nothing is kept; it is never imported from here."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, help="Address of the office's page, such as intsek.")
        parser.add_argument("--dry-run", action="store_true", help="Print what each row would do, and keep nothing.")

    def handle(self, *args, file, office, dry_run, **options):
        found = Office.objects.filter(slug=office).first()
        if found is None:
            raise CommandError(f"There is no office {office}.")
        try:
            content = file.read_bytes()
            if dry_run:
                rows = rows_of(tables.read(content))
                report(plan_import(office=found, rows=rows, choices={}).report, self.stdout.write)
            else:
                made = check_contracts(office=found, content=content, name=file.name)
                self.stdout.write(f"Looked through as import {made.pk}: a coordinator decides and imports it.")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error


def report(entries: list[dict], write: Callable[[str], object]) -> None:
    """One line for each row; no names: an operator's terminal is no place for them."""
    for entry in entries:
        said = " ".join(sentence(code, params) for code, params in entry["say"])
        changed = ", ".join(name for name, _ours, _theirs in entry["differences"])
        write(
            " · ".join(
                part for part in (str(entry["number"]), str(RowOutcome(entry["outcome"]).label), changed, said) if part
            )
        )
