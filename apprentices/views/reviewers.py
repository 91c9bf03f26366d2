"""The office's pages about reviewers: sharing applications, who has given what, and who steps in for whom."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.forms.selection import HandOverForm, ReviewersForm
from apprentices.models import Application, Round
from apprentices.selectors import reviewing as selectors
from apprentices.selectors.conflicts import detected_about
from apprentices.services import assigning as services
from apprentices.views.together import Together
from mobility.accounts.models import User
from mobility.common.office_page import office_context


@require_http_methods(["GET", "POST"])
def assign_reviewers(request, pk):
    """Choose who reads the applications named in the address (``?application=1&application=2``)."""
    found = _round(request, pk)
    applications = chosen_applications(request, found)
    back_url = f"{reverse('admin:apprentices_application_changelist')}?round__id__exact={pk}"
    count = len(applications)
    return _share(
        request,
        found,
        form=ReviewersForm(request.POST if request.method == "POST" else None, office_id=found.office_id),
        applications=applications,
        act=lambda form: services.assign_reviewers(
            applications=applications,
            reviewers=form.cleaned_data["reviewers"],
            confirmed=form.cleaned_data["confirmed"],
            by=request.user,
        ),
        done=ngettext("%(number)s application is in review.", "%(number)s applications are in review.", count)
        % {"number": count},
        title=_("Choose reviewers"),
        lead=_("Each application goes to two of them, as evenly as conflicts of interest allow. Each gets one mail."),
        submit=ngettext("Start review of %(number)s application", "Start review of %(number)s applications", count)
        % {"number": count},
        back_url=back_url,
        named=applications[:20],
        more=max(count - 20, 0),
    )


@require_http_methods(["GET", "POST"])
def fill_up_reviewers(request, pk):
    """Give the applications that too few people read their second reader."""
    found = _round(request, pk)
    applications = list(_with_people(selectors.short_of_reviewers(found.office_id).filter(round=found)))
    back_url = reverse("apprentices:round_reviewers", args=[pk])
    if not applications:
        messages.info(request, _("Every application has its two reviewers."))
        return redirect(back_url)
    count = len(applications)
    return _share(
        request,
        found,
        form=ReviewersForm(request.POST if request.method == "POST" else None, office_id=found.office_id),
        applications=applications,
        each=services.still_needed(applications),
        act=lambda form: services.fill_up(
            round=found,
            reviewers=form.cleaned_data["reviewers"],
            confirmed=form.cleaned_data["confirmed"],
            by=request.user,
        ),
        done=_("Every application has its two reviewers."),
        title=_("Find the second reviewer"),
        lead=_("The one with the fewest open sheets gets the next. Each reviewer gets one mail."),
        submit=ngettext("Share %(number)s application", "Share %(number)s applications", count) % {"number": count},
        back_url=back_url,
        named=applications[:20],
        more=max(count - 20, 0),
    )


@require_http_methods(["GET", "POST"])
def hand_over(request, pk, row_pk):
    """Somebody is ill or leaves: the open sheets go to others, what is given stays."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    person = get_object_or_404(User.objects.filter(reviews__application__round=found).distinct(), pk=row_pk)
    _require_right(request, found)
    open_sheets = selectors.open_reviews_of(found, person)
    applications = list(_with_people(Application.objects.filter(reviews__in=open_sheets)))
    back_url = reverse("apprentices:round_reviewers", args=[pk])
    if not applications:
        messages.info(request, _("%(person)s has no open sheet in this round.") % {"person": person})
        return redirect(back_url)
    count = len(applications)
    words = {"number": count, "person": person}
    return _share(
        request,
        found,
        form=HandOverForm(
            request.POST if request.method == "POST" else None, office_id=found.office_id, leave_out=person
        ),
        applications=applications,
        each=dict.fromkeys([each.pk for each in applications], 1),
        act=lambda form: services.hand_over(
            round=found,
            person=person,
            reviewers=form.cleaned_data["reviewers"],
            confirmed=form.cleaned_data["confirmed"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        done=ngettext("%(number)s sheet of %(person)s is handed over.", "%(number)s sheets of %(person)s are handed over.",
                      count) % words,
        title=_("Hand over the sheets of %(person)s") % words,
        lead=_("Marks that are given stay. What was typed and not given is deleted. Whoever takes over gets one mail."),
        submit=ngettext("Hand over %(number)s sheet", "Hand over %(number)s sheets", count) % words,
        back_url=back_url,
        named=applications[:20],
        more=max(count - 20, 0),
    )  # fmt: skip


@require_safe
def round_reviewers(request, pk):
    """Who reads in this round: given and open sheets, declared conflicts, applications that lack a reader."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", found):
        raise PermissionDenied
    rows = selectors.sheets_by_reviewer(found)
    still = set(selectors.reviewers_of(found.office_id).values_list("pk", flat=True))
    context = office_context(
        request,
        title=_("Reviewers: %(round)s") % {"round": found},
        round=found,
        rows=[{**row, "has_left": row["person"].pk not in still} for row in rows],
        conflicts=selectors.declared_conflicts(found),
        short=list(selectors.short_of_reviewers(found.office_id).filter(round=found).order_by("reference")),
        can_assign=request.user.has_perm("apprentices.assign_reviewers", found),
    )
    return render(request, "apprentices/round_reviewers.html", context)


@require_safe
def case_conflicts(request, pk):
    """What the registers say of today's reviewers and one applicant: a page of its own; the case page fetches its list."""
    application = get_object_or_404(_with_people(Application.objects.visible_to(request.user)), pk=pk)
    _require_right(request, application)
    findings = detected_about(application, selectors.reviewers_of(application.office_id))
    if request.htmx:
        return render(request, "apprentices/case/conflicts_found.html", {"findings": findings})
    context = office_context(
        request,
        title=_("Conflicts of interest: %(name)s") % {"name": application.full_name},
        eyebrow=application.reference,
        findings=findings,
        back_url=reverse("admin:apprentices_application_change", args=[pk]),
    )
    return render(request, "apprentices/case/conflicts_page.html", context)


def chosen_applications(request, found):
    """The round's applications whose keys the address names; 404 when none of them is there."""
    keys = [key for key in request.GET.getlist("application") if key.isdecimal()][:500]
    chosen = Application.objects.visible_to(request.user).filter(round=found, pk__in=keys)
    applications = list(_with_people(chosen).prefetch_related("endorsements"))
    if not applications:
        raise Http404
    return applications


def _with_people(applications):
    return applications.select_related("round", "office", "apprentice", "training_office").order_by("reference")


def _round(request, pk):
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    _require_right(request, found)
    return found


def _require_right(request, found):
    if not request.user.has_perm("apprentices.assign_reviewers", found):
        raise PermissionDenied


def _share(request, found, *, form, applications, act, done, back_url, each=None, **words):
    """The page that shows the shares first; saved when just these shares stood on it."""
    together = Together(request, applications)
    plan = selectors.plan_of(applications, form.chosen, confirmed=form.ticked, each=each)
    form.show(plan)
    if request.method == "POST" and form.is_valid():
        if "show" not in request.POST and form.is_shown:
            if together.attempt(lambda: act(form), done=done):
                return redirect(back_url)
        elif "show" not in request.POST:
            messages.info(request, _("You have chosen other people. Look at their shares, then press again."))
    if form.is_bound:
        form.data = form.data.copy()
        form.data["shown"] = form.shown_now
    else:
        form.initial |= {"shown": form.shown_now, "reviewers": [person.pk for person in form.chosen]}
    context = office_context(
        request, form=form, plan=plan, together=together, back_url=back_url, eyebrow=found.name, round=found, **words
    )
    return render(request, "apprentices/share.html", context)
