"""The people of an office: list, invite, invite again, end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.accounts import selectors
from mobility.accounts.enums import Role
from mobility.accounts.forms import ColleagueForm
from mobility.accounts.models import Membership
from mobility.accounts.services import memberships
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, confirm_page, office_context

PER_PAGE = 100


@require_safe
def people(request):
    """Who works in the office, in which role, since when."""
    _require(request, "accounts.view_membership")
    role = request.GET.get("role", "")
    rows = selectors.people(request.user, role=role if role in Role.values else "")
    present = [row for row in rows if row.state != "ended"]
    context = office_context(
        request,
        title=_("People"),
        page=Paginator(present, PER_PAGE).get_page(request.GET.get("page")),
        ended=[row for row in rows if row.state == "ended"],
        roles=selectors.roles_present(request.user),
        role=role,
        may_invite=request.user.has_perm("accounts.invite_membership"),
        may_end=request.user.has_perm("accounts.end_membership"),
    )
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
def invite(request):
    """Invite a colleague, reviewer or auditor by mail."""
    _require(request, "accounts.invite_membership")
    office = request.user.working_office
    form = ColleagueForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        try:
            memberships.invite(office=office, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(
                request, _("The invitation to %(to)s is on its way.") % {"to": form.cleaned_data["address"]}
            )
            return redirect("accounts:people")
    context = office_context(request, title=_("Invite a colleague"), eyebrow=office.name, form=form)
    return render(request, "accounts/invite.html", context)


@require_POST
def invite_again(request, pk):
    """Mail a fresh invitation to somebody who has not accepted yet."""
    membership = _membership(request, pk, "accounts.invite_membership")
    done = _("A new invitation to %(to)s is on its way.") % {"to": membership.user.email}
    attempt(request, lambda: memberships.invite_again(membership=membership, by=request.user), done=done)
    return redirect("accounts:people")


@require_http_methods(["GET", "POST"])
def end_membership(request, pk):
    """Say what ends, then end it at once."""
    membership = _membership(request, pk, "accounts.end_membership")
    if request.method == "POST":
        done = _("The membership of %(person)s has ended.") % {"person": membership.user}
        left = selectors.duties_of(membership)
        ended = attempt(request, lambda: memberships.end_membership(membership=membership, by=request.user), done=done)
        return redirect(left[0].url if ended and left else "accounts:people")
    effect = {
        "what": membership.get_role_display(),
        "now": _("in force"),
        "after": _("ended"),
        "follows": _("The next click of this person finds no right left. What was done stays in the history."),
    }
    return confirm_page(
        request,
        title=_("End the membership of %(person)s?") % {"person": membership.user},
        submit=_("End the membership"),
        back_url=reverse("accounts:people"),
        eyebrow=membership.office.name,
        effects=[
            effect,
            *(
                {
                    "what": duty.what,
                    "now": str(membership.user),
                    "after": _("waits for a colleague"),
                    "follows": _("You hand it over on the next page; until then it stands on the workbench."),
                }
                for duty in selectors.duties_of(membership)
            ),
        ],
        danger=True,
    )


def _membership(request, pk, permission):
    found = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user", "office"), pk=pk)
    _require(request, permission, found)
    return found


def _require(request, permission, obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied
