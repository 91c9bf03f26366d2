"""The public application form: start page, three steps, check, receipt. Begun without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.forms.apply import ApprenticeshipForm, CodeForm, ContactForm, StayForm
from apprentices.models import Round
from apprentices.selectors.attachments import FIRST_STAGE
from apprentices.selectors.drafts import missing_for_submission, needs_guardian, stepper
from apprentices.services import drafts
from apprentices.services.applications import submit_application
from apprentices.views import files
from apprentices.views.pages import draft_of, hold_draft, hold_receipt, let_go, page, posted, receipt_of
from mobility.accounts import links, throttle
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock, form_errors
from mobility.common.errors import NotReady, Refused

HOUR = 3600
CODES_PER_ADDRESS = 8  # mails an hour
BEGUN_PER_CLIENT = 200  # an hour: a whole school may sit behind one address
TRIES_PER_CLIENT = 300


def _round(pk):
    return get_object_or_404(Round.objects.published_by_office().select_related("office"), pk=pk)


@login_not_required
@require_safe
def start(request, pk):
    """The round: whether it is open, until when, what the form asks; the way in."""
    round_ = _round(pk)
    today = clock.today(round_.office.tz)
    context = {
        "round": round_,
        "draft": draft_of(request, round_),
        "days_left": (round_.closes_at.astimezone(round_.office.tz).date() - today).days,
        "is_later": round_.opens_at > clock.now(),
    }
    return page(request, "apprentices/apply/start.html", context, office=round_.office)


@login_not_required
@require_http_methods(["GET", "POST"])
def contact(request, pk):
    """Step 1. The first save makes the draft, ties it to this browser and mails the code."""
    round_ = _round(pk)
    application = draft_of(request, round_)
    if not round_.is_open and (request.method == "GET" or application is None):
        return redirect("apprentices:apply", pk)
    form = ContactForm(posted(request), office=round_.office, initial=_contact_initial(application))
    if request.method == "POST" and form.is_valid() and _may_mail(request, form, application):
        fields = {name: form.cleaned_data[name] for name in drafts.CONTACT}
        if application is None:
            hold_draft(request, drafts.start_draft(round=round_, **fields))
            messages.success(request, _("Saved. We have sent a code to %(email)s: you need it at the end.") % fields)
        else:
            drafts.save_draft(application=application, **fields)
        return _go_on(request, round_, "contact")
    if request.method == "POST" and application is not None:
        sound = {name: value for name, value in form.sound_data().items() if name in drafts.CONTACT and name != "email"}
        application = drafts.save_draft(application=application, **sound)
    return _show(request, round_, application, "contact", form)


@login_not_required
@require_http_methods(["GET", "POST"])
def apprenticeship(request, pk):
    """Step 2. A birth date of somebody under 18 brings the questions about the guardian."""
    round_ = _round(pk)
    application = draft_of(request, round_)
    if application is None or (request.method == "GET" and not round_.is_open):
        return _begin(request, round_)
    initial = {name: getattr(application, name) for name in drafts.APPRENTICESHIP}
    form = ApprenticeshipForm(posted(request), application=application, initial=initial)
    if request.method == "POST":
        sound = form.is_valid()
        application = drafts.save_draft(application=application, **form.sound_data())
        if sound and needs_guardian(application) and "guardian_name" not in form.fields:
            messages.info(request, _("You are under 18. Please tell us about your guardian, too."))
            return redirect(reverse("apprentices:apply_apprenticeship", args=[pk]) + "#id_guardian_name")
        if sound:
            return _go_on(request, round_, "apprenticeship")
    return _show(request, round_, application, "apprenticeship", form)


@login_not_required
@require_http_methods(["GET", "POST"])
def stay(request, pk, stays=""):
    """Step 3. The answers are saved before files are kept: a refused file costs nothing else.

    ``stays``: a button of this requirement's files was pressed, and the page goes on from there.
    """
    round_ = _round(pk)
    application = draft_of(request, round_)
    if application is None or (request.method == "GET" and not round_.is_open):
        return _begin(request, round_)
    initial = {name: getattr(application, name) for name in drafts.STAY}
    form = StayForm(posted(request), application=application, initial=initial)
    refused: dict[str, list[str]] = {}
    if request.method == "POST":
        sound = form.is_valid()
        application = drafts.save_draft(application=application, **form.sound_data())
        refused = files.take(request, application, FIRST_STAGE)
        if sound and not refused and stays:
            return redirect(reverse("apprentices:apply_stay", args=[pk]) + f"#files-{stays}")
        if sound and not refused:
            return _go_on(request, round_, "stay")
    shown = files.of_draft(application, pk, FIRST_STAGE, refused)
    problems = form_errors.problems(form) + [(f"#file_{each.kind}", words) for each in shown for words in each.refused]
    return _show(
        request, round_, application, "stay", form, all_files=shown, problems=problems, has_errors=bool(problems)
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def check(request, pk):
    """Check your answers: what is missing, the code where the address is not confirmed, and sending."""
    round_ = _round(pk)
    application = draft_of(request, round_)
    if application is None:
        return redirect("apprentices:receipt", pk) if receipt_of(request, pk) else _begin(request, round_)
    if request.method == "GET" and not round_.is_open:
        return _begin(request, round_)
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
        problems += [(_address_of(item, pk), item.sentence) for item in missing]
    return _show(request, round_, application, "check", form, problems=problems, has_errors=bool(problems))


@login_not_required
@require_POST
def send_code(request, pk):
    """Mail a new code for the draft that this browser holds."""
    round_ = _round(pk)
    application = draft_of(request, round_)
    if application is None:
        return _begin(request, round_)
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
    _round(pk)
    let_go(request, pk)
    messages.success(request, _("This browser has forgotten the application. The link in your e-mail opens it again."))
    return redirect("apprentices:apply", pk)


def too_many():
    return _("That was too often. Please wait an hour and try again. What you wrote is still here.")


def _may_mail(request, form, application):
    """Count a mail that step 1 will send; with an error on the form when there were too many."""
    email = form.cleaned_data["email"]
    if application is not None and application.email.lower() == email:
        return True
    client = throttle.client_ip(request)
    if throttle.allow("draft-begun", client, limit=BEGUN_PER_CLIENT, seconds=HOUR) and throttle.allow(
        "draft-code", email, limit=CODES_PER_ADDRESS, seconds=HOUR
    ):
        return True
    form.add_error(None, too_many())
    return False


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


def _contact_initial(application):
    if application is None:
        return {"written_form": (get_language() or "en").split("-")[0]}
    return {name: getattr(application, name) for name in drafts.CONTACT} | {"consent": bool(application.consented_at)}


def _go_on(request, round_, here):
    """To the step that a link on the page asked for, else to the next one."""
    order = ["contact", "apprenticeship", "stay", "check"]
    wanted = request.POST.get("next", "")
    step = wanted if wanted in order and wanted != here else order[order.index(here) + 1]
    return redirect(f"apprentices:apply_{step}", round_.pk)


def _begin(request, round_):
    if round_.is_open:
        messages.info(request, _("Begin with your name and e-mail address, or open a draft with the code we sent you."))
    return redirect("apprentices:apply", round_.pk)


def _address_of(missing, pk):
    name = missing.field.removesuffix("_id").replace("consented_at", "consent")
    suffix = "_0" if name == "contract_kind" else ""
    return f"{reverse(f'apprentices:apply_{missing.step}', args=[pk])}#id_{name}{suffix}"


def _show(request, round_, application, step, form, **more):
    missing = missing_for_submission(application) if application else []
    steps = stepper(round_.pk, application, missing, step)
    number = next(place for place, item in enumerate(steps, 1) if item["state"] == "here")
    context = {
        "round": round_,
        "application": application,
        "form": form,
        "steps": steps,
        "number": number,
        "heading": steps[number - 1]["label"],
        "missing": [(_address_of(item, round_.pk), item.sentence) for item in missing],
        **more,
    }
    return page(request, f"apprentices/apply/{step}.html", context, office=round_.office)
