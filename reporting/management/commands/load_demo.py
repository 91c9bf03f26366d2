"""``manage.py load_demo``: the invented offices, once; then how to sign in."""

from django.core.management.base import BaseCommand, CommandError

from mobility.common.errors import Refused
from reporting.demo import loader
from reporting.demo.offices import PASSWORD, SECOND_FACTOR, TOTP_SECRET
from reporting.demo.source import read


class Command(BaseCommand):
    help = "Load the invented offices of the demo (only with the demo settings; a second time does nothing)."

    def handle(self, **options):
        try:
            is_new = loader.load()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not is_new:
            self.stderr.write("The demo offices are here already.")
        self.stdout.write(f"Sign in with one of these addresses and the password {PASSWORD}\n")
        for office, address, name in loader.sign_ins():
            self.stdout.write(f"  {address:34} {name} ({office})")
        staff = [person for office in read("offices")["offices"] for person in office["staff"]]
        address = next(person["email"] for person in staff if person["id"] == SECOND_FACTOR)
        self.stdout.write(f"With a second factor, whose secret is {TOTP_SECRET}:\n  {address}")
