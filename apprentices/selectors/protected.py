"""What may be known of protected content without reading it, and the person's own content."""

import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus, ProtectedKind
from apprentices.models import PROTECTED
from mobility.common import countries, formats
from mobility.common.models import ReadLog

SHOWN_CHARACTERS = 3  # of the number of a passport and of a health card


def row_of(application, kind):
    """The row of one kind with its content, or None. Raises Unreadable when it was encrypted with another key."""
    return PROTECTED[kind].objects.filter(application=application).first()


def own_content(application, kind) -> dict:
    """What the person wrote, for the person: not logged. Raises Unreadable."""
    row = row_of(application, kind)
    return row.content if row else {}


def given_kinds(application) -> set[str]:
    """The kinds of which there is content now. Nothing is decrypted: a wiped row has lost its moment of saving, too."""
    return {
        kind
        for kind, model in PROTECTED.items()
        if model.objects.filter(application=application, saved_at__isnull=False).exists()
    }


def consent_in_force(application, kind):
    """The consent that holds now, or None."""
    return application.consents.filter(kind=kind, withdrawn_at=None).first()


def readings_of(application):
    """Who has read what of this application, newest first, for the person."""
    about = Q(pk__in=[])
    for kind, model in PROTECTED.items():
        about |= Q(kind=kind, object_id__in=model.objects.filter(application=application).values("pk"))
    return ReadLog.objects.filter(about).select_related("reader", "office")


def can_be_read(application) -> bool:
    """Whether staff may read at all: while the person takes part."""
    return application.status == ApplicationStatus.ACCEPTED


def shown(kind, content: dict) -> dict:
    """The content as a page shows it: numbers of passports and cards end in three characters."""
    if kind != ProtectedKind.TRAVEL:
        return content
    return {
        name: last_characters(value) if name in {"document_number", "card_number"} else value
        for name, value in content.items()
    }


def facts(kind, content: dict, labels: dict) -> list[tuple[str, object]]:
    """(label, value) for a page, in the order of the form; what is empty is left out."""
    rows = shown(kind, content)
    return [
        (label, _said(name, rows.get(name)))
        for name, label in labels.items()
        if rows.get(name) or (rows.get(name) is False and not name.endswith("_knows"))
    ]


def _said(name, value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name.endswith("_on"):
        return formats.day(datetime.date.fromisoformat(value), "plain")
    if name == "document_country":
        return countries.name(value)
    return {"passport": _("Passport"), "id_card": _("Identity card"), "NO": _("Norway"), "SE": _("Sweden")}.get(
        value, value
    )


def last_characters(number: str) -> str:
    """``CCC001234`` -> ``•••234``."""
    return f"•••{number[-SHOWN_CHARACTERS:]}" if number else ""
