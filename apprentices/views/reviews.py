"""Choosing reviewers, and the reviewers' own pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.enums import ApplicationStatus
from apprentices.forms.selection import ReviewersForm, ScoreSheetForm
from apprentices.models import Application, Review, Round
from apprentices.selectors.attachments import attachments_for
from apprentices.selectors.endorsements import endorsements_of
from apprentices.selectors.reviewing import own_reviews
from apprentices.services import assigning
from apprentices.services import reviews as services
from mobility.common.office_page import attempt, confirm_page, office_context


@require_http_methods(["GET", "POST"])
def assign_reviewers(request, pk):
    """Choose who reads the applications named in the address (``?application=1&application=2``)."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.assign_reviewers", found):
        raise PermissionDenied
    applications = chosen_applications(request, found)
    back_url = f"{reverse('admin:apprentices_application_changelist')}?round__id__exact={pk}"
    form = ReviewersForm(request.POST if request.method == "POST" else None, office_id=found.office_id)
    if request.method == "POST" and form.is_valid():
        reviewers = form.cleaned_data["reviewers"]
        done = ngettext(
            "%(number)s application is in review.", "%(number)s applications are in review.", len(applications)
        ) % {"number": len(applications)}
        if attempt(
            request,
            lambda: assigning.assign_reviewers(applications=applications, reviewers=reviewers, by=request.user),
            done=done,
        ):
            return redirect(back_url)
    return confirm_page(
        request,
        title=_("Choose reviewers"),
        eyebrow=found.name,
        lead=_("The applications move to review, and each reviewer gets a mail with the number of applications."),
        submit=ngettext("Start review of %(number)s application", "Start review of %(number)s applications",
                        len(applications)) % {"number": len(applications)},
        back_url=back_url,
        form=form,
        effects=[
            {"what": str(each), "now": each.get_status_display(), "after": ApplicationStatus.IN_REVIEW.label,
             "follows": _("two reviewers")}
            for each in applications
        ],
    )  # fmt: skip


@require_safe
def reviews(request):
    """A reviewer's own sheets: what waits, and what is given."""
    if not request.user.has_perm("apprentices.give_review"):
        raise PermissionDenied
    mine = list(own_reviews(request.user))
    is_open = {review.pk: review.application.status in services.BEING_JUDGED for review in mine}
    context = office_context(
        request,
        title=_("My reviews"),
        waiting=[review for review in mine if review.given_at is None and is_open[review.pk]],
        given=[(review, is_open[review.pk]) for review in mine if review.given_at is not None],
    )
    return render(request, "apprentices/reviews.html", context)


@require_http_methods(["GET", "POST"])
def review(request, pk):
    """The score sheet beside the application. Nobody sees another reviewer's marks here."""
    found = get_object_or_404(
        Review.objects.visible_to(request.user)
        .filter(reviewer=request.user.pk)
        .select_related("application__round", "application__trade"),
        pk=pk,
    )
    if not request.user.has_perm("apprentices.give_review", found):
        raise PermissionDenied
    form = ScoreSheetForm(request.POST if request.method == "POST" else None, review=found)
    if request.method == "POST" and form.is_valid():
        done = _("Your marks for %(applicant)s are saved.") % {"applicant": found.application.full_name}
        if attempt(request, lambda: services.give_review(review=found, marks=form.marks, by=request.user), done=done):
            return redirect("apprentices:reviews")
    context = office_context(
        request,
        title=found.application.full_name,
        eyebrow=f"{found.application.reference} · {found.application.round}",
        review=found,
        application=found.application,
        endorsements=endorsements_of(found.application),
        attachments=attachments_for(request.user, found.application),
        form=form,
        sheet=[(form[f"mark_{each.pk}"], form[f"note_{each.pk}"]) for each in form.criteria],
        is_frozen=found.application.status not in services.BEING_JUDGED,
        is_returned=found.application.status == ApplicationStatus.RETURNED,
    )
    return render(request, "apprentices/review.html", context)


def chosen_applications(request, found):
    """The round's applications whose keys the address names; 404 when none of them is there."""
    keys = [key for key in request.GET.getlist("application") if key.isdecimal()][:500]
    chosen = Application.objects.visible_to(request.user).filter(round=found, pk__in=keys)
    applications = list(
        chosen.select_related("round", "office", "apprentice").prefetch_related("endorsements").order_by("reference")
    )
    if not applications:
        raise Http404
    return applications
