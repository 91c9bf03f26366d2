"""The receipt after sending, in the browser that sent."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from apprentices.selectors.status import has_only_the_apprentices_role
from apprentices.views.pages import page, proved_here, receipt_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_http_methods(["GET", "POST"])
def receipt(request, pk):
    """Reference and what happens next. POST leads to the status page, signed in where this browser may be."""
    application = receipt_of(request, pk)
    if application is None:
        return redirect("apprentices:apply", pk)
    target = reverse("apprentices:status", args=[application.pk])
    if request.method == "POST":
        user = application.apprentice.user
        if request.user.is_authenticated:
            return redirect(target)
        if _may_sign_in(request, application, user):
            login(request, user, backend=BACKEND)
            return redirect(target)
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': target})}")
    return page(request, "apprentices/apply/receipt.html", {"application": application}, office=application.office)


def _may_sign_in(request, application, user):
    """This browser proved the address within the hour, and the account opens nothing but the person's own pages."""
    return (
        user.is_active
        and user.email.lower() == application.email.lower()  # the account may be that of a person merged with this one
        and proved_here(request, application)
        and has_only_the_apprentices_role(user)
        and not is_mfa_enabled(user)
    )
