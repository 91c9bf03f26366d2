"""Protected content: kept with a consent, wiped with its withdrawal, read with a row in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import protected_consent
from apprentices.models import PROTECTED, Application, Consent
from apprentices.selectors.protected import can_be_read, consent_in_force, row_of
from apprentices.services.details import require_second_stage
from mobility.common import clock
from mobility.common.encryption import sensitive_variables
from mobility.common.errors import Refused
from mobility.common.models import ReadLog
from mobility.common.workflow import lock


@sensitive_variables("content")
@transaction.atomic
def save_protected(*, application, kind, content: dict, consents=False, by):
    """Keep what the person wrote, encrypted. ``consents``: the box was ticked, beside the text of today.

    Raises TransitionNotAllowed unless there is an accepted offer, Refused without a consent in force.
    """
    application = lock(application)
    require_second_stage(application)
    if consent_in_force(application, kind) is None:
        if not consents:
            raise Refused(_("Tick that you consent. Without it we keep nothing of this."))
        application.consents.create(kind=kind, version=protected_consent.VERSION, given_at=clock.now())
    rows = PROTECTED[kind].objects.filter(application=application)
    # update, not save: the content before is not read, so that one of another key can be written over
    if not rows.update(content=content, saved_at=clock.now()):
        PROTECTED[kind].objects.create(application=application, content=content, saved_at=clock.now())  # type: ignore[misc]  # the stubs see a text


@transaction.atomic
def withdraw_consent(*, application, kind, by):
    """Wipe the content at once, whatever the state of the application; that there was a consent stays on record."""
    application = lock(application)
    PROTECTED[kind].objects.filter(application=application).update(content={}, saved_at=None)
    Consent.objects.filter(application=application, kind=kind, withdrawn_at=None).update(withdrawn_at=clock.now())


@sensitive_variables("content")
@transaction.atomic
def read_protected(*, application: Application, kind, by) -> dict:
    """The content, for a member of staff with the right to read it; the reading is written down first.

    Raises Refused when there is nothing to read, Unreadable when it was encrypted with another key (then the attempt is
    not logged: nothing was read).
    """
    application = lock(application)
    if not can_be_read(application) or consent_in_force(application, kind) is None:
        raise Refused(_("There is nothing here to read."))
    row, person = row_of(application, kind), application.apprentice
    if row is None or not row.content:
        raise Refused(_("There is nothing here to read."))
    ReadLog.objects.create(
        office_id=application.office_id,
        reader=by,
        reader_role=_role_of(by),
        person_id=person.user_id if person else None,
        kind=kind,
        object_id=row.pk,
        at=clock.now(),
    )
    return row.content


def _role_of(user):
    """The role that gave the right, as a code: it stays true when the person has another one later."""
    return next((role for role in ("coordinator", "head") if role in user.roles), "")
