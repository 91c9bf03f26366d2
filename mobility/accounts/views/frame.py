"""What the frame of every page offers: another language, another office."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mobility.accounts.enums import OFFICE_SESSION_KEY
from mobility.accounts.models import Office
from mobility.accounts.services import profiles


@csrf_exempt
@login_not_required
@require_POST
def set_language(request):
    """Keep the language in this browser and, of somebody signed in, on the person.

    Without a CSRF token, which would open a session for every reader of a public page: docs/adr/0010.
    """
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("Choose one of the languages of this page."), content_type="text/plain")
    if request.user.is_authenticated:
        profiles.set_language(user=request.user, language=code)
    return remember_language(HttpResponseRedirect(_local(request)), code)


@require_POST
def choose_office(request):
    """Work in another of one's offices from now on, in this session."""
    wanted = request.POST.get("office", "")
    offices = Office.objects.visible_to(request.user)
    office = get_object_or_404(offices, pk=wanted if wanted.isdecimal() else None)
    request.session[OFFICE_SESSION_KEY] = office.pk
    messages.success(request, _("You now work in %(office)s.") % {"office": office.name})
    return redirect("home")


def _local(request):
    """Where the person came from, if that is a page of ours; else the front page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"


def remember_language(response, code):
    """Keep the language in this browser for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
