"""Drafts that missed the deadline: the coordinator's list, and letting one applicant in."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.forms.late_drafts import LateAdmissionForm
from apprentices.models import Round
from apprentices.selectors.windows import late_drafts, late_lines
from apprentices.services.late_drafts import admit_late, word_of
from apprentices.views.pages import posted
from mobility.common import clock, formats
from mobility.common.office_page import attempt, confirm_page, office_context


@require_safe
def late_list(request, pk):
    """Name, address, last saved and how much is missing: nothing else of a draft is the office's to read."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.admit_late", found):
        raise PermissionDenied
    context = office_context(
        request,
        title=_("Drafts that missed the deadline"),
        round=found,
        is_closed=found.closes_at <= clock.now(),
        lines=late_lines(late_drafts(request.user, found)),
    )
    with timezone.override(found.office.tz):
        return render(request, "apprentices/late_drafts.html", context)


@require_http_methods(["GET", "POST"])
def admit(request, pk):
    """Show what letting in does; do it on POST."""
    draft = get_object_or_404(late_drafts(request.user), pk=pk)
    if not request.user.has_perm("apprentices.admit_late", draft):
        raise PermissionDenied
    with timezone.override(draft.office.tz):
        form = LateAdmissionForm(posted(request), office=draft.office, initial={"seen": word_of(draft)})
        if request.method == "POST" and form.is_valid():
            done = _("%(name)s may send until %(moment)s, and has been told.") % {
                "name": draft.full_name,
                "moment": formats.moment(form.cleaned_data["until"], "near"),
            }
            attempt(request, lambda: admit_late(application=draft, by=request.user, **form.cleaned_data), done=done)
            return redirect("apprentices:late_drafts", draft.round_id)
        return _confirm(request, draft, form)


def _confirm(request, draft, form):
    closed = _("closed since %(moment)s") % {"moment": formats.moment(draft.round.closes_at, "near")}
    return confirm_page(
        request,
        title=_("Let %(name)s in after closing") % {"name": draft.full_name},
        eyebrow=draft.round.name,
        submit=_("Let this applicant in"),
        back_url=redirect("apprentices:late_drafts", draft.round_id).url,
        form=form,
        effects=[
            {
                "what": _("The round for this applicant"),
                "now": closed,
                "after": _("open until the moment you choose"),
                "follows": _("The application is marked as late. For everybody else the round stays closed."),
            }
        ],
        told=[{"who": draft.email, "what": _("until when, with a link that opens the draft")}],
    )
