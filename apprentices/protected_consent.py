"""The texts that people consent to before protected content is kept, one for each kind.

A text never changes: a new wording is a new version, and the old ones stay.
"""

from django.utils.translation import gettext_lazy as _

from apprentices.enums import ProtectedKind

VERSION = "2026-11"
"""The version that is shown now and written on each consent."""

TEXTS = {
    "2026-11": {
        ProtectedKind.HEALTH: _(
            "%(office)s may keep what I write here about food, health and support, to arrange my stay. It is stored "
            "encrypted, each reading is logged, and I can take my consent back at any time: then it is deleted at once."
        ),
        ProtectedKind.NEXT_OF_KIN: _(
            "%(office)s may keep these names and numbers and call them if something serious happens. They are stored "
            "encrypted, each reading is logged, and I can take my consent back at any time: then they are deleted at once."
        ),
        ProtectedKind.BANK: _(
            "%(office)s may keep my account number to pay the grant. It is stored encrypted, each reading is logged, and I "
            "can take my consent back at any time: then it is deleted at once."
        ),
        ProtectedKind.TRAVEL: _(
            "%(office)s may keep what I write here about my passport and my health card, to arrange the journey. It is "
            "stored encrypted, each reading is logged, and I can take my consent back at any time: then it is deleted at "
            "once."
        ),
    },
}


def text(kind: str, office_name: str, version: str = VERSION) -> str:
    """The sentence beside the box, in the active language."""
    return str(TEXTS[version][ProtectedKind(kind)]) % {"office": office_name}
