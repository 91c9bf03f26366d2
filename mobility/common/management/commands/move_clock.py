"""Move the demo's clock forward: ``manage.py move_clock --days 30``."""

import datetime

from django.core.management.base import BaseCommand, CommandError

from mobility.common import clock


class Command(BaseCommand):
    help = "Move the clock of a demo installation forward."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=0)
        parser.add_argument("--hours", type=int, default=0)

    def handle(self, *, days, hours, **options):
        try:
            moment = clock.move_forward(datetime.timedelta(days=days, hours=hours))
        except (RuntimeError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(moment.isoformat(timespec="seconds"))
