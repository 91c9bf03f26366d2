"""What holds for every request: private pages, the working office, the person's language, second factor, refusals."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mobility.accounts.enums import SECOND_FACTOR_ROLES
from mobility.accounts.links import may_renew
from mobility.common.errors import LinkSpent

OFFICE_SESSION_KEY = "office"


def private_pages(get_response):
    """A page made for a signed-in person, or with a session behind it, stays out of every cache."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        session = getattr(request, "session", None)
        if (user is not None and user.is_authenticated) or (session is not None and session.accessed):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def working_office(get_response):
    """Hand the session's choice of office to the user, who may work in several."""

    def middleware(request):
        request.user.chosen_office_id = request.session.get(OFFICE_SESSION_KEY)
        return get_response(request)

    return middleware


def persons_language(get_response):
    """A signed-in person reads in the own language, unless this browser has chosen another."""

    def middleware(request):
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def second_factor(get_response):
    """Where the settings ask for it, staff go no further than their own second factor before they have one."""

    def middleware(request):
        user = request.user
        if (
            settings.REQUIRE_SECOND_FACTOR
            and user.is_authenticated
            and user.roles & SECOND_FACTOR_ROLES
            and not request.path.startswith(_paths_without_second_factor())
            and not is_mfa_enabled(user)
        ):
            messages.info(request, _("Your role needs a second factor. Set it up here; it takes two minutes."))
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def told_refusals(get_response):
    """A spent link gets a page that says so and offers a new one."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, LinkSpent):
            context = {"link": exception.link, "reason": str(exception), "may_renew": may_renew(exception.link)}
            request.office = exception.link.office
            return render(request, "accounts/link_spent.html", context, status=410)
        return None

    middleware.process_exception = process_exception
    return middleware


def _paths_without_second_factor():
    return (
        reverse("mfa_index"),
        reverse("account_logout"),
        reverse("account_reauthenticate"),
        reverse("accounts:set_language"),
    )
