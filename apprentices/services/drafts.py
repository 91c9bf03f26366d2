"""Draft applications: begun without an account, saved step by step, opened elsewhere by a mailed code or link.

A draft has no person behind it yet, so these services have no ``by``: whoever holds the draft (its browser, or its
mailed link) is its owner, and the views check that.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import consent
from apprentices.enums import ApplicationStatus, TrainingOfficeAnswer
from apprentices.models import Application, LanguageSkill
from apprentices.models.applications import ADDRESS
from apprentices.notifications import drafts as notifications
from apprentices.selectors.drafts import GUARDIANS, drafts_of, needs_guardian, other_drafts
from apprentices.selectors.windows import may_send
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.errors import LinkSpent, Refused, TransitionNotAllowed
from mobility.common.workflow import lock

CONTACT = ("given_name", "family_name", "call_name", "email", "phone", "written_form")
PERSON = (
    "birth_date",
    "guardian_name",
    "guardian_email",
    "second_guardian_name",
    "second_guardian_email",
    "gender",
    "nationality",
    "has_protected_address",
    "address",
    "postal_code",
    "postal_place",
    "municipality",
)
APPRENTICESHIP = (
    "trade",
    "contract_kind",
    "contract_starts_on",
    "contract_ends_on",
    "company_name",
    "company_number",
    "training_office_answer",
    "training_office",
    "training_office_name",
    "manager_name",
    "manager_email",
    "manager_phone",
    "instructor_name",
    "instructor_email",
    "instructor_phone",
    "expected_wages",
)
STAY = (
    "first_country",
    "second_country",
    "third_country",
    "goes_anywhere",
    "wished_tasks",
    "competence_aims",
    "english_level",
    "has_earlier_stays",
    "earlier_where",
    "earlier_starts_on",
    "earlier_ends_on",
    "earlier_days",
)
MOTIVATION = ("motivation", "referee_name", "referee_contact", "has_photo_consent")
WRITABLE = frozenset(CONTACT + PERSON + APPRENTICESHIP + STAY + MOTIVATION)


@transaction.atomic
def start_draft(*, round, given_name, email, **fields):  # noqa: A002 - the domain's word
    """Make a draft and mail its code and link. The caller has seen the consent given. Raises Refused: not open."""
    if not round.is_open:
        raise Refused(_("This round is not open for applications."))
    _refuse_unknown(fields)
    now = clock.now()
    application = Application.objects.create(
        round=round,
        office=round.office,
        given_name=given_name,
        email=email,
        consented_at=now,
        consent_version=consent.VERSION,
        saved_at=now,
        **fields,
    )
    notifications.draft_code(application)
    return application


@transaction.atomic
def save_draft(*, application, **fields):
    """Save what a step gave, empty or not. A changed address must be confirmed anew, and gets a code of its own.

    Raises TransitionNotAllowed when the application has been sent meanwhile.
    """
    _refuse_unknown(fields)
    application = _draft(application)
    moved = "email" in fields and fields["email"].lower() != application.email.lower()
    for name, value in fields.items():
        setattr(application, name, value)
    application.saved_at = clock.now()
    changed = [*fields, "saved_at"]
    if "has_photo_consent" in fields:
        changed += _note_photo_answer(application)
    if moved:
        application.email_confirmed_at = None
        changed.append("email_confirmed_at")
        links.revoke(purpose=LinkPurpose.OPEN_DRAFT, object_id=application.pk)
        if not _is_written_for_them(application):
            notifications.draft_code(application)
    application.save(update_fields=changed)
    return application


@transaction.atomic
def save_languages(*, application, levels):
    """Set the levels of the named languages; None takes a language out. Others stay as they are."""
    application = _draft(application)
    write_levels(application, levels)
    application.saved_at = clock.now()
    application.save(update_fields=["saved_at"])
    return application


def write_levels(application, levels):
    """The rows of languages, inside the transaction of a caller that has looked whether they may be changed."""
    for language, level in levels.items():
        if level is None:
            application.language_skills.filter(language=language).delete()
        else:
            LanguageSkill.objects.update_or_create(
                application=application, language=language, defaults={"level": level}
            )


@transaction.atomic
def send_code(*, application):
    """Mail a new code and link; the older ones are worth nothing from now on. Raises Refused: written on behalf."""
    application = _draft(application)
    if _is_written_for_them(application):
        raise Refused(_("This application is written for somebody else, who gets a mail when it is ready."))
    links.revoke(purpose=LinkPurpose.OPEN_DRAFT, object_id=application.pk)
    notifications.draft_code(application)


@transaction.atomic
def send_codes_to(*, address):
    """Mail a code for the draft of this address that was saved last and can still be sent; silent when there is none.

    The code opens the list of all of them: who reads the address sees every draft.
    """
    open_ones = [draft for draft in drafts_of(address) if may_send(draft)]
    if open_ones:
        send_code(application=open_ones[0])


@transaction.atomic
def confirm_address(*, application, link):
    """Whoever holds this link, or its code, reads the address it was sent to: note that on the draft and return it.

    Raises TransitionNotAllowed when the application has been sent, LinkSpent when the draft has another address now.
    """
    application = _draft(application)
    if application.email.lower() != link.address.lower():
        raise LinkSpent(link, _("This application has another e-mail address now."))
    if application.email_confirmed_at is None:
        application.email_confirmed_at = clock.now()
        application.save(update_fields=["email_confirmed_at"])
    return application


@transaction.atomic
def open_proved_draft(*, application, address):
    """Note that the reader of ``address``, proved by another draft's code or link, opens this draft, too.

    Raises TransitionNotAllowed when it has been sent, Refused when it has another address.
    """
    application = _draft(application)
    if application.email.lower() != address.lower():
        raise Refused(_("This application has another e-mail address now."))
    if application.email_confirmed_at is None:
        application.email_confirmed_at = clock.now()
        application.save(update_fields=["email_confirmed_at"])
    return application


def drop_unasked(application):
    """Take out the answers to questions that do not apply, as they stand at sending. Writes only those columns."""
    dropped: dict[str, str | None] = {}
    if application.has_protected_address:
        dropped |= dict.fromkeys(ADDRESS, "")
    if not needs_guardian(application):
        dropped |= dict.fromkeys(GUARDIANS, "")
    if application.training_office_answer != TrainingOfficeAnswer.OTHER:
        dropped["training_office_name"] = ""
    if not application.has_earlier_stays:
        dropped |= {"earlier_where": "", "earlier_starts_on": None, "earlier_ends_on": None, "earlier_days": None}
    for name, value in dropped.items():
        setattr(application, name, value)
    application.save(update_fields=list(dropped))


def close_other_drafts(*, application):
    """The person's other drafts of the round are kept but closed: they name the one that was sent, and cannot be opened.

    One that is being sent in this very moment is left alone: it will be told that this one was faster.
    """
    for draft in other_drafts(application).select_for_update(of=("self",), skip_locked=True):
        draft.replaced_by = application
        draft.save(update_fields=["replaced_by"])
        links.revoke(purpose=LinkPurpose.OPEN_DRAFT, object_id=draft.pk)


def _draft(application):
    application = lock(application)
    if application.status != ApplicationStatus.DRAFT:
        raise TransitionNotAllowed(_("This application has been sent. It cannot be changed any more."))
    if application.replaced_by_id is not None:
        raise TransitionNotAllowed(_("You have sent another application in this round. This draft is closed."))
    return application


def _is_written_for_them(application):
    """Whether it is still with those who write it on the apprentice's behalf: no code of the draft is mailed then."""
    return not Application.objects.held_by_applicant().filter(pk=application.pk).exists()


def _note_photo_answer(application):
    """Version and moment of the photo consent, also of a no; returns the columns."""
    answered = application.has_photo_consent is not None
    application.photo_consent_version = consent.PHOTO_VERSION if answered else ""
    application.photo_answered_at = clock.now() if answered else None
    return ["photo_consent_version", "photo_answered_at"]


def _refuse_unknown(fields):
    unknown = set(fields) - WRITABLE
    if unknown:
        raise TypeError(f"not fields of the form: {sorted(unknown)}")
