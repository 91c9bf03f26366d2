"""Price mobilities from standard input: ``price_mobility < mobilities.jsonl > prices.jsonl``."""

import json
import sys

from django.core.management.base import BaseCommand

from mobility.grants.price_lines import price_line


class Command(BaseCommand):
    help = "Prices one mobility a line: JSON in, JSON out, in the same order. Needs no database."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args, **options):
        """Reads bytes: a line that is not UTF-8 is not JSON, and spoils nothing but itself."""
        for line in sys.stdin.buffer:
            if line.strip():
                sys.stdout.write(json.dumps(price_line(line)) + "\n")
        sys.stdout.flush()
