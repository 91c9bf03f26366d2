"""What pages, guards and mails ask about stays."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from apprentices.ages import ADULT
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Trade
from apprentices.selectors.endorsements import missing_consents
from mobility.common import clock
from mobility.grants.enums import ActivityType
from partners.models import Opening
from placements.enums import AgreementStatus, Party, PlacementStatus
from placements.models import LearningAgreement, Placement

# --- placing -------------------------------------------------------------------------------------------------------
NOT_LIVING = (PlacementStatus.REFUSED, PlacementStatus.CANCELLED)
SHORTEST, LONG_TERM_FROM, LONGEST = 10, 90, 365  # days; Programme Guide 2026, VET learners


def stay_days(starts_on: datetime.date, ends_on: datetime.date) -> int:
    """Days of a stay, first and last counted, travel not."""
    return (ends_on - starts_on).days + 1


def activity_for(days: int) -> str | None:
    """Short-term (10-89 days) or long-term (90-365); None where the programme has no activity of that length."""
    if not SHORTEST <= days <= LONGEST:
        return None
    return ActivityType.LONG_TERM_LEARNER if days >= LONG_TERM_FROM else ActivityType.SHORT_TERM_LEARNER


def openings_of(office_id):
    """The office's openings that still lie ahead, each with ``taken``: the living stays placed in it."""
    return (
        Opening.objects.filter(partner__office=office_id, partner__is_active=True, ends_on__gte=clock.today())
        .annotate(taken=Count("placements", filter=~Q(placements__status__in=NOT_LIVING)))
        .select_related("partner", "host_company")
        .prefetch_related("trades")
        .order_by("starts_on", "partner__name", "pk")
    )


def living_in(opening) -> int:
    """How many places of the opening are taken."""
    return Placement.objects.filter(opening=opening).exclude(status__in=NOT_LIVING).count()


def obstacles(opening, application, *, taken, starts_on=None, ends_on=None) -> list[str]:
    """Why this opening does not suit the application, one sentence each; with dates, whether they lie inside it.

    The trade is named but never forbids: the coordinator knows what a workplace can also teach.
    """
    found = []
    if taken >= opening.places:
        found.append(_("All places of this opening are taken."))
    start = starts_on or max(opening.starts_on, application.round.departs_from or opening.starts_on)
    age = application.apprentice.age_on(start)
    if opening.minimum_age and age < opening.minimum_age:
        found.append(
            _("The minimum age is %(minimum)s; the apprentice is %(age)s at departure.")
            % {"minimum": opening.minimum_age, "age": age}
        )
    if starts_on and ends_on and not opening.starts_on <= starts_on <= ends_on <= opening.ends_on:
        found.append(_("The stay must lie inside the dates of the opening."))
    return found


def teaches(opening, trade: Trade | None) -> bool:
    """Whether the opening names this trade, or none at all. Uses the prefetched trades."""
    trades = list(opening.trades.all())
    return not trades or (trade is not None and trade in trades)


def unplaced(user):
    """Accepted applications without a living stay, those who wait longest first."""
    living = Placement.objects.filter(application=OuterRef("pk")).exclude(status__in=NOT_LIVING)
    return (
        Application.objects.visible_to(user)
        .filter(~Exists(living), status=ApplicationStatus.ACCEPTED)
        .select_related("round", "apprentice__trade")
        .order_by("status_since", "pk")
    )


@dataclass(frozen=True)
class Suggestion:
    """One opening as the placing page shows it."""

    opening: Opening
    left: int
    teaches: bool
    wish: int | None
    obstacles: list[str]

    @property
    def fits(self) -> bool:
        return not self.obstacles


def suggestions_for(application) -> list[Suggestion]:
    """Every opening ahead, the best first: possible ones, own trade, first wish, earliest."""
    trade = application.apprentice.trade or application.trade
    countries = application.countries
    rows = []
    for opening in openings_of(application.office_id):
        country = opening.partner.country
        rows.append(
            Suggestion(
                opening=opening,
                left=max(opening.places - opening.taken, 0),
                teaches=teaches(opening, trade),
                wish=countries.index(country) + 1 if country in countries else None,
                obstacles=obstacles(opening, application, taken=opening.taken),
            )
        )
    return sorted(rows, key=lambda row: (not row.fits, not row.teaches, row.wish or 9, row.opening.starts_on))


# --- parties -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Signer:
    """A person who signs or is told, wherever the name is kept."""

    name: str
    email: str
    language: str
    organisation: str = ""
    user: object | None = None


def contract_of(placement):
    """The apprentice's contract during the stay: the newest that has begun by its start."""
    contracts = placement.apprentice.contracts.select_related("company", "training_manager__user").order_by(
        "-starts_on"
    )
    running = [c for c in contracts if c.starts_on <= placement.starts_on]
    return (running or list(contracts) or [None])[0]


def employer_of(placement) -> Signer | None:
    """The training manager: of the contract; else as the application names them."""
    contract = contract_of(placement)
    if contract and contract.training_manager:
        manager = contract.training_manager
        return Signer(manager.full_name, manager.email, manager.written_form, contract.company.name, manager.user)
    application = placement.application
    if application and application.manager_email:
        return Signer(
            application.manager_name or application.manager_email,
            application.manager_email,
            application.written_form,
            application.company_name,
        )
    return None


def guardian_of(placement) -> Signer | None:
    application = placement.application
    if application is None or not application.guardian_email:
        return None
    name = application.guardian_name or application.guardian_email
    return Signer(name, application.guardian_email, application.written_form)


def needs_guardian(placement) -> bool:
    """Under 18 today or on the day of departure."""
    first = min(clock.today(), placement.starts_on)
    return placement.apprentice.age_on(first) < ADULT


def host_signer(placement) -> Signer:
    """The host company's contact; where the partner hosts itself, the contact person it named, or its first one."""
    company, partner = placement.host_company, placement.partner
    if company:
        return Signer(company.contact_name, company.contact_email, company.language, company.name)
    contact = placement.host_contact or partner.contacts.first()
    if contact:
        return Signer(contact.name, contact.email, partner.language, partner.name)
    return Signer(partner.name, partner.email, partner.language, partner.name)


# --- what is missing: the page, the guard and the reminder share these lists --------------------------------------
def missing_for_confirmation(placement) -> list[str]:
    missing = missing_dates(placement)
    if placement.project is None:
        missing.append(_("The project that pays for the stay is missing."))
    if employer_of(placement) is None:
        missing.append(_("The training manager's name and e-mail are missing."))
    if needs_guardian(placement) and guardian_of(placement) is None:
        missing.append(_("The apprentice is under 18: the guardian's name and e-mail are missing."))
    if placement.application is not None:
        missing += missing_consents(placement.application)
    return missing


def missing_dates(placement) -> list[str]:
    if placement.ends_on is None:
        return [_("The last day of the stay is missing.")]
    missing = []
    if activity_for(placement.days) is None:
        missing.append(_("A stay lasts from 10 to 365 days."))
    project = placement.project
    if project and not project.starts_on <= placement.starts_on <= placement.ends_on <= project.ends_on:
        missing.append(_("The stay must lie inside the dates of the project."))
    return missing


def missing_for_readiness(placement) -> list[str]:
    missing = []
    agreement = agreement_in_force(placement)
    if agreement is None:
        missing.append(_("There is no learning agreement."))
    elif agreement.status != AgreementStatus.SIGNED:
        missing.append(_("The learning agreement is not signed by everybody."))
    if placement.ends_on is None:
        missing.append(_("The last day of the stay is missing."))
    if not placement.lodging:
        missing.append(_("Nobody has said where the apprentice will live."))
    return missing


# --- agreements ----------------------------------------------------------------------------------------------------
def agreement_in_force(placement) -> LearningAgreement | None:
    """The version that counts now, with its signatures."""
    return (
        placement.learning_agreements.exclude(status=AgreementStatus.REPLACED)
        .select_related("document", "signed_document")
        .prefetch_related("signatures", "outcomes")
        .first()
    )


def next_signature(agreement):
    """The first place that is still empty, or None."""
    return agreement.signatures.filter(signed_at=None).order_by("position").first()


TURN_OF_PARTY = {
    Party.APPRENTICE: "apprentice",
    Party.GUARDIAN: "guardian",
    Party.OFFICE: "office",
    Party.EMPLOYER: "training_manager",
    Party.HOST: "host",
}


def whose_turn(placement, agreement) -> str:
    """A code of the tag ``turn``: who must act next. Once the start has passed, the office confirms the arrival."""
    match placement.status:
        case PlacementStatus.PROPOSED:
            return "partner"
        case PlacementStatus.CLOSED | PlacementStatus.CANCELLED:
            return "nobody"
        case PlacementStatus.CONFIRMED if agreement and agreement.status == AgreementStatus.SIGNING:
            waiting = next((s for s in agreement.signatures.all() if s.signed_at is None), None)
            return TURN_OF_PARTY[waiting.party] if waiting else "office"
        case PlacementStatus.READY:
            return "office" if placement.starts_on <= clock.today() else "nobody"
        case PlacementStatus.ABROAD:
            return "apprentice"
    return "office"


# --- the partner's list --------------------------------------------------------------------------------------------
def candidates_of(user):
    """The stays that were sent to this person's partner and are not refused or cancelled: then the data is not theirs."""
    return (
        Placement.objects.visible_to(user)
        .exclude(status__in=NOT_LIVING)
        .select_related("apprentice__trade", "partner", "host_company", "office")
        .annotate(waiting=Q(status=PlacementStatus.PROPOSED))
        .order_by("-waiting", F("starts_on"), "pk")
    )
