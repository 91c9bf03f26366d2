"""What holds for every request: private pages, the working office, the person's language, second factor, refusals."""

import logging
from dataclasses import asdict

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mobility.accounts.enums import OFFICE_SESSION_KEY, SECOND_FACTOR_ROLES
from mobility.accounts.links import may_renew
from mobility.common.encryption import Unreadable
from mobility.common.errors import LinkSpent

logger = logging.getLogger(__name__)


class StrictCSP(CSPMiddleware):
    """The content security policy on every response: django-csp leaves it off the error pages of DEBUG."""

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if HEADER not in response:
            response[HEADER] = build_policy(**asdict(self.get_policy_parts(request=request, response=response)))
        return response


def private_pages(get_response):
    """A page made for somebody with a session, signed in or in the middle of a form, stays out of every cache."""

    def middleware(request):
        response = get_response(request)
        if has_session(request) or settings.SESSION_COOKIE_NAME in response.cookies:
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def has_session(request):
    """Whether the browser sent a session at all: without one there is nobody to look up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def working_office(get_response):
    """Hand the session's choice of office to the user, who may work in several."""

    def middleware(request):
        if has_session(request):
            request.user.chosen_office_id = request.session.get(OFFICE_SESSION_KEY)
        return get_response(request)

    return middleware


def persons_language(get_response):
    """A signed-in person reads in the own language, unless this browser has chosen another."""

    def middleware(request):
        if (
            settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
            and has_session(request)
            and request.user.is_authenticated
        ):
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
            and has_session(request)
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
    """A spent link gets a page that says so and offers a new one; content of another key one that shows nothing of it."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, LinkSpent):
            context = {"link": exception.link, "reason": str(exception), "may_renew": may_renew(exception.link)}
            request.office = exception.link.office
            return render(request, "accounts/link_spent.html", context, status=410)
        if isinstance(exception, Unreadable):
            logger.error("protected content could not be read: FIELD_ENCRYPTION_KEYS lacks the key it was written with")
            return render(request, "unreadable.html", status=503)
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
