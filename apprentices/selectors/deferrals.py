"""Who waits for a later round, and which rounds there are to wait for."""

from django.db.models import Q

from apprentices import workflow
from apprentices.enums import DeferralState, RoundStatus
from apprentices.models import Application, Deferral, Round
from mobility.common.workflow import possible


def wishes_of(round: Round) -> list[Deferral]:  # noqa: A002
    """What the office has to answer: wishes of applications that can still be deferred, oldest first."""
    return list(
        Deferral.objects.asked()
        .filter(application__round=round, application__status__in=workflow.DEFER.sources)
        .select_related("application__office", "application__round", "asked_by")
        .order_by("asked_at")
    )


def deferred_of(round: Round) -> list[Deferral]:  # noqa: A002
    """Everybody of the round who waits, or was carried over."""
    return list(
        Deferral.objects.filter(application__round=round, state=DeferralState.CONFIRMED)
        .select_related("application", "carried_to__round", "settled_by")
        .order_by("settled_at")
    )


def rounds_for(application: Application):
    """The later rounds of the office into which an application can be carried over."""
    return Round.objects.filter(
        office=application.office_id,
        departs_from__gt=application.round.departs_from,
        status__in=[RoundStatus.PREPARED, RoundStatus.OPEN],
    ).order_by("departs_from")


def deferral_of(application: Application) -> Deferral | None:
    """The newest wish of the application."""
    return application.deferrals.select_related("carried_to__round", "letter").first()


def can_ask(application: Application, deferral: Deferral | None) -> bool:
    """Whether the applicant may ask to wait for a later round now."""
    is_open = deferral is not None and deferral.state != DeferralState.REFUSED
    return bool(possible(application, [workflow.DEFER])) and not is_open


def deferrals_of_case(application: Application) -> list[Deferral]:
    """For the case page: the wishes of this application, and the one through which it came from an earlier round."""
    found = Deferral.objects.filter(Q(application=application.pk) | Q(carried_to=application.pk))
    return list(found.select_related("application__round", "carried_to__round", "asked_by", "settled_by"))
