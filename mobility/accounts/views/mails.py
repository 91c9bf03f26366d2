"""The outbox: what was mailed for the office, and what did not go out."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mobility.accounts import selectors
from mobility.accounts.services import mails
from mobility.common import files
from mobility.common.models import OutboundMail
from mobility.common.office_page import attempt, office_context

PER_PAGE = 50


@require_safe
def outbox(request):
    """The mails of the office, newest first; ``?state=failed`` for those that somebody must look at."""
    _require(request, "common.view_outboundmail")
    return _list(request, selectors.mails_of_office(request.user), title=_("Outbox"), is_demo=False)


@require_safe
def mail(request, pk):
    """One mail with its text; links and codes are hidden outside the demo."""
    found = _mail(request, pk, "common.view_outboundmail")
    may_retry = request.user.has_perm("common.retry_outboundmail", found)
    return _detail(request, found, is_demo=False, may_retry=may_retry)


@require_safe
def mail_attachment(request, pk, file_pk):
    """A file that went out with the mail."""
    found = _mail(request, pk, "common.view_outboundmail")
    return files.download(get_object_or_404(found.attachments, pk=file_pk))


@require_POST
def retry_mail(request, pk):
    """Queue a failed mail again."""
    found = _mail(request, pk, "common.retry_outboundmail")
    attempt(request, lambda: mails.retry_mail(mail=found, by=request.user), done=_("The mail is queued again."))
    return redirect("accounts:mail", pk=pk)


@require_safe
def demo_outbox(request):
    """Every mail that this person's demo office caused, and those of sign-in. Only the demo's settings have this page."""
    _require_staff(request)
    return _list(request, selectors.mails_of_demo(request.user), title=_("Outbox of the demo"), is_demo=True)


@require_safe
def demo_mail(request, pk):
    """One mail with its links and codes. Only the demo's settings have this page."""
    _require_staff(request)
    found = get_object_or_404(selectors.mails_of_demo(request.user), pk=pk)
    return _detail(request, found, is_demo=True, may_retry=False)


def _list(request, queryset, *, title, is_demo):
    counts = dict(queryset.order_by().values_list("state").annotate(number=Count("pk")))
    state = request.GET.get("state", "")
    if state in OutboundMail.State.values:
        queryset = queryset.filter(state=state)
    context = office_context(
        request,
        title=title,
        page=Paginator(queryset.defer("body"), PER_PAGE).get_page(request.GET.get("page")),
        states=[(value, label, counts.get(value, 0)) for value, label in OutboundMail.State.choices],
        total=sum(counts.values()),
        state=state,
        is_demo=is_demo,
        demo_url=reverse("outbox") if settings.SHOW_OUTBOX_WITH_SECRETS else None,
    )
    return render(request, "accounts/outbox.html", context)


def _detail(request, found, *, is_demo, may_retry):
    context = office_context(
        request,
        title=found.subject,
        eyebrow=_("Outbox"),
        mail=found,
        body=selectors.readable_body(found),
        attachments=list(found.attachments.all()),
        may_retry=may_retry and found.state == OutboundMail.State.FAILED,
        may_open_files=request.user.has_perm("common.view_outboundmail", found),
        is_demo=is_demo,
    )
    return render(request, "accounts/mail.html", context)


def _mail(request, pk, permission):
    found = get_object_or_404(selectors.mails_of_office(request.user), pk=pk)
    _require(request, permission, found)
    return found


def _require(request, permission, obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied


def _require_staff(request):
    if not request.user.is_staff:
        raise PermissionDenied
