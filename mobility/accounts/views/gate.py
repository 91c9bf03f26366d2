"""The gate before a signed link: a link that was passed on shows next to nothing before a code from its mailbox.

A view asks with its link in hand, after :func:`mobility.accounts.links.open_link`::

    shut = gate.require_code(request, link)
    if shut is not None:
        return shut

A GET never mails and never opens: the reader presses for the code. What else was sent along in a POST waits behind the
gate, so that an answer that took longer than OPEN_FOR is not typed twice.
"""

import datetime
import hashlib

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mobility.accounts import link_codes, throttle
from mobility.accounts.forms import LinkCodeForm
from mobility.common import clock

OPEN_FOR = datetime.timedelta(hours=12)
OPENED = "opened_links"  # session: {row and address, hashed: moment}
CODES_PER_HOUR = 5  # for one row and address
CODES_FROM_NETWORK = 60  # an hour
OWN_FIELDS = {"csrfmiddlewaretoken", "gate", "code"}
ASK, TRY = "ask", "try"  # values of the field "gate"
CARRIED_AT_MOST = 20  # fields of the form behind the gate


def require_code(request, link):
    """None where this browser may see what is behind the link; else the answer that asks for the mailed code.

    After the right code, a POST that carries the fields of the form behind the gate goes on as that form's own.
    """
    if is_open(request, link):
        return None
    wish = request.POST.get("gate") if request.method == "POST" else None
    if wish == ASK:
        return _mail(request, link)
    if wish == TRY:
        return _try(request, link)
    return _page(request, link)


def is_open(request, link) -> bool:
    """Whether this browser has shown, not long ago, that its reader reads the mailbox of this link."""
    opened_at = request.session.get(OPENED, {}).get(_key(link))
    return opened_at is not None and clock.now() - datetime.datetime.fromisoformat(opened_at) < OPEN_FOR


def _mail(request, link):
    calm = throttle.allow(
        "link-code", link.purpose, link.object_id, link.address, limit=CODES_PER_HOUR, seconds=3600
    ) and throttle.allow("link-codes", throttle.client_ip(request), limit=CODES_FROM_NETWORK, seconds=3600)
    if not calm:
        reason = _("We have mailed several codes within an hour. Look into the mailbox, or wait an hour and try again.")
        return _page(request, link, error=reason, status=429)
    link_codes.mail_code(link)
    if _carried(request):  # stay on this page: it holds what was typed
        link.refresh_from_db()
        return _page(request, link)
    return redirect(request.path)


def _try(request, link):
    form = LinkCodeForm(request.POST)
    if form.is_valid():
        entry = link_codes.enter_code(link, form.cleaned_data["code"])
        if entry is link_codes.Entry.RIGHT:
            _open(request, link)
            return None if _carried(request) else redirect(request.path)
        form.add_error("code", _sentence(entry))
        link.refresh_from_db()
    return _page(request, link, form=form)


def _sentence(entry):
    return {
        link_codes.Entry.WRONG: _("This is not the code of our last e-mail. Look again and type its six digits."),
        link_codes.Entry.USED_UP: _("That were too many wrong codes. Have a new one mailed."),
        link_codes.Entry.TOO_OLD: _("This code is more than an hour old. Have a new one mailed."),
    }[entry]


def _open(request, link):
    if not request.user.is_authenticated:
        request.session.cycle_key()  # what was known before the code is worth nothing after it
    oldest = (clock.now() - OPEN_FOR).isoformat()
    kept = {key: at for key, at in request.session.get(OPENED, {}).items() if at > oldest}
    request.session[OPENED] = {**kept, _key(link): clock.now().isoformat()}


def _key(link):
    """The row and the mailbox, not the link: a renewed link to the same mailbox needs no second code."""
    return hashlib.sha256(f"{link.purpose} {link.object_id} {link.address.lower()}".encode()).hexdigest()[:32]


def _carried(request):
    """Names and values that were sent for the form behind the gate."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in OWN_FIELDS]
    return sent[:CARRIED_AT_MOST]


def _page(request, link, *, form=None, error="", status=200):
    request.office = link.office
    context = {
        "office": link.office,
        "link": link,
        "form": form or LinkCodeForm(),
        "is_sent": link_codes.is_waiting_for_code(link),
        "error": error,
        "carried": _carried(request),
        "hours": int(OPEN_FOR.total_seconds() // 3600),
    }
    return render(request, "accounts/gate.html", context, status=status)
