"""All mails of a cut of the outbox (a round) at once: held or released, after a page that says how many there are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mobility.accounts import selectors
from mobility.accounts.services import mails
from mobility.common import mail_cuts
from mobility.common.models import OutboundMail
from mobility.common.office_page import confirm_page

State = OutboundMail.State
AT_ONCE = 500  # mails on one page; the rest stays for the next


@require_http_methods(["GET", "POST"])
def hold_mails(request):
    """Keep every mail of the cut back that waits to be sent."""
    chosen, every = _of_cut(request)
    if request.method == "POST":
        done, missed = mails.hold_mails(mails=_shown(request, every), by=request.user)
        words = ngettext("%(count)s mail is held.", "%(count)s mails are held.", done)
        return _told(request, chosen, State.HELD, words % {"count": done}, missed)
    rows = _in_state(every, State.QUEUED)
    count = len(rows)
    return _ask(
        request,
        chosen,
        rows,
        every.count(),
        title=ngettext("Hold %(count)s mail?", "Hold %(count)s mails?", count) % {"count": count},
        lead=_("They stay here until somebody releases them. Mails that are written later are not held."),
        submit=ngettext("Hold %(count)s mail", "Hold %(count)s mails", count) % {"count": count},
        effects=[
            {
                "what": ngettext("%(count)s mail", "%(count)s mails", count) % {"count": count},
                "now": State.QUEUED.label,
                "after": State.HELD.label,
                "follows": _("nobody gets them"),
            }
        ],
    )


@require_http_methods(["GET", "POST"])
def release_mails(request):
    """Let every mail of the cut go that is held."""
    chosen, every = _of_cut(request)
    if request.method == "POST":
        done, missed = mails.release_mails(mails=_shown(request, every), by=request.user)
        words = ngettext("%(count)s mail is queued again.", "%(count)s mails are queued again.", done)
        return _told(request, chosen, State.QUEUED, words % {"count": done}, missed)
    rows = _in_state(every, State.HELD)
    count = len(rows)
    return _ask(
        request,
        chosen,
        rows,
        every.count(),
        title=ngettext("Release %(count)s mail?", "Release %(count)s mails?", count) % {"count": count},
        lead=_("They go out at once. A mail whose case has moved on meanwhile is not sent."),
        submit=ngettext("Release %(count)s mail", "Release %(count)s mails", count) % {"count": count},
        told=[{"who": mail.to_address, "what": mail.subject} for mail in rows],
    )


def _of_cut(request):
    """The cut that the address names, and all its mails. 404 without a cut of one's own."""
    if not request.user.has_perm("common.change_outboundmail"):
        raise PermissionDenied
    chosen = next((cut for cut in mail_cuts.cuts_of(request.user, request.GET) if cut.key is not None), None)
    if chosen is None:
        raise Http404
    return chosen, chosen.narrow(selectors.mails_of_office(request.user)).defer("body").order_by("pk")


def _in_state(mails_of_cut, state):
    return list(mails_of_cut.filter(state=state)[:AT_ONCE])


def _shown(request, mails_of_cut):
    """Those that stood on the page, in whatever state they are now: nobody holds or releases what was not told."""
    keys = [key for key in request.POST.get("chosen", "").split(",") if key.isdecimal() and len(key) < 19]
    return list(mails_of_cut.filter(pk__in=keys[:AT_ONCE]))


def _ask(request, chosen, rows, total, **words):
    if not rows:
        messages.info(request, _("There is no such mail any more."))
        return redirect(f"{reverse('accounts:outbox')}?{chosen.query}")
    counted = _("%(number)s of %(total)s chosen") % {"number": len(rows), "total": total}
    return confirm_page(
        request,
        eyebrow=f"{chosen.name} · {counted}",
        back_url=f"{reverse('accounts:outbox')}?{chosen.query}",
        hidden=[("chosen", ",".join(str(mail.pk) for mail in rows))],
        **words,
    )


def _told(request, chosen, state, done, missed):
    messages.success(request, done)
    if missed:
        words = ngettext(
            "%(count)s mail was out already, or in hand.", "%(count)s mails were out already, or in hand.", missed
        )
        messages.warning(request, words % {"count": missed})
    return redirect(f"{reverse('accounts:outbox')}?{chosen.query}&state={state.value}")
