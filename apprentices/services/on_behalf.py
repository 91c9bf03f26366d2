"""Applications that the office or a training office writes for an apprentice, who approves them through a mailed link.

Nobody selects on them before: they are drafts until the apprentice, and nobody else, consents and sends.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import consent
from apprentices.enums import EntryState
from apprentices.models import Application, Entry, TrainingOfficeMember
from apprentices.notifications import on_behalf as notifications
from apprentices.selectors.on_behalf import missing_for_approval
from apprentices.services.applications import submit_application
from apprentices.services.attachments import delete_attachment
from apprentices.services.drafts import WRITABLE
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.services import memberships
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock, require_nothing_missing

PHOTO_ANSWER = ("photo_consent_version", "photo_answered_at")
KEPT_AFTER_A_NO = {"given_name", "family_name", "email", "written_form"}


@transaction.atomic
def start_entry(*, round, by, given_name, family_name="", email, written_form):  # noqa: A002 - the domain's word
    """Begin a draft for somebody. No mail goes out before they are asked. Raises Refused (round not open, or yours)."""
    if not round.is_open:
        raise Refused(_("This round is not open for applications."))
    member = TrainingOfficeMember.objects.in_force_for(by).select_related("training_office").first()
    if member is None and not by.office_as(Role.COORDINATOR, Role.HEAD):
        raise Refused(_("Your account is tied to no training office. Please ask the office."))
    application = Application.objects.create(
        round=round,
        office=round.office,
        given_name=given_name,
        family_name=family_name,
        email=email,
        written_form=written_form,
        saved_at=clock.now(),
    )
    return Entry.objects.create(
        office=round.office,
        application=application,
        training_office=member.training_office if member else None,
        entered_by=by,
        created_at=clock.now(),
    )


@transaction.atomic
def ask_to_approve(*, entry, by):
    """Ask the apprentice, by a mailed link, to approve what was written. From now on the draft cannot be changed.

    Raises NotReady (``missing`` says what), TransitionNotAllowed (asked already, or answered).
    """
    entry = _in_state(entry, EntryState.WRITING)
    require_nothing_missing(missing_for_approval(entry))
    entry.state, entry.asked_at, entry.entered_by = EntryState.ASKED, clock.now(), by
    entry.save(update_fields=["state", "asked_at", "entered_by"])
    notifications.entry_asked(entry)
    return entry


@transaction.atomic
def take_back(*, entry, by):
    """Go on writing before the apprentice has answered; the mailed link is worth nothing from now on."""
    entry = _in_state(entry, EntryState.ASKED)
    links.revoke(purpose=LinkPurpose.APPROVE_ENTRY, object_id=entry.pk)
    entry.state = EntryState.WRITING
    entry.save(update_fields=["state"])
    return entry


@transaction.atomic
def approve_entry(*, link):
    """The apprentice consents and sends what was written; the address is confirmed by the link. Tells who entered it.

    Raises LinkSpent, TransitionNotAllowed (taken back or answered), or what ``submit_application`` raises: nothing is
    kept then, and the link still works.
    """
    entry = _answered(link, EntryState.APPROVED)
    _consent(entry.application)
    application = submit_application(application=entry.application)
    notifications.entry_answered(entry)
    return application


@transaction.atomic
def take_over_entry(*, link):
    """The apprentice consents, and goes on with the draft as an own one. Tells who entered it. Raises as above."""
    entry = _answered(link, EntryState.TAKEN_OVER)
    _consent(entry.application)
    notifications.entry_answered(entry)
    return entry.application


@transaction.atomic
def refuse_entry(*, link, reason=""):
    """The apprentice says no: what was written is deleted, with its files and in the history. Tells who entered it.

    What stays: that somebody entered something for this person, and that the person said no. Raises as above.
    """
    entry = _answered(link, EntryState.REFUSED, reason=reason)
    application = entry.application
    for attachment in application.attachments.select_related("application", "file", "preview"):
        delete_attachment(attachment=attachment)
    _empty(application)
    notifications.entry_answered(entry)
    return entry


def _empty(application):
    """Every answer but who the person is; the rows of the history stay and say who saved when, and nothing else."""
    empty = {name: _default_of(name) for name in [*WRITABLE - KEPT_AFTER_A_NO, *PHOTO_ANSWER]}
    for name, value in empty.items():
        setattr(application, name, value)
    application.save(update_fields=sorted(empty))
    application.language_skills.all().delete()
    kept_by_history = {field.name for field in Application.history.model._meta.get_fields()}  # noqa: SLF001
    application.history.update(**{name: value for name, value in empty.items() if name in kept_by_history})


def _default_of(name):
    return Application._meta.get_field(name).get_default()  # type: ignore[union-attr]  # noqa: SLF001 - a column


def _in_state(entry, state):
    """The entry, held until the transaction ends, if it stands in ``state``."""
    found = lock(entry)
    if found.state != state:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": found.get_state_display()}
        )
    return found


def _answered(link, state, *, reason=""):
    """Spend the link and note the answer."""
    entry = _in_state(Entry(pk=link.object_id), EntryState.ASKED)
    links.spend(link)
    entry.state, entry.answered_at, entry.reason = state, clock.now(), reason
    entry.save(update_fields=["state", "answered_at", "reason"])
    return entry


def _consent(application):
    now = clock.now()
    application.consented_at, application.consent_version, application.email_confirmed_at = now, consent.VERSION, now
    application.save(update_fields=["consented_at", "consent_version", "email_confirmed_at"])


@transaction.atomic
def invite_training_office(*, training_office, address, given_name, family_name="", language, by):
    """Invite a person to enter applications for one training office of the register, by mail.

    Raises Refused if the person acts for a training office of this office already.
    """
    invited = memberships.invite(
        office=training_office.office,
        role=Role.TRAINING_OFFICE,
        address=address,
        given_name=given_name,
        family_name=family_name,
        language=language,
        by=by,
    )
    return TrainingOfficeMember.objects.create(membership=invited.membership, training_office=training_office)
