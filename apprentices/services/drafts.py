"""Draft applications: begun without an account, saved step by step, opened elsewhere by a mailed code or link.

A draft has no person behind it yet, so these services have no ``by``: whoever holds the draft (its browser, or its
mailed link) is its owner, and the views check that.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import consent, notifications
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Round
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.errors import LinkSpent, Refused, TransitionNotAllowed
from mobility.common.workflow import lock

CONTACT = ("given_name", "family_name", "email", "phone", "written_form")
APPRENTICESHIP = (
    "birth_date",
    "trade",
    "contract_kind",
    "contract_starts_on",
    "contract_ends_on",
    "company_name",
    "company_number",
    "manager_name",
    "manager_email",
    "guardian_name",
    "guardian_email",
)
STAY = (
    "first_country",
    "second_country",
    "third_country",
    "goes_anywhere",
    "english_level",
    "wished_tasks",
    "motivation",
)
WRITABLE = frozenset(CONTACT + APPRENTICESHIP + STAY)
RESUMED_AT_ONCE = 3  # drafts of one address that a single request mails codes for


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
    if moved:
        application.email_confirmed_at = None
        changed.append("email_confirmed_at")
        links.revoke(purpose=LinkPurpose.OPEN_DRAFT, object_id=application.pk)
        notifications.draft_code(application)
    application.save(update_fields=changed)
    return application


@transaction.atomic
def send_code(*, application):
    """Mail a new code and link; the older ones are worth nothing from now on."""
    application = _draft(application)
    links.revoke(purpose=LinkPurpose.OPEN_DRAFT, object_id=application.pk)
    notifications.draft_code(application)


@transaction.atomic
def send_codes_to(*, address):
    """Mail a code for each draft of this address whose round is open, newest first; silent when there is none."""
    rounds: set[int] = set()
    for application in _open_drafts(address):
        if application.round_id not in rounds and len(rounds) < RESUMED_AT_ONCE:
            rounds.add(application.round_id)
            send_code(application=application)


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


def _draft(application):
    application = lock(application)
    if application.status != ApplicationStatus.DRAFT:
        raise TransitionNotAllowed(_("This application has been sent. It cannot be changed any more."))
    return application


def _open_drafts(address):
    return (
        Application.objects.filter(
            email__iexact=address, status=ApplicationStatus.DRAFT, round__in=Round.objects.open_now()
        )
        .select_related("round", "office")
        .order_by("-saved_at", "-pk")
    )


def _refuse_unknown(fields):
    unknown = set(fields) - WRITABLE
    if unknown:
        raise TypeError(f"not fields of the form: {sorted(unknown)}")
