"""The applicant's own page of the interview: pick a time, move it, give it back, take it into the calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.calendars import interview_calendar
from apprentices.enums import InterviewStatus
from apprentices.forms.interviews import PickForm
from apprentices.selectors import interviews as selectors
from apprentices.services import interviews as services
from apprentices.views.pages import own_application, page, posted
from mobility.common import clock
from mobility.common.errors import Refused


@require_http_methods(["GET", "POST"])
def my_interview(request, pk):
    """Free times, or the one that was picked. ``?move=1`` shows the others beside it."""
    application, interview = _own(request, pk)
    with timezone.override(application.office.tz):  # the interview is held by the office's clock, and the page names it
        can_change = selectors.can_change(interview)
        is_open = application.status in selectors.ASKED_IN
        wants_to_move = can_change and (request.method == "POST" or "move" in request.GET)
        may_pick = is_open and (interview.status == InterviewStatus.INVITED or wants_to_move)
        times = selectors.free_times(application) if may_pick else []
        form = PickForm(posted(request), times=times)
        if request.method == "POST" and not may_pick:
            messages.info(request, _("There is no time to choose now."))
            return redirect(interview)
        if request.method == "POST" and form.is_valid():
            try:
                services.pick_time(interview=interview, time=form.chosen, by=request.user)
                messages.success(request, _("Your interview is booked. We have sent you a mail with a calendar file."))
            except Refused as refused:
                messages.error(request, str(refused))
            return redirect(interview)
        context = {
            "application": application,
            "round": application.round,
            "interview": interview,
            "time": interview.place.time if interview.place else None,
            "is_past": bool(interview.place) and interview.place.time.starts_at <= clock.now(),
            "may_pick": may_pick,
            "is_open": is_open,
            "has_times": bool(times),
            "can_change": can_change,
            "change_until": selectors.change_until(interview),
            "form": form,
        }
        return page(request, "apprentices/status/interview.html", context, office=application.office)


@require_POST
def give_interview_back(request, pk):
    """I cannot come: the time is free again."""
    _application, interview = _own(request, pk)
    try:
        services.give_time_back(interview=interview, by=request.user)
        messages.success(request, _("The time is cancelled. Choose another one."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(interview)


@require_safe
def my_interview_calendar(request, pk):
    _application, interview = _own(request, pk)
    if interview.place is None:
        raise Http404
    content = interview_calendar(interview, interview.place.time)
    name = _("interview.ics")
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _own(request, pk):
    application = own_application(request, pk, "pick_interview")
    interview = selectors.interview_of(application)
    if interview is None:
        raise Http404
    interview.application = application
    return application, interview
