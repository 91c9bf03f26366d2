"""What is asked after a yes to an offer: saved by the person, the police certificate noted by the office."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus
from apprentices.models import Certificate, Details, InsurancePolicy
from apprentices.services.attachments import delete_attachment
from apprentices.services.casework import note_news
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock

WRITABLE = frozenset(
    {
        "cv_english", "letter_english", "has_licence", "licence_classes", "licence_since", "has_certificates",
        "lodging_wish", "lodging_notes", "guardian_phone", "second_guardian_name", "second_guardian_phone",
        "a1_asked_on", "a1_received_on",
    }
)  # fmt: skip
ROWS_AT_MOST = 10


def require_second_stage(application):
    """Raise TransitionNotAllowed unless the person has said yes to an offer and still takes part."""
    if application.status != ApplicationStatus.ACCEPTED:
        raise TransitionNotAllowed(_("This is asked only of those who have said yes to an offer."))


@transaction.atomic
def save_details(*, application, by, **fields) -> Details:
    """Save answers of one section, empty or not. Raises TransitionNotAllowed without an accepted offer."""
    unknown = set(fields) - WRITABLE
    if unknown:
        raise TypeError(f"not fields of the second stage: {sorted(unknown)}")
    application = lock(application)
    require_second_stage(application)
    details, _made = Details.objects.get_or_create(application=application)
    for name, value in fields.items():
        setattr(details, name, value)
    details.saved_at = clock.now()
    details.save(update_fields=[*fields, "saved_at"])
    note_news(application)
    return details


@transaction.atomic
def save_certificate(*, application, by, certificate=None, **fields) -> Certificate:
    """Add a certificate, or change one. Raises TransitionNotAllowed, or Refused when there are enough."""
    return _save_row(Certificate, application, certificate, fields)


@transaction.atomic
def delete_certificate(*, certificate, by):
    """Take a certificate off the list, with its files."""
    application = lock(certificate.application)
    require_second_stage(application)
    for attachment in certificate.attachments.select_related("application", "file", "preview"):
        delete_attachment(attachment=attachment)
    certificate.delete()


@transaction.atomic
def save_insurance(*, application, by, policy=None, **fields) -> InsurancePolicy:
    """Add an insurance, or change one. Raises TransitionNotAllowed, or Refused when there are enough."""
    return _save_row(InsurancePolicy, application, policy, fields)


@transaction.atomic
def delete_insurance(*, policy, by):
    """Take an insurance off the list."""
    require_second_stage(lock(policy.application))
    policy.delete()


@transaction.atomic
def note_police_certificate(*, application, by, shown_on):
    """Note that the person showed a police certificate to ``by``; the certificate itself is never kept.

    Without a day the note is taken away again. Raises TransitionNotAllowed without an accepted offer.
    """
    application = lock(application)
    require_second_stage(application)
    details, _made = Details.objects.get_or_create(application=application)
    details.police_shown_on, details.police_shown_to = shown_on, by if shown_on else None
    details.save(update_fields=["police_shown_on", "police_shown_to"])


def _save_row(model, application, row, fields):
    application = lock(application)
    require_second_stage(application)
    if row is None:
        if model.objects.filter(application=application).count() >= ROWS_AT_MOST:
            raise Refused(_("There are enough rows here. Delete one first."))
        return model.objects.create(application=application, **fields)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    return row
