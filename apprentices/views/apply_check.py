"""The last step of the application form: the answers once more, the mailed code, and sending."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apprentices.forms.apply import CodeForm
from apprentices.selectors.drafts import missing_for_submission
from apprentices.selectors.on_behalf import written_for_somebody
from apprentices.selectors.windows import may_send
from apprentices.services import drafts
from apprentices.services.applications import submit_application
from apprentices.views.apply import (
    CODES_PER_ADDRESS,
    HOUR,
    address_of,
    no_draft,
    public_round,
    show_step,
    too_many,
)
from apprentices.views.pages import draft_of, hold_draft, hold_receipt, let_go, posted
from mobility.accounts import links, throttle
from mobility.accounts.enums import LinkPurpose
from mobility.common import form_errors
from mobility.common.errors import NotReady, Refused

TRIES_PER_CLIENT = 300  # an hour


@login_not_required
@require_http_methods(["GET", "POST"])
def check(request, pk):
    """Check your answers: what is missing, the code where the address is not confirmed, and sending."""
    round_ = public_round(pk)
    application = draft_of(request, round_)
    if application is None:
        return no_draft(request, round_)
    if written_for_somebody(application):
        return redirect(application.entry)
    if request.method == "GET" and not may_send(application):
        return no_draft(request, round_)
    form = None if application.email_confirmed_at else CodeForm(posted(request))
    problems = []
    if request.method == "POST":
        missing = missing_for_submission(application)
        if form is None or _confirm(request, application, form):
            form = None
            try:
                hold_receipt(request, submit_application(application=application))
                return redirect("apprentices:receipt", pk)
            except NotReady:
                application.refresh_from_db()
            except Refused as error:
                problems = [("", str(error))]
        problems += form_errors.problems(form) if form else []
        problems += [(address_of(item, pk), item.sentence) for item in missing]
    return show_step(request, round_, application, "check", form, problems=problems, has_errors=bool(problems))


@login_not_required
@require_POST
def send_code(request, pk):
    """Mail a new code for the draft that this browser holds."""
    round_ = public_round(pk)
    application = draft_of(request, round_)
    if application is None:
        return no_draft(request, round_)
    if throttle.allow("draft-code", application.email, limit=CODES_PER_ADDRESS, seconds=HOUR):
        drafts.send_code(application=application)
        messages.success(request, _("We have sent a new code to %(email)s.") % {"email": application.email})
    else:
        messages.warning(request, too_many())
    return redirect(reverse("apprentices:apply_check", args=[pk]) + "#id_code")


@login_not_required
@require_POST
def leave(request, pk):
    """Let this browser forget the draft, so that somebody else can begin here. The draft itself stays."""
    public_round(pk)
    let_go(request, pk)
    messages.success(request, _("This browser has forgotten the application. The link in your e-mail opens it again."))
    return redirect("apprentices:apply", pk)


def _confirm(request, application, form):
    """Whether the code in the form is right; if so the address is confirmed, by this browser."""
    if not form.is_valid():
        return False
    link = None
    if throttle.allow("draft-tries", throttle.client_ip(request), limit=TRIES_PER_CLIENT, seconds=HOUR):
        link = links.enter_code(
            purpose=LinkPurpose.OPEN_DRAFT, address=application.email, code=form.cleaned_data["code"]
        )
    if link is None:
        form.add_error("code", _("This is not the code that we sent last, or it is more than an hour old"))
        return False
    drafts.confirm_address(application=application, link=link)
    hold_draft(request, application, proved=True)
    return True
