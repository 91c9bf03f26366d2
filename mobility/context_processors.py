"""What the frame of a page needs: the office, the person's menu, the languages. Nothing is read until it is shown."""

from functools import cache

from django.conf import settings
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# role code -> (words, URL name) of the page where this person's work lies
PORTAL = {
    "apprentice": (_("My application"), "apprentices:status_list"),
    "partner": (_("Candidates"), "placements:candidates"),
    "instructor": (_("Visits"), "placements:visits"),
    "training_office": (_("Applications we enter"), "apprentices:entries"),
}
# and what else such a person opens often
MORE = (
    ("apprentice", _("My stay"), "placements:my_stay"),
    ("partner", _("Openings and visit days"), "partners:offer"),
)
# A language is always named in itself, so that who cannot read the page finds it.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "sv": "Svenska", "en": "English"}


def frame(request):
    """Office, menu and languages as callables: a page that shows none of them costs no query."""
    user = getattr(request, "user", None)
    return {
        "frame_office": cache(lambda: _office(request, user)),
        "frame_nav": cache(lambda: _nav(request, user)),
        "frame_languages": _languages,
        "frame_language_url": url_or_none("accounts:set_language"),
    }


def url_or_none(name):
    """The address of a page, or None where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _office(request, user):
    """The office of the public page, else the one that the person works in now, else None."""
    shown = getattr(request, "office", None)
    if shown is not None or user is None or not user.is_authenticated:
        return shown
    return user.working_office


def _nav(request, user):
    if user is None:
        return []
    if not user.is_authenticated:
        door = url_or_none("account_login")
        links = [] if door is None or request.path.startswith(door) else [(_("Sign in"), "account_login")]
        return _links(request, links, primary=True)
    links = [PORTAL[role] for role in PORTAL if role in user.roles]
    links += [(words, name) for role, words, name in MORE if role in user.roles]
    if admin.site.has_permission(request):
        links = [(_("Workbench"), "admin:index"), *links]
    return _links(request, [*links, (_("My account"), "accounts:profile")])


def _links(request, links, *, primary=False):
    return [
        {"label": label, "url": url, "current": _is_current(request.path, url), "primary": primary}
        for label, name in links
        if (url := url_or_none(name))
    ]


def _is_current(path, url):
    return path == url or (url != "/" and url.endswith("/") and path.startswith(url))


def _languages():
    active = get_language()
    return [
        {"code": code, "short": code.upper(), "name": OWN_NAMES.get(code, str(name)), "current": code == active}
        for code, name in settings.LANGUAGES
    ]
