"""What somebody who has said yes has to do for the stay, for the list on the page of the application."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.selectors.todo import Todo
from placements.models import Placement, WeeklyLog
from placements.selectors import placing
from placements.selectors.my_stay import own_signature
from placements.selectors.weeks import may_be_written, present_week


def stay_tasks(application) -> list[Todo]:
    """Sign the agreement, write the week. At most four queries."""
    placement = Placement.objects.filter(application=application).exclude(status__in=placing.NOT_LIVING).first()
    if placement is None:
        return []
    placement.office = application.office
    tasks = []
    signature = own_signature(placing.agreement_in_force(placement))
    if signature is not None:
        tasks.append(
            Todo(
                _("Sign the learning agreement"),
                _("Read it first. The others sign after you."),
                reverse("placements:sign", args=[signature.pk]),
                _("Read and sign"),
            )
        )
    if may_be_written(placement) and not WeeklyLog.objects.filter(
        placement=placement, week_starts_on=present_week(placement)
    ):
        tasks.append(
            Todo(
                _("Write about your week"),
                _("It takes two minutes."),
                reverse("placements:weekly_log", args=[placement.pk]),
                _("Write about your week"),
            )
        )
    return tasks
