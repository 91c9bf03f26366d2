"""The front door, what a load balancer asks, and the page for a form whose token was too old."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, connection
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mobility.context_processors import PORTAL, url_or_none
from mobility.public.views import front


@login_not_required
@require_safe
def home(request):
    """Everybody is led to the page they work on; a stranger sees the public front page."""
    if not request.user.is_authenticated:
        return front(request)
    if admin.site.has_permission(request):
        return redirect("admin:index")
    pages = [url_or_none(page) for role, (_words, page) in PORTAL.items() if role in request.user.roles]
    return redirect(next((page for page in pages if page), None) or "accounts:profile")


@login_not_required
@require_safe
def healthz(request):
    """The process lives."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """The process can work: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")


# --- a form whose token was too old -----------------------------------------------------------------------------------
NEVER_ECHOED = ("password", "csrfmiddlewaretoken")


def csrf_failure(request, reason=""):
    """Nobody loses what they typed: the page carries it as a form with a fresh token and a button "Send again".

    Only for a form of our own pages: one that another site made the browser send gets no second chance from us, or one
    click on our page would do what that site wanted. Passwords are never echoed; files cannot be, and are named.
    """
    fields, lost = ([], []) if not _is_from_our_page(request) else _typed(request)
    context = {"fields": fields, "lost": lost, "action": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


def _is_from_our_page(request):
    """As the browser itself says; an old one that says nothing is not trusted with this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request):
    """(name, value) of every field that was sent, and the labels of what cannot be sent again."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = [upload.name for _name, uploads in request.FILES.lists() for upload in uploads]
    except (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return [], []
    kept = [(name, value) for name, value in fields if not any(word in name for word in NEVER_ECHOED)]
    return kept, files
