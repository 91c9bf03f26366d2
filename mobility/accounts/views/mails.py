"""The outbox: what was mailed for the office, and what did not go out."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.accounts import selectors
from mobility.accounts.views.mail_moves import found_mail
from mobility.common import files, mail_cuts, outbox
from mobility.common.models import OutboundMail
from mobility.common.office_page import office_context

PER_PAGE = 50


@require_safe
def mails(request):
    """The mails of the office, newest first; ``?state=failed``, ``?q=`` (address or subject) cut the list down."""
    _require(request, "common.view_outboundmail")
    return _list(request, selectors.mails_of_office(request.user), title=_("Outbox"), is_demo=False)


@require_safe
def mail(request, pk):
    """One mail with its text; links and codes are hidden outside the demo."""
    found = found_mail(request, pk, "common.view_outboundmail")
    return _detail(request, found, is_demo=False, may_change=request.user.has_perm("common.change_outboundmail", found))


@require_safe
def mail_attachment(request, pk, file_pk):
    """A file that went out with the mail."""
    found = found_mail(request, pk, "common.view_outboundmail")
    return files.download(get_object_or_404(found.attachments, pk=file_pk))


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
    return _detail(request, found, is_demo=True, may_change=False)


def _list(request, queryset, *, title, is_demo):
    words = request.GET.get("q", "").strip()[:100]
    if words:
        queryset = queryset.filter(Q(to_address__icontains=words) | Q(subject__icontains=words))
    cuts = [] if is_demo else mail_cuts.cuts_of(request.user, request.GET)
    for cut in cuts:
        queryset = cut.narrow(queryset)
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
        words=words,
        kept="".join(f"{part}&" for part in [words and urlencode({"q": words}), *(cut.query for cut in cuts)] if part),
        cuts=cuts,
        may_move=not is_demo and not words and request.user.has_perm("common.change_outboundmail"),
        waiting=counts.get(OutboundMail.State.QUEUED, 0),
        held=counts.get(OutboundMail.State.HELD, 0),
        address_tasks=counts.get(OutboundMail.State.FAILED, 0) and not is_demo,
        is_demo=is_demo,
        demo_url=reverse("outbox") if settings.SHOW_OUTBOX_WITH_SECRETS else None,
    )
    return render(request, "accounts/outbox.html", context)


def _detail(request, found, *, is_demo, may_change):
    State = OutboundMail.State  # noqa: N806 - a class
    context = office_context(
        request,
        title=found.subject,
        eyebrow=_("Outbox"),
        mail=found,
        body=selectors.readable_body(found),
        attachments=list(found.attachments.all()),
        changes=list(found.changes.select_related("by")),
        resends=list(found.resends.order_by("pk")),
        can_retry=found.state == State.FAILED
        and request.user.has_perm("common.retry_outboundmail", found)
        and not is_demo,
        can_hold=may_change and found.state == State.QUEUED and not outbox.is_being_sent(found),
        can_release=may_change and found.state == State.HELD,
        can_correct=may_change and found.state in (State.HELD, State.FAILED),
        can_send_again=may_change and found.state == State.SENT and outbox.WIPED not in found.body,
        was_wiped=found.state == State.SENT and outbox.WIPED in found.body,
        may_open_files=request.user.has_perm("common.view_outboundmail", found),
        is_demo=is_demo,
    )
    return render(request, "accounts/mail.html", context)


def _require(request, permission, obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied


def _require_staff(request):
    if not request.user.is_staff:
        raise PermissionDenied
