"""The texts that applicants consent to. A text never changes: a new wording is a new version, and the old ones stay."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
"""The version that is shown now and written on the application with the moment of consent."""

ENDORSEMENT_VERSION = "2026-11"
"""The version of the pages that employers, training offices and guardians answer on; kept with each answer."""

TEXTS = {
    "2026-11": _(
        "%(office)s may keep and use what I write here to treat my application. "
        "I can withdraw my application at any time."
    ),
}

PHOTO_VERSION = "2026-11"
PHOTO_TEXTS = {
    "2026-11": _(
        "%(office)s may take photos of me during the stay and show them on its own pages and in its reports. "
        "I can change my mind at any time."
    ),
}


def text(office_name: str, version: str = VERSION) -> str:
    """The sentence beside the box, in the active language."""
    return str(TEXTS[version]) % {"office": office_name}


def photo_text(office_name: str, version: str = PHOTO_VERSION) -> str:
    """What a yes to photos means, in the active language."""
    return str(PHOTO_TEXTS[version]) % {"office": office_name}
