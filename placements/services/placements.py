"""Placing an apprentice: proposed to a partner, answered, confirmed, ready, cancelled. One function per move."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus
from apprentices.selectors.endorsements import objections_to
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock, files
from mobility.common.errors import AlreadyTaken, TransitionNotAllowed
from mobility.common.workflow import lock, move, require, require_nothing_missing
from partners.models import Contact, HostCompany
from placements import workflow
from placements.enums import PlacementStatus
from placements.models import Placement, Signature
from placements.notifications import placing as notifications
from placements.selectors import placing as selectors
from placements.services.project_prices import renumber
from placements.services.visits import cancel_visit

LODGED_IN = (PlacementStatus.HOST_FOUND, PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)
TOLD_THE_EMPLOYER = (PlacementStatus.CONFIRMED, PlacementStatus.READY)
PROPOSE = "propose"  # the first row of the log: a placement begins in its first state


@transaction.atomic
def propose_placement(*, application, opening, starts_on, ends_on, project, by, travel_days=2, is_green=False):
    """Send an accepted applicant to the partner of an opening. Mails the partner's contacts.

    The activity follows from the days. The opening is locked, so that its last place is given once. Raises
    TransitionNotAllowed (no accepted application, or placed already), AlreadyTaken (the opening is full), NotReady.
    """
    application = lock(application)
    opening = lock(opening)
    _require_placeable(application)
    taken = selectors.living_in(opening)
    if taken >= opening.places:
        raise AlreadyTaken(_("All places of this opening are taken."))
    require_nothing_missing(_missing_for_proposal(application, opening, starts_on, ends_on, project))
    placement = Placement.objects.create(
        office=application.office,
        apprentice=application.apprentice,
        application=application,
        project=project,
        partner=opening.partner,
        opening=opening,
        host_company=opening.host_company,
        activity=selectors.activity_for(selectors.stay_days(starts_on, ends_on)) or "",  # None is missing, above
        starts_on=starts_on,
        ends_on=ends_on,
        travel_days=travel_days,
        is_green=is_green,
        lodging=opening.lodging,
    )
    placement.status_changes.create(name=PROPOSE, to_status=placement.status, by=by, at=clock.now())
    notifications.tell_proposed(placement)
    return placement


@transaction.atomic
def find_host(
    *, placement, by, lodging, contact_name, contact_email, host_company=None, company_name="", company_city=""
):
    """The partner's yes. Mails the office.

    ``host_company`` is one of the partner's; ``company_name`` and ``company_city`` make a new one; with neither the
    partner hosts itself. The contact person is kept with the company (or the partner) and will sign as host.
    Raises TransitionNotAllowed or NotReady.
    """
    placement = lock(placement)
    require(placement, workflow.FIND_HOST)
    require_nothing_missing(_missing_in_answer(placement, host_company, contact_name, contact_email))
    if company_name:
        host_company = HostCompany.objects.create(
            partner=placement.partner,
            name=company_name,
            city=company_city or placement.partner.city,
            contact_name=contact_name,
            contact_email=contact_email,
            language=placement.partner.language,
        )
    elif host_company:
        host_company.contact_name, host_company.contact_email = contact_name, contact_email
        host_company.save(update_fields=["contact_name", "contact_email"])
    contact = None if host_company else _contact(placement.partner, contact_name, contact_email)
    move(placement, workflow.FIND_HOST, by=by, host_company=host_company, host_contact=contact, lodging=lodging)
    notifications.tell_host_found(placement)
    return placement


@transaction.atomic
def refuse_candidate(*, placement, reason, by):
    """The partner's no. The place of the opening is free again. Mails the office."""
    placement = lock(placement)
    require(placement, workflow.REFUSE)
    require_nothing_missing([] if reason.strip() else [_("Say why, so that the office finds a better place.")])
    move(placement, workflow.REFUSE, by=by, note=reason, refusal_reason=reason)
    renumber(project_id=placement.project_id)
    notifications.tell_refused(placement)
    return placement


@transaction.atomic
def confirm_placement(*, placement, by, note=""):
    """Confirm the host towards the apprentice. Mails the apprentice, the employer and the partner.

    Raises TransitionNotAllowed (wrong state) or NotReady (``missing`` says what).
    """
    placement = lock(placement)
    require(placement, workflow.CONFIRM)
    require_nothing_missing(selectors.missing_for_confirmation(placement))
    move(placement, workflow.CONFIRM, by=by, note=note)
    notifications.tell_confirmed(placement)
    return placement


@transaction.atomic
def make_ready(*, placement, by):
    """Everything is in order for the departure. Mails the apprentice. Raises TransitionNotAllowed or NotReady."""
    placement = lock(placement)
    require(placement, workflow.MAKE_READY)
    require_nothing_missing(selectors.missing_for_readiness(placement))
    move(placement, workflow.MAKE_READY, by=by)
    notifications.tell_ready(placement)
    return placement


@transaction.atomic
def set_lodging(*, placement, lodging, by):
    """Say where the apprentice will live, or where from now on. ``by`` is kept by the history of the row.

    Raises TransitionNotAllowed before the partner has answered and after the stay.
    """
    placement = lock(placement)
    if placement.status not in LODGED_IN:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": placement.get_status_display()}
        )
    placement.lodging = lodging.strip()
    placement._history_user = by  # noqa: SLF001 - how django-simple-history is told outside a request
    placement.save(update_fields=["lodging"])
    return placement


@files.only_if_kept()
@transaction.atomic
def cancel_placement(*, placement, reason, by):
    """End a stay before it begins: booked visits are cancelled, links to sign become worthless.

    Mails the apprentice and the partner, and the employer of a confirmed stay. Raises TransitionNotAllowed or NotReady.
    """
    placement = lock(placement)
    require(placement, workflow.CANCEL)
    require_nothing_missing([] if reason.strip() else [_("Say why the stay is cancelled.")])
    was_confirmed = placement.status in TOLD_THE_EMPLOYER
    move(placement, workflow.CANCEL, by=by, note=reason, cancel_reason=reason)
    renumber(project_id=placement.project_id)
    for visit in placement.visits.booked():
        cancel_visit(visit=visit, by=by, note=reason)
    for signature in Signature.objects.filter(agreement__placement=placement, signed_at=None):
        links.revoke(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=signature.pk)
    notifications.tell_cancelled(placement, was_confirmed=was_confirmed)
    return placement


def _require_placeable(application):
    if application.status != ApplicationStatus.ACCEPTED:
        raise TransitionNotAllowed(_("Only somebody who has accepted an offer can be placed."))
    if application.placements.exclude(status__in=selectors.NOT_LIVING).exists():
        raise TransitionNotAllowed(_("This application has a placement already."))
    require_nothing_missing(objections_to(application))


def _missing_for_proposal(application, opening, starts_on, ends_on, project):
    if opening.partner.office_id != application.office_id or project.office_id != application.office_id:
        raise ValueError("the opening or the project belongs to another office")
    missing = selectors.obstacles(opening, application, taken=0, starts_on=starts_on, ends_on=ends_on)
    if ends_on < starts_on:
        return [_("The stay ends before it starts.")]
    stay = Placement(starts_on=starts_on, ends_on=ends_on, project=project)
    return missing + selectors.missing_dates(stay)


def _missing_in_answer(placement, host_company, contact_name, contact_email):
    if host_company and host_company.partner_id != placement.partner_id:
        raise ValueError("the company belongs to another partner")
    if contact_name.strip() and contact_email.strip():
        return []
    return [_("Name the contact person at the workplace, with e-mail.")]


def _contact(partner, name, email):
    """The partner's contact with this address, under the name that was given last."""
    contact = partner.contacts.filter(email__iexact=email).first() or Contact(partner=partner, email=email)
    contact.name = name
    contact.save()
    return contact
