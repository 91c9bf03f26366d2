"""Model fields that the database cannot read."""

import json

from django.db import models

from mobility.common import encryption
from mobility.common.encryption import sensitive_variables


class EncryptedJSON(models.TextField):
    """A JSON object that lies encrypted in the column; nothing is the empty text, so that "is there any" needs no key.

    Reading a row raises :class:`mobility.common.encryption.Unreadable` when the key is another one. The column cannot be
    searched or sorted by, and no history may keep it.
    """

    @sensitive_variables()
    def from_db_value(self, value, expression, connection):
        return json.loads(encryption.decrypt(value)) if value else {}

    def to_python(self, value):
        return value or {}

    @sensitive_variables()
    def get_prep_value(self, value):
        return encryption.encrypt(json.dumps(value, ensure_ascii=False)) if value else ""

    def value_to_string(self, obj):
        """What a dump of the database holds: no plain text either."""
        return self.get_prep_value(self.value_from_object(obj))

    def get_lookup(self, lookup_name):
        """None: Django then says that the field cannot be searched."""
