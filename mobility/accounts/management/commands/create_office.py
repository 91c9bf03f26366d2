"""Start a real office: ``manage.py create_office --name … --kind … --country NO --email … --coordinator "Kari …"``."""

from django.core.management.base import BaseCommand, CommandError

from mobility.accounts.enums import OfficeKind, WrittenForm
from mobility.accounts.services.offices import create_office
from mobility.common.errors import Refused


class Command(BaseCommand):
    help = "Set up an office and invite its first coordinator: mails the invitation and prints its link."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="full name of the office")
        parser.add_argument("--kind", required=True, help=", ".join(OfficeKind.values))
        parser.add_argument("--country", required=True, help="two-letter code, such as NO or SE")
        parser.add_argument("--email", required=True, help="address of the first coordinator")
        parser.add_argument("--coordinator", default="", help="name of the first coordinator")
        parser.add_argument("--short-name", default="", help="shown in the head of each page; else the name")
        parser.add_argument("--language", default="", help=f"{', '.join(WrittenForm.values)}; else by country")
        parser.add_argument("--time-zone", default="", help="such as Europe/Oslo; else by country")
        parser.add_argument("--slug", default="", help="address of the public page; else made from the name")

    def handle(self, *, name, kind, country, email, coordinator, short_name, language, time_zone, slug, **options):
        try:
            office, invited = create_office(
                name=name,
                kind=kind,
                country=country,
                email=email,
                coordinator=coordinator,
                short_name=short_name,
                language=language,
                time_zone=time_zone,
                slug=slug,
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{office.name}: {office.get_absolute_url()}")
        self.stdout.write(f"Invitation of {email} as coordinator, mailed and good for 14 days:")
        self.stdout.write(invited.url)
