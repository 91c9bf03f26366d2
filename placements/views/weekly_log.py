"""The apprentice's week, and the office's call."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mobility.common.errors import Refused
from placements.forms.weekly_log import WeeklyLogForm
from placements.models import WeeklyLog
from placements.selectors.weeks import may_be_written, present_week
from placements.services import logs as services
from placements.views.pages import found_stay, tell


@require_http_methods(["GET", "POST"])
def weekly_log(request, pk):
    """Write this week, change it while it lasts, read the earlier ones."""
    placement = found_stay(request, pk, "placements.write_weeklylog", "apprentice", "partner", "host_company")
    week = present_week(placement)
    logs = list(WeeklyLog.objects.filter(placement=placement))
    present = next((log for log in logs if log.week_starts_on == week), None)
    form = WeeklyLogForm(request.POST or None, initial=_as_written(present))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_week(placement=placement, by=request.user, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Your week is saved."))
            return redirect("placements:weekly_log", pk=placement.pk)
    context = {
        "placement": placement,
        "form": form,
        "present": present,
        "week": week,
        "week_ends": week + datetime.timedelta(days=6),
        "may_write": may_be_written(placement),
        "earlier": [log for log in logs if log is not present or not may_be_written(placement)],
    }
    return render(request, "placements/weekly_log.html", context, status=422 if form.errors else 200)


@require_POST
def note_call(request, pk):
    """Somebody has called the apprentice back: the wish goes from the lists."""
    log = get_object_or_404(WeeklyLog.objects.visible_to(request.user).select_related("placement__apprentice"), pk=pk)
    if not request.user.has_perm("placements.note_call", log):
        raise PermissionDenied
    services.note_call(log=log, by=request.user)
    messages.success(request, _("Noted: %(name)s was called.") % {"name": log.placement.apprentice.full_name})
    return redirect(log.placement)


def _as_written(log):
    if log is None:
        return {}
    return {name: getattr(log, name) for name in ("days_present", "mood", "text", "wants_call")}
