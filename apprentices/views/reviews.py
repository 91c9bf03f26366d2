"""The reviewers' own pages: the list of sheets, the score sheet, a declared conflict, standing ties."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.enums import ApplicationStatus
from apprentices.forms.reviews import ConflictForm, ScoreSheetForm, TieForm, stamp
from apprentices.models import Review, Tie
from apprentices.selectors.attachments import attachments_for
from apprentices.selectors.conflicts import conflict_of
from apprentices.selectors.endorsements import endorsements_of
from apprentices.selectors.interviews import interview_of, own_interviews
from apprentices.selectors.reviewing import others_of, own_reviews, progress_of
from apprentices.services import reviews as services
from apprentices.services import ties as tie_services
from apprentices.services.assigning import declare_conflict
from mobility.common import formats
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, confirm_page, office_context, report_refusal


@require_safe
def reviews(request):
    """A reviewer's own sheets: what waits, and what is given."""
    _require_reviewer(request)
    mine = list(own_reviews(request.user))
    is_open = {review.pk: review.application.status in services.BEING_JUDGED for review in mine}
    context = office_context(
        request,
        title=_("My reviews"),
        waiting=[review for review in mine if review.given_at is None and is_open[review.pk]],
        given=[(review, is_open[review.pk]) for review in mine if review.given_at is not None],
        ties=Tie.objects.owned_by(request.user).in_force().count(),
        interviews=own_interviews(request.user).count(),
    )
    return render(request, "apprentices/reviews.html", context)


@require_http_methods(["GET", "POST"])
def review(request, pk):
    """The score sheet beside the application. Nobody sees another reviewer's marks here before giving own."""
    found = _own_sheet(request, pk)
    conflict = conflict_of(request.user, found.application) if found.given_at is None else None
    if conflict is not None:
        context = office_context(request, title=found.application.full_name, conflict=conflict, review=found)
        return render(request, "apprentices/review_closed.html", context, status=403)
    form = ScoreSheetForm(request.POST if request.method == "POST" else None, review=found)
    if request.method == "POST" and (answer := _post_sheet(request, found, form)) is not None:
        return answer
    return render(request, "apprentices/review.html", _sheet_context(request, found, form))


def _post_sheet(request, found, form):
    """Save what was sent, whole or as a draft; None where the page is to be shown again with it."""
    words = {"applicant": found.application.full_name}
    if "later" in request.POST:
        done = _("What you typed for %(applicant)s is kept. The marks are not given yet.") % words
        kept = attempt(request, lambda: services.save_draft(review=found, typed=form.typed, by=request.user), done=done)
        return redirect("apprentices:reviews") if kept else None
    if not form.is_valid() or not _give(request, found, form):
        return None
    messages.success(request, _("Your marks for %(applicant)s are saved.") % words)
    after = progress_of(request.user, found).after if "next" in request.POST else None
    return redirect("apprentices:review", after) if after else redirect("apprentices:reviews")


def _give(request, found, form) -> bool:
    """Give the marks; after a refusal the page is shown again with what was typed."""
    try:
        services.give_review(
            review=found,
            marks=form.marks,
            remark=form.cleaned_data["remark"],
            by=request.user,
            seen=form.seen_draft,
            tab=form.cleaned_data["tab"],
        )
    except services.StaleDraft as stale:
        report_refusal(request, stale)
        found.refresh_from_db(fields=["draft_saved_at"])
        form.data = form.data.copy()
        form.data["seen"] = stamp(found.draft_saved_at)
    except Refused as refused:
        report_refusal(request, refused)
    else:
        return True
    return False


def _sheet_context(request, found, form):
    application = found.application
    return office_context(
        request,
        title=application.full_name,
        eyebrow=f"{application.reference} · {application.round}",
        review=found,
        application=application,
        languages=list(application.language_skills.all()),
        endorsements=endorsements_of(application),
        attachments=attachments_for(request.user, application),
        interview=interview_of(application),
        form=form,
        progress=progress_of(request.user, found),
        others=others_of(found) if found.seen_at else [],
        is_frozen=application.status not in services.BEING_JUDGED,
        is_returned=application.status == ApplicationStatus.RETURNED,
    )


@require_POST
def save_review_draft(request, pk):
    """What the sheet saves by itself while somebody types. Answers in JSON, for the script of the page."""
    found = _own_sheet(request, pk)
    form = ScoreSheetForm(request.POST, review=found)
    try:
        saved = services.save_draft(review=found, typed=form.typed, by=request.user, seen=form.seen_draft)
    except Refused as refused:
        return JsonResponse({"words": str(refused)}, status=409)
    words = _("Saved as a draft %(clock)s") % {"clock": formats.clock(saved.draft_saved_at)}
    return JsonResponse({"words": words, "seen": stamp(saved.draft_saved_at)})


@require_POST
def show_other_marks(request, pk):
    """From now on the other's marks stand on this sheet."""
    found = _own_sheet(request, pk)
    attempt(request, lambda: services.show_others(review=found, by=request.user))
    return redirect(reverse("apprentices:review", args=[pk]) + "#others")


@require_http_methods(["GET", "POST"])
def declare_review_conflict(request, pk):
    """I cannot judge this one: the sheet goes to somebody else."""
    found = _own_sheet(request, pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    back_url = reverse("apprentices:review", args=[pk])
    applicant = found.application.full_name
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        after = progress_of(request.user, found).after
        if attempt(
            request,
            lambda: declare_conflict(review=found, reason=reason, by=request.user),
            done=_("Somebody else reads the application of %(applicant)s.") % {"applicant": applicant},
        ):
            return redirect("apprentices:review", after) if after else redirect("apprentices:reviews")
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("I cannot judge %(applicant)s") % {"applicant": applicant},
        eyebrow=f"{found.application.reference} · {found.application.round}",
        lead=_(
            "Somebody else gets the sheet. What you have typed in it is deleted; you do not see the application again."
        ),
        submit=_("I have a conflict of interest"),
        back_url=back_url,
        form=form,
    )


@require_http_methods(["GET", "POST"])
def ties(request):
    """A reviewer's own standing ties: companies and people whose applications never come."""
    _require_reviewer(request)
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tie = tie_services.declare_tie(office=request.user.working_office, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted: %(name)s.") % {"name": tie.name})
        return redirect("apprentices:ties")
    context = office_context(
        request,
        title=_("My ties"),
        lead=_("Companies and people that you are too close to. You never get an application of theirs to judge."),
        ties=Tie.objects.owned_by(request.user).in_force(),
        form=form,
    )
    return render(request, "apprentices/ties.html", context)


@require_POST
def end_tie(request, pk):
    tie = get_object_or_404(Tie.objects.owned_by(request.user), pk=pk)
    _require_reviewer(request)
    tie_services.end_tie(tie=tie, by=request.user)
    messages.success(request, _("Taken back: %(name)s.") % {"name": tie.name})
    return redirect("apprentices:ties")


def _require_reviewer(request):
    if not request.user.has_perm("apprentices.give_review"):
        raise PermissionDenied


def _own_sheet(request, pk):
    """A sheet of one's own: anybody else's is a missing one."""
    found = get_object_or_404(
        Review.objects.visible_to(request.user)
        .filter(reviewer=request.user.pk)
        .select_related("application__round", "application__trade", "application__training_office",
                        "application__apprentice", "application__office"),
        pk=pk,
    )  # fmt: skip
    if not request.user.has_perm("apprentices.give_review", found):
        raise PermissionDenied
    return found
