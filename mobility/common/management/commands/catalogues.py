"""``manage.py catalogues extract|update|check|compile``: the message catalogues, without gettext's programs."""

from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mobility.common import catalogues


def places_of_packages() -> list[Path]:
    """The locale folders of Django and of the installed apps that are not ours."""
    paths = [Path(config.path) for config in apps.get_app_configs()]
    theirs = [
        path / "locale" for path in paths if path.parent not in {settings.BASE_DIR, settings.BASE_DIR / "mobility"}
    ]
    return [Path(django.__file__).parent / "conf" / "locale", *theirs]


class Command(BaseCommand):
    help = "Extract the marked strings, merge them into locale/*.po, check these, or compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["extract", "update", "check", "compile"])

    def handle(self, *, action, **options):
        root = settings.BASE_DIR
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if action == "compile":
            done = [language for language in languages if catalogues.compiled(root, language)]
            self.stdout.write(f"Compiled: {', '.join(done) or 'nothing new'}")
            return
        template = catalogues.extracted(root)
        if action == "extract":
            for message in catalogues.entries(template):
                self.stdout.write(" | ".join(catalogues.ids(message)))
        elif action == "update":
            for language in languages:
                self.stdout.write(str(catalogues.update(root, language, template).relative_to(root)))
        else:
            found = []
            for language in languages:
                found += catalogues.faults(root, language, template, places_of_packages())
            for fault in found:
                self.stdout.write(fault)
            if found:
                raise CommandError(f"The catalogues have {len(found)} faults.")
