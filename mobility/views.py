"""The front door, and what a load balancer asks."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect
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
