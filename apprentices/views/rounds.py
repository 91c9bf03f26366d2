"""Opening a round, and copying last year's."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.forms.rounds import CopyRoundForm
from apprentices.models import Round
from apprentices.services import copying, rounds
from mobility.common import formats
from mobility.common.office_page import attempt, confirm_page
from mobility.grants.models import Project


@require_http_methods(["GET", "POST"])
def open_round(request, pk):
    """Show what opening does; open on POST."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.open_round", found):
        raise PermissionDenied
    back_url = reverse("admin:apprentices_round_change", args=[pk])
    if request.method == "POST":
        done = _("The round %(round)s is open.") % {"round": found}
        attempt(request, lambda: rounds.open_round(round=found, by=request.user), done=done)
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Open the round %(round)s") % {"round": found},
        eyebrow=found.office.name,
        submit=_("Open the round"),
        back_url=back_url,
        effects=[
            {
                "what": _("Public page"),
                "now": _("not shown"),
                "after": _("shown"),
                "follows": _("Applications from %(opens)s until %(closes)s.")
                % {"opens": formats.moment(found.opens_at), "closes": formats.moment(found.closes_at)},
            },
            {
                "what": _("Criteria and weights"),
                "now": _("can be changed"),
                "after": _("frozen"),
                "follows": _("Every application is judged alike."),
            },
        ],
    )


@require_http_methods(["GET", "POST"])
def copy_round(request, pk):
    """A new round like this one, a year on: everything in a form to look at, saved on POST."""
    source = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.add_round", source):
        raise PermissionDenied
    projects = Project.objects.visible_to(request.user)
    with timezone.override(source.office.tz):  # clock times are read and written in the office's zone
        form = CopyRoundForm(
            request.POST if request.method == "POST" else None,
            instance=copying.next_round(source, projects=projects),
            initial={"trades": list(source.trades.values_list("pk", flat=True))},
            projects=projects,
        )
        if request.method == "POST" and form.is_valid():
            made = []
            trades = form.cleaned_data["trades"]
            done = _("The round is prepared. Look at its criteria, then open it.")
            act = copying.copy_round
            if attempt(request, lambda: made.append(act(source=source, new=form.instance, trades=trades)), done=done):
                return redirect("admin:apprentices_round_change", made[0].pk)
        return confirm_page(
            request,
            title=_("Copy %(round)s for the next year") % {"round": source},
            eyebrow=source.office.name,
            lead=_("Every date is 52 weeks later, so that each falls on the same weekday as last time: a day earlier in the "
                   "calendar, two after a leap day. Look at each one, holidays and Easter move by themselves."),
            submit=_("Prepare the round"),
            back_url=reverse("admin:apprentices_round_change", args=[pk]),
            form=form,
            effects=_effects_of_copying(source),
        )  # fmt: skip


def _effects_of_copying(source):
    criteria = source.criteria.count()
    return [
        {
            "what": _("Criteria, weights, texts of the marks"),
            "now": criteria,
            "after": criteria,
            "follows": _("Copied in all four languages; you can change them until you open the round."),
        },
        {
            "what": _("Applications, marks, decisions"),
            "now": source.applications.submitted().count(),
            "after": 0,
            "follows": _("They stay with this round."),
        },
        {
            "what": _("State"),
            "now": source.get_status_display(),
            "after": _("in preparation"),
            "follows": _("The public sees nothing until you open it."),
        },
    ]
