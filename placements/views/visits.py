"""Tutor visits: the instructor's page, booking a day, cancelling, the calendar file."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.common import clock, formats
from mobility.common.errors import AlreadyTaken, Refused
from placements import calendars
from placements.enums import VisitStatus
from placements.forms.visits import BookVisitForm, CancelVisitForm
from placements.models import Visit
from placements.notifications import visits as notifications
from placements.selectors import visits as selectors
from placements.services import visits as services
from placements.views.pages import confirm, found_stay, tell


@require_safe
def visits(request):
    """The instructor's page: whom to visit, and what is booked."""
    if not request.user.has_perm("placements.view_visits"):
        raise PermissionDenied
    today = clock.today(request.user.working_office.tz)
    mine = list(selectors.visits_of(request.user))
    coming = [v for v in mine if v.status == VisitStatus.BOOKED and v.slot.visit_day.on >= today]
    context = {
        "placements": selectors.to_visit(request.user),
        "coming": coming,
        "others": [visit for visit in mine if visit not in coming],
    }
    return render(request, "placements/visits.html", context)


@require_http_methods(["GET", "POST"])
def book_visit(request, pk):
    """Choose a day (GET, also without script), see what is booked, book it (POST)."""
    placement = found_stay(request, pk, "placements.book_visit", "apprentice", "partner", "host_company")
    instructor = selectors.instructor_for(request.user, placement)
    form = BookVisitForm(request.POST or None, placement=placement, instructor=instructor)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            day = form.cleaned_data["day"]
            try:
                services.book_visit(
                    placement=placement,
                    visit_day=day,
                    instructor=instructor or form.cleaned_data["instructor"],
                    by=request.user,
                )
            except AlreadyTaken as taken:
                tell(form, taken)
                status = 409
            except Refused as refused:
                tell(form, refused)
            else:
                said = _("The visit on %(day)s is booked. The calendar file is on its way by mail.")
                messages.success(request, said % {"day": formats.day(day.on)})
                return redirect(_back(request, placement))
    return render(request, "placements/book_visit.html", _booking(request, placement, instructor, form), status=status)


@require_http_methods(["GET", "POST"])
def cancel_visit(request, pk):
    """Give the place back, after a page that says who hears of it."""
    found = Visit.objects.visible_to(request.user).select_related(
        "placement__apprentice", "placement__partner", "instructor", "slot__visit_day__partner"
    )
    visit = get_object_or_404(found, pk=pk)
    if not request.user.has_perm("placements.cancel_visit", visit):
        raise PermissionDenied
    form = CancelVisitForm(request.POST or None)
    back = _back(request, visit.placement)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_visit(visit=visit, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("The visit is cancelled."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(back)
    told = (notifications.to_instructor, notifications.to_partner, notifications.to_apprentice)
    return confirm(
        request,
        title=_("Cancel the visit"),
        eyebrow=_("%(name)s, %(day)s")
        % {"name": visit.placement.apprentice.full_name, "day": formats.day(visit.slot.visit_day.on)},
        lead=_("The place becomes free for others."),
        submit=_("Cancel the visit"),
        back=_("Keep the visit"),
        back_url=back,
        told=[{"who": to(visit).name, "what": to(visit).address} for to in told],
        form=form,
        danger=True,
        status=422 if form.errors else 200,
    )


@require_safe
def visit_calendar(request, pk):
    """The calendar file of a booked or cancelled visit, for those who may see the visit."""
    found = Visit.objects.visible_to(request.user).select_related(
        "placement__apprentice", "placement__office", "placement__partner", "placement__host_company",
        "instructor", "slot__visit_day__partner",
    )  # fmt: skip
    visit = get_object_or_404(found, pk=pk)
    method = calendars.REQUEST if visit.status == VisitStatus.BOOKED else calendars.CANCEL
    return HttpResponse(
        calendars.visit_calendar(visit, method=method),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="visit-{visit.slot.visit_day.on:%Y-%m-%d}.ics"'},
    )


def _booking(request, placement, instructor, form):
    """Context of the booking page: the month, and the day chosen by a button of it."""
    days = list(selectors.offered_days(placement).select_related("partner"))
    chosen_pk = request.POST.get("day") or request.GET.get("day")
    chosen = next((day for day in days if str(day.pk) == chosen_pk and day.free > 0), None)
    wanted = chosen.on if chosen else _month(request.GET.get("month"))
    booked = Visit.objects.booked().filter(placement=placement).select_related("slot__visit_day", "instructor")
    return {
        "placement": placement,
        "form": form,
        "instructor": instructor,
        "month": selectors.month_of(placement, days, wanted),
        "chosen": chosen,
        "can_be_booked": placement.status in selectors.VISITED_IN,
        "booked": booked,
        "back_url": _back(request, placement),
    }


def _month(text):
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _back(request, placement):
    """The case for staff, the own visits for an instructor."""
    return placement.get_absolute_url() if request.user.is_staff else reverse("placements:visits")
