"""The page behind an invitation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.accounts import links
from mobility.accounts.enums import OFFICE_SESSION_KEY, LinkPurpose
from mobility.accounts.forms import ChoosePasswordForm
from mobility.accounts.models import Membership
from mobility.accounts.services import memberships
from mobility.common.errors import Refused


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    """GET shows who invites to what; POST accepts. Nobody who has a password or a second factor is signed in by a link."""
    link = links.open_link(token, LinkPurpose.INVITATION)
    membership = get_object_or_404(Membership.objects.select_related("user", "office"), pk=link.object_id)
    request.office = membership.office
    person = membership.user
    is_new = not person.has_usable_password()
    form = ChoosePasswordForm(request.POST or None, user=person) if is_new else None
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password1"] if form else None
        try:
            memberships.accept_invitation(link=link, password=password)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("home")
        return _go_on(request, membership, signs_in=is_new and not is_mfa_enabled(person))
    context = {
        "form": form,
        "link": link,
        "membership": membership,
        "signed_in_as_other": request.user.is_authenticated and request.user.pk != person.pk,
    }
    return render(request, "accounts/invitation.html", context)


def _go_on(request, membership, *, signs_in):
    """To the work of the new role: signed in already, by the new password, or through the sign-in page."""
    if request.user.is_authenticated and request.user.pk == membership.user_id:
        request.session[OFFICE_SESSION_KEY] = membership.office_id
        messages.success(request, _("Welcome to %(office)s.") % {"office": membership.office.name})
        return redirect("home")
    if request.user.is_authenticated:
        logout(request)
    if not signs_in:
        messages.success(request, _("You have accepted. Sign in with your account."))
        return redirect("account_login")
    user = Membership.objects.select_related("user").get(pk=membership.pk).user  # with the new password's hash
    # The password was chosen a moment ago: setting up the second factor does not ask for it once more.
    record_authentication(request, user, method="password", reauthenticated=True)
    return perform_login(request, user, email_verification="none", redirect_url="/", email=user.email)
