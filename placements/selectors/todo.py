"""What somebody who has said yes has to do for the stay, for the list on the page of the application."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.selectors.todo import Todo
from placements.enums import AgreementStatus, Party
from placements.models import Placement, Signature, WeeklyLog
from placements.selectors import placing
from placements.selectors.weeks import may_be_written, present_week


def stay_tasks(application) -> list[Todo]:
    """Sign the agreement, write the week. One query."""
    placement = _living_stay(application)
    if placement is None:
        return []
    placement.office = application.office
    tasks = []
    if placement.turn_to_sign == Party.APPRENTICE:
        tasks.append(
            Todo(
                _("Sign the learning agreement"),
                _("Read it first. The others sign after you."),
                reverse("placements:sign", args=[placement.waiting_signature]),
                _("Read and sign"),
            )
        )
    if may_be_written(placement) and placement.newest_week != present_week(placement):
        tasks.append(
            Todo(
                _("Write about your week"),
                _("It takes two minutes."),
                reverse("placements:weekly_log", args=[placement.pk]),
                _("Write about your week"),
            )
        )
    return tasks


def _living_stay(application):
    """The stay with ``waiting_signature`` and ``turn_to_sign`` (the next empty place), and ``newest_week`` of its log."""
    waiting = Signature.objects.filter(
        agreement__placement=OuterRef("pk"), agreement__status=AgreementStatus.SIGNING, signed_at=None
    ).order_by("position")
    weeks = WeeklyLog.objects.filter(placement=OuterRef("pk")).order_by("-week_starts_on")
    return (
        Placement.objects.filter(application=application)
        .exclude(status__in=placing.NOT_LIVING)
        .annotate(
            waiting_signature=Subquery(waiting.values("pk")[:1]),
            turn_to_sign=Subquery(waiting.values("party")[:1]),
            newest_week=Subquery(weeks.values("week_starts_on")[:1]),
        )
        .first()
    )
