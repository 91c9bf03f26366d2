"""``manage.py rotate_field_keys``: write every encrypted column anew with the first key of FIELD_ENCRYPTION_KEYS."""
# ruff: noqa: SLF001 - _meta and _base_manager are Django's documented names

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mobility.common.encryption import Unreadable
from mobility.common.fields import EncryptedJSON


class Command(BaseCommand):
    help = "Write every encrypted column anew with the first key. May be stopped and started again."

    def handle(self, *args, **options):
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, EncryptedJSON):
                    number = self._rotate(model, field.attname)
                    self.stdout.write(f"{model._meta.label}: {number} rows")

    def _rotate(self, model, name):
        """Row by row and each in a transaction of its own: a table of any size, and nobody waits long."""
        number = 0
        for pk in model._base_manager.values_list("pk", flat=True).order_by("pk"):
            with transaction.atomic():
                try:
                    row = model._base_manager.select_for_update().only(name).filter(pk=pk).first()
                except Unreadable:
                    raise CommandError(f"{model._meta.label} {pk} was written with a key that is not there.") from None
                if row is not None and getattr(row, name):
                    row.save(update_fields=[name])
                    number += 1
        return number
