"""The person's own page."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from mobility.accounts.forms import ProfileForm
from mobility.accounts.models import User
from mobility.accounts.services import profiles
from mobility.accounts.views.frame import remember_language


@require_http_methods(["GET", "POST"])
def profile(request):
    """Name, phone and languages; and the way to address, password and second factor."""
    person = User.objects.get(pk=request.user.pk)  # the form must not change the user of the frame
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        profiles.update_profile(by=request.user, **form.cleaned_data)
        with override(request.user.language):
            messages.success(request, _("Your details are saved."))
        return remember_language(redirect("accounts:profile"), request.user.language)
    context = {
        "form": form,
        "has_password": request.user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(request.user),
        "memberships": request.user.current_memberships,
    }
    return render(request, "accounts/profile.html", context)
