"""Interviews in the office: times and invitations of a round, and the interviewer's own list with its notes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.enums import InterviewStatus
from apprentices.forms.interviews import InviteForm, OutcomeForm, ReasonForm, TimesForm
from apprentices.models import Interview, InterviewTime, Round
from apprentices.notifications.interviews import interview_invitation_preview
from apprentices.selectors import interviews as selectors
from apprentices.services import interviews as services
from apprentices.views.reviewers import chosen_applications
from mobility.common import clock, formats
from mobility.common.office_page import attempt, confirm_page, office_context


@require_http_methods(["GET", "POST"])
def interviews(request, pk):
    """Times of the round, who has picked them, and the form that opens more."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.view_interviews", found):
        raise PermissionDenied
    can_plan = request.user.has_perm("apprentices.plan_interviews", found)
    if request.method == "POST" and not can_plan:
        raise PermissionDenied
    with timezone.override(found.office.tz):
        form = TimesForm(request.POST if request.method == "POST" else None, office=found.office) if can_plan else None
        if request.method == "POST" and form.is_valid() and _open(request, found, form):
            return redirect("apprentices:interviews", pk)
        invited = selectors.interviews_of(found)
        context = office_context(
            request,
            title=_("Interviews: %(round)s") % {"round": found},
            round=found,
            times=selectors.times_of(found),
            zone=formats.zone(clock.now().astimezone(found.office.tz)),
            invited=invited,
            waiting=sum(each.status == InterviewStatus.INVITED for each in invited),
            may_invite=list(selectors.may_be_invited(found).order_by("reference")[:200]) if can_plan else [],
            now=clock.now(),
            form=form,
            can_plan=can_plan,
        )
        return render(request, "apprentices/interviews.html", context)


def _open(request, found, form):
    data = dict(form.cleaned_data)
    data.pop("on"), data.pop("at")
    done = ngettext("%(number)s interview time is open.", "%(number)s interview times are open.", data["times"])
    return attempt(
        request,
        lambda: services.open_times(round=found, by=request.user, **data),
        done=done % {"number": data["times"]},
    )


@require_http_methods(["GET", "POST"])
def invite_to_interview(request, pk):
    """Ask the applicants named in the address to choose a time; the mail is shown first."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.plan_interviews", found):
        raise PermissionDenied
    applications = chosen_applications(request, found)
    count = len(applications)
    form = InviteForm(request.POST if request.method == "POST" else None, office=found.office)
    back_url = reverse("apprentices:interviews", args=[pk])
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["pick_by"]
        done = ngettext("%(number)s applicant is invited.", "%(number)s applicants are invited.", count)
        if attempt(
            request,
            lambda: services.invite_to_interview(applications=applications, pick_by=day, by=request.user),
            done=done % {"number": count},
        ):
            return redirect(back_url)
    free = len(selectors.free_times(applications[0]))
    subject, _text = interview_invitation_preview(applications[0], pick_by=form.fields["pick_by"].initial)
    return confirm_page(
        request,
        title=ngettext(
            "Invite %(number)s applicant to an interview", "Invite %(number)s applicants to an interview", count
        )
        % {"number": count},
        eyebrow=found.name,
        lead=ngettext(
            "%(free)s time is free now. Each applicant chooses one alone.",
            "%(free)s times are free now. Each applicant chooses one alone.",
            free,
        )
        % {"free": free},
        submit=ngettext("Invite %(number)s applicant", "Invite %(number)s applicants", count) % {"number": count},
        back_url=back_url,
        form=form,
        told=[{"who": str(each), "what": f"{each.email}: {subject}"} for each in applications],
    )


@require_POST
def close_interview_time(request, pk):
    """Take a time away that nobody has picked."""
    time = get_object_or_404(InterviewTime.objects.visible_to(request.user).select_related("round"), pk=pk)
    if not request.user.has_perm("apprentices.plan_interviews", time):
        raise PermissionDenied
    round_id = time.round_id
    attempt(request, lambda: services.close_time(time=time, by=request.user), done=_("The time is taken away."))
    return redirect("apprentices:interviews", round_id)


@require_http_methods(["GET", "POST"])
def call_off_interview(request, pk):
    """The office calls an interview, or an invitation, off."""
    found = _interview(request, pk)
    if not request.user.has_perm("apprentices.plan_interviews", found):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back_url = reverse("apprentices:interviews", args=[found.application.round_id])
    applicant = found.application.full_name
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: services.call_off(interview=found, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("The interview with %(applicant)s is called off.") % {"applicant": applicant},
        )
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Call off the interview with %(applicant)s") % {"applicant": applicant},
        eyebrow=found.application.round.name,
        lead=_("The time is free again. You may invite once more later."),
        submit=_("Call the interview off"),
        back_url=back_url,
        form=form,
        told=[{"who": applicant, "what": found.application.email}],
        danger=True,
    )


@require_safe
def my_interviews(request):
    """An interviewer's own interviews, the next one first."""
    if not request.user.has_perm("apprentices.note_interview"):
        raise PermissionDenied
    with timezone.override(request.user.working_office.tz):
        context = office_context(
            request, title=_("My interviews"), interviews=list(selectors.own_interviews(request.user)), now=clock.now()
        )
        return render(request, "apprentices/my_interviews.html", context)


@require_http_methods(["GET", "POST"])
def note_interview(request, pk):
    """What came out of it, or that the applicant did not come."""
    found = _interview(request, pk)
    is_interviewer = found.place is not None and found.place.time.interviewer_id == request.user.pk
    if not request.user.has_perm("apprentices.note_interview", found) or not (
        is_interviewer or request.user.has_perm("apprentices.plan_interviews", found)
    ):
        raise PermissionDenied
    back_url = (
        reverse("apprentices:my_interviews")
        if is_interviewer
        else reverse("apprentices:interviews", args=[found.application.round_id])
    )
    if found.place is None:
        messages.info(request, _("No time has been chosen yet."))
        return redirect(back_url)
    if request.method == "POST" and "missed" in request.POST:
        attempt(
            request,
            lambda: services.note_missed(interview=found, by=request.user),
            done=_("Noted: %(applicant)s did not come.") % {"applicant": found.application.full_name},
        )
        return redirect(back_url)
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        done = _("Noted what came out of the interview with %(applicant)s.") % {
            "applicant": found.application.full_name
        }
        if attempt(
            request,
            lambda: services.note_outcome(interview=found, by=request.user, outcome=form.cleaned_data["outcome"]),
            done=done,
        ):
            return redirect(back_url)
    with timezone.override(found.application.office.tz):
        context = office_context(
            request,
            title=_("Interview with %(applicant)s") % {"applicant": found.application.full_name},
            eyebrow=f"{found.application.reference} · {found.application.round}",
            interview=found,
            time=found.place.time,
            has_begun=found.place.time.starts_at <= clock.now(),
            form=form,
            back_url=back_url,
        )
        return render(request, "apprentices/note_interview.html", context)


def _interview(request, pk):
    return get_object_or_404(
        Interview.objects.visible_to(request.user).select_related(
            "application__round", "application__office", "application__apprentice", "place__time__interviewer"
        ),
        pk=pk,
    )
