"""Inviting a partner's people to its portal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common.errors import Refused
from mobility.common.office_page import office_context
from partners.forms.access import InviteContactForm
from partners.models import Partner
from partners.services import access


@require_http_methods(["GET", "POST"])
def invite_contact(request, pk=None):
    """Invite a contact person; with ``pk``, from the page of that partner."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk) if pk else None
    if not request.user.has_perm("partners.invite_contact", partner):
        raise PermissionDenied
    form = InviteContactForm(request.POST or None, by=request.user, partner=partner)
    if request.method == "POST" and form.is_valid():
        try:
            access.invite_contact(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(
                request, _("The invitation to %(to)s is on its way.") % {"to": form.cleaned_data["address"]}
            )
            return redirect(form.cleaned_data["partner"] if pk else "accounts:people")
    eyebrow = partner.name if partner else request.user.working_office.name
    context = office_context(request, title=_("Invite a partner's contact person"), eyebrow=eyebrow, form=form)
    return render(request, "accounts/invite.html", context)
