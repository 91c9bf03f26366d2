"""Inviting an instructor of the register."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.forms.instructors import InviteInstructorForm
from apprentices.models import Instructor
from apprentices.services import instructors
from mobility.common.errors import Refused
from mobility.common.office_page import office_context


@require_http_methods(["GET", "POST"])
def invite_instructor(request, pk=None):
    """Invite an instructor; with ``pk``, from the page of that instructor."""
    instructor = get_object_or_404(Instructor.objects.visible_to(request.user), pk=pk) if pk else None
    if not request.user.has_perm("accounts.invite_membership", instructor):
        raise PermissionDenied
    form = InviteInstructorForm(request.POST or None, by=request.user, instructor=instructor)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["instructor"]
        try:
            instructors.invite_instructor(instructor=chosen, by=request.user)
        except Refused as refused:
            form.add_error("instructor", str(refused))
        else:
            messages.success(request, _("The invitation to %(to)s is on its way.") % {"to": chosen.email})
            return redirect("accounts:people")
    office = request.user.working_office
    context = office_context(request, title=_("Invite an instructor"), eyebrow=office.name, form=form)
    return render(request, "accounts/invite.html", context)
