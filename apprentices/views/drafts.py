"""Opening a draft in another browser: by the mailed link, or by the mailed code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.enums import ApplicationStatus
from apprentices.forms.apply import CodeForm, ResumeForm
from apprentices.models import Application
from apprentices.selectors.drafts import drafts_of, first_gap, missing_for_submission
from apprentices.selectors.windows import may_send
from apprentices.services import drafts
from apprentices.views.apply import CODES_PER_ADDRESS, HOUR, too_many
from apprentices.views.apply_check import TRIES_PER_CLIENT
from apprentices.views.pages import PROVED_ADDRESS, draft_of, hold_draft, keep_draft, page, posted, speak_to
from mobility.accounts import links, throttle
from mobility.accounts.enums import LinkPurpose

ADDRESS = "resume_address"  # session: the address that a code was asked for
RESUMED_PER_CLIENT = 200  # an hour


@login_not_required
@require_http_methods(["GET", "POST"])
def open_draft(request, token):
    """GET says what the link opens; POST ties the draft to this browser and confirms the address."""
    link = links.open_link(token, LinkPurpose.OPEN_DRAFT)
    known = Application.objects.select_related("round", "office", "replaced_by__round", "replaced_by__office")
    application = get_object_or_404(known, pk=link.object_id)
    application = application.replaced_by or application
    speak_to(request, link)
    if application.status != ApplicationStatus.DRAFT:
        return page(request, "apprentices/apply/sent.html", {"application": application}, office=application.office)
    if request.method == "POST":
        return _opened(request, application, link)
    return page(request, "apprentices/apply/open_draft.html", {"application": application}, office=application.office)


@login_not_required
@require_http_methods(["GET", "POST"])
def resume(request):
    """Ask for a code. The answer is the same whether there is a draft for the address or not."""
    form = ResumeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        client = throttle.client_ip(request)
        if throttle.allow("draft-resumed", client, limit=RESUMED_PER_CLIENT, seconds=HOUR) and throttle.allow(
            "draft-code", email, limit=CODES_PER_ADDRESS, seconds=HOUR
        ):
            drafts.send_codes_to(address=email)
            request.session[ADDRESS] = email
            return redirect("apprentices:resume_code")
        form.add_error(None, too_many())
    return render(request, "apprentices/apply/resume.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def resume_code(request):
    """Enter the code that may have been mailed."""
    address = request.session.get(ADDRESS)
    if address is None:
        return redirect("apprentices:resume")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        link = None
        if throttle.allow("draft-tries", throttle.client_ip(request), limit=TRIES_PER_CLIENT, seconds=HOUR):
            link = links.enter_code(purpose=LinkPurpose.OPEN_DRAFT, address=address, code=form.cleaned_data["code"])
        if link is not None:
            return _opened(request, get_object_or_404(Application, pk=link.object_id), link, by_code=True)
        form.add_error("code", _("This is not the code that we sent last, or it is more than an hour old"))
    return render(request, "apprentices/apply/resume_code.html", {"form": form, "address": address})


@login_not_required
@require_http_methods(["GET", "POST"])
def my_drafts(request):
    """Every draft of the address that this browser has proved to read, of all rounds; POST opens one of them."""
    address = request.session.get(PROVED_ADDRESS)
    if address is None:
        return redirect("apprentices:resume")
    found = [draft for draft in drafts_of(address) if may_send(draft)]
    if request.method == "POST":
        wanted = request.POST.get("draft", "")
        draft = next((each for each in found if str(each.pk) == wanted), None)
        if draft is None:
            raise Http404
        before = draft_of(request, draft.round)
        drafts.open_proved_draft(application=draft, address=address)
        hold_draft(request, draft, proved=True)
        keep_draft(request, draft)
        if before is None or before.pk != draft.pk:
            messages.success(request, _("Here is your application, as you left it."))
        return redirect(f"apprentices:apply_{first_gap(missing_for_submission(draft))}", draft.round_id)
    return render(request, "apprentices/apply/drafts.html", {"drafts": found, "address": address})


def _opened(request, application, link, *, by_code=False):
    """A link names its draft; a code proves the address, so that all drafts of it are offered when there are several."""
    application = drafts.confirm_address(application=application, link=link)
    if not request.user.is_authenticated:
        request.session.cycle_key()  # what was known before the address was proved is worth nothing after it
    hold_draft(request, application, proved=True)
    if by_code and sum(may_send(draft) for draft in drafts_of(application.email)) > 1:
        messages.success(request, _("Your address is confirmed. Choose the application to go on with."))
        return redirect("apprentices:my_drafts")
    messages.success(request, _("Your address is confirmed. Here is your application, as you left it."))
    step = first_gap(missing_for_submission(application))
    return redirect(f"apprentices:apply_{step}", application.round_id)
