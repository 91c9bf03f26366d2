"""The public application form: start page and the five steps. Begun without an account; the draft row is the truth."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices import reasons
from apprentices.forms.apply import ContactForm, PersonForm
from apprentices.forms.apply_stay import LanguageFormSet, MotivationForm, StayForm
from apprentices.forms.apply_work import ApprenticeshipForm, training_office_choice
from apprentices.models import Round
from apprentices.selectors.attachments import FIRST_STAGE
from apprentices.selectors.drafts import missing_for_submission, other_drafts, stepper
from apprentices.selectors.on_behalf import written_for_somebody
from apprentices.selectors.windows import may_send, shown_deadline
from apprentices.services import drafts
from apprentices.views import files
from apprentices.views.pages import (
    draft_of,
    elsewhere_words,
    hold_draft,
    is_proved_here,
    page,
    posted,
    receipt_of,
    tell_elsewhere,
)
from mobility.accounts import throttle
from mobility.common import clock, form_errors, formats
from mobility.common.errors import Refused

HOUR = 3600
CODES_PER_ADDRESS = 8  # mails an hour
BEGUN_PER_CLIENT = 200  # an hour: a whole school may sit behind one address
ORDER = ("contact", "person", "apprenticeship", "stay", "motivation", "check")


def public_round(pk):
    return get_object_or_404(Round.objects.published_by_office().select_related("office"), pk=pk)


@login_not_required
@require_safe
def start(request, pk):
    """The round: whether it is open, until when, what the form asks; the way in."""
    round_ = public_round(pk)
    draft = draft_of(request, round_)
    context = {
        "round": round_,
        "draft": draft,
        "may_go_on": draft is not None and may_send(draft),
        "deadline": shown_deadline(round_, draft),
        "is_later": round_.opens_at > clock.now(),
    }
    return page(request, "apprentices/apply/start.html", context, office=round_.office)


@login_not_required
@require_http_methods(["GET", "POST"])
def contact(request, pk):
    """Step 1. The first save makes the draft, ties it to this browser and mails the code."""
    round_ = public_round(pk)
    application = draft_of(request, round_)
    if application is None and not round_.is_open:
        return redirect("apprentices:apply", pk)
    if application is not None and request.method == "GET" and not may_send(application):
        return redirect("apprentices:apply", pk)
    on_behalf = written_for_somebody(application)
    initial = _contact_initial(application)
    form = ContactForm(posted(request), office=round_.office, initial=initial, on_behalf=on_behalf)
    if request.method == "GET":
        return show_step(request, round_, application, "contact", form)
    if is_autosave(request):
        return _autosave(request, round_, application, form, without=("email", "consent"))
    if not (form.is_valid() and _may_mail(request, form, application)):
        if application is not None:
            answers = {name: value for name, value in form.answers().items() if name not in {"email", "consent"}}
            application = drafts.save_draft(application=application, **answers)
        return show_step(request, round_, application, "contact", form)
    if application is None:
        fields = {name: form.cleaned_data[name] for name in drafts.CONTACT}
        hold_draft(request, drafts.start_draft(round=round_, **fields))
        messages.success(request, _("Saved. We have sent a code to %(email)s: you need it at the end.") % fields)
    else:
        tell_elsewhere(request, form)
        answers = {name: value for name, value in form.answers().items() if name != "consent"}
        drafts.save_draft(application=application, **answers)
    return go_on(request, round_, "contact")


@login_not_required
@require_http_methods(["GET", "POST"])
def person(request, pk):
    """Step 2. A birth date of somebody under 18 brings the questions about the guardian."""
    return _step(request, pk, "person", PersonForm, drafts.PERSON)


@login_not_required
@require_http_methods(["GET", "POST"])
def apprenticeship(request, pk):
    """Step 3."""

    def choice(application):
        return {"training_office_choice": training_office_choice(application)}

    return _step(request, pk, "apprenticeship", ApprenticeshipForm, drafts.APPRENTICESHIP, more_initial=choice)


@login_not_required
@require_http_methods(["GET", "POST"])
def stay(request, pk):
    """Step 4. The languages are rows: a button saves and comes back with one row more, or one less."""
    return _step(request, pk, "stay", StayForm, drafts.STAY, make_rows=language_rows)


@login_not_required
@require_http_methods(["GET", "POST"])
def motivation(request, pk, stays=""):
    """Step 5. The answers are saved before files are kept: a refused file costs nothing else.

    ``stays``: a button of this requirement's files was pressed, and the page goes on from there.
    """
    anchor = f"#files-{stays}" if stays else ""
    return _step(request, pk, "motivation", MotivationForm, drafts.MOTIVATION, kinds=FIRST_STAGE, anchor=anchor)


def _step(request, pk, step, form_class, columns, *, more_initial=None, make_rows=None, kinds=(), anchor=""):
    """Show a step, or save what was changed in it and go on; what is not sound stays on the page with its reason.

    ``kinds``: requirements whose files stand in this step. ``anchor``: come back to this place of it.
    """
    round_ = public_round(pk)
    application = draft_of(request, round_)
    if application is None or (request.method == "GET" and not may_send(application)):
        return no_draft(request, round_)
    initial = {name: getattr(application, name) for name in columns}
    initial |= more_initial(application) if more_initial else {}
    form = form_class(posted(request), application=application, initial=initial)
    rows = make_rows(request, application) if make_rows else None
    refused: dict[str, list[str]] = {}
    if is_autosave(request):
        return _autosave(request, round_, application, form, rows=rows)
    if request.method == "POST":
        sound = form.is_valid() and (rows is None or rows.is_valid())
        tell_elsewhere(request, form)
        application = _save(application, form, rows, without_row=request.POST.get("remove", ""))
        refused = files.take(request, application, kinds) if kinds else {}
        if sound and not refused:
            return _leave_step(request, round_, step, form, anchor)
    shown = files.of_draft(application, pk, kinds, refused) if kinds else []
    return show_step(request, round_, application, step, form, rows=rows, all_files=shown)


def _leave_step(request, round_, step, form, anchor):
    """Where a saved step leads: back to it for one row more or less, or for a question that came up; else on."""
    here = reverse(f"apprentices:apply_{step}", args=[round_.pk])
    if {"add", "remove"} & request.POST.keys():
        anchor = "#rows"
    if anchor:
        return redirect(here + anchor)
    asked = None if request.POST.get("next") else form.newly_asked()
    if asked is None:
        return go_on(request, round_, step)
    messages.info(request, _("Your answer brings one more question. You find it here."))
    return redirect(f"{here}#{asked.auto_id}")


def _save(application, form, rows, *, without=(), without_row=""):
    form.is_valid()
    answers = {name: value for name, value in form.answers().items() if name not in without}
    application = drafts.save_draft(application=application, **answers)
    if rows is not None:
        rows.is_valid()
        levels = rows.answers(without=without_row)
        application = drafts.save_languages(application=application, levels=levels) if levels else application
    return application


def language_rows(request, application):
    initial = [{"language": skill.language, "level": skill.level} for skill in application.language_skills.all()]
    return LanguageFormSet(posted(request), initial=initial, prefix="languages")


# --- saving while somebody types ------------------------------------------------------------------------------------
def is_autosave(request):
    """The page's own script saves in the background: it wants a few words as JSON, not a page."""
    return request.method == "POST" and "X-Autosave" in request.headers


def _autosave(request, round_, application, form, *, rows=None, without=()):
    """Save what is sound; say when, which fields are kept now, and what was changed elsewhere meanwhile."""
    if application is None:
        return _not_held()
    elsewhere = form.changed_elsewhere()
    try:
        application = _save(application, form, rows, without=without)
    except Refused as refused:
        return JsonResponse({"words": str(refused)}, status=409)
    with timezone.override(round_.office.tz):
        words = _("Saved %(clock)s.") % {"clock": formats.clock(application.saved_at)}
    waiting = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    if waiting:
        words += " " + _("Not yet: %(fields)s.") % {"fields": ", ".join(waiting)}
    if elsewhere:
        words += " " + elsewhere_words(elsewhere)
    # its values are what the page "has been rendered with" from now on
    kept = [name for name in form.fields if name not in form.errors and name not in without]
    for row in rows or ():
        kept += [row.add_prefix(name) for name in row.fields if row.is_valid()]
    return JsonResponse({"words": words, "kept": kept})


def _not_held():
    words = _("Not saved: this application was sent, or opened by somebody else, in another tab. Load the page again.")
    return JsonResponse({"words": words}, status=409)


# --- what the steps share -------------------------------------------------------------------------------------------
def too_many():
    return _("That was too often. Please wait an hour and try again. What you wrote is still here.")


RADIOS = ("contract_kind", "gender", "has_earlier_stays")


def _may_mail(request, form, application):
    """Count a mail that step 1 will send; with an error on the form when there were too many."""
    email = form.cleaned_data["email"]
    if written_for_somebody(application) or (application is not None and application.email.lower() == email):
        return True
    client = throttle.client_ip(request)
    if throttle.allow("draft-begun", client, limit=BEGUN_PER_CLIENT, seconds=HOUR) and throttle.allow(
        "draft-code", email, limit=CODES_PER_ADDRESS, seconds=HOUR
    ):
        return True
    form.add_error(None, too_many())
    return False


def _contact_initial(application):
    if application is None:
        return {"written_form": (get_language() or "en").split("-")[0]}
    return {name: getattr(application, name) for name in drafts.CONTACT} | {"consent": bool(application.consented_at)}


def go_on(request, round_, here):
    """To the step that a link on the page asked for, else to the next one."""
    wanted = request.POST.get("next", "")
    step = wanted if wanted in ORDER and wanted != here else ORDER[ORDER.index(here) + 1]
    return redirect(f"apprentices:apply_{step}", round_.pk)


def no_draft(request, round_):
    """This browser holds no draft of the round that can be worked on: the receipt, or the start page, says why."""
    if is_autosave(request):
        return _not_held()
    if receipt_of(request, round_.pk):
        return redirect("apprentices:receipt", round_.pk)
    if round_.is_open:
        messages.info(request, _("Begin with your name and e-mail address, or open a draft with the code we sent you."))
    return redirect("apprentices:apply", round_.pk)


def address_of(missing, pk):
    name = (
        missing.field.removesuffix("_id").replace("consented_at", "consent").replace("office_answer", "office_choice")
    )
    suffix = "_0" if name in RADIOS else ""
    return f"{reverse(f'apprentices:apply_{missing.step}', args=[pk])}#id_{name}{suffix}"


def show_step(request, round_, application, step, form, *, rows=None, all_files=(), **more):
    missing = missing_for_submission(application) if application else []
    steps = stepper(round_.pk, application, missing, step)
    here = ORDER.index(step)
    problems = [problem for each in (form, rows) if each is not None for problem in form_errors.problems(each)]
    problems += [(f"#file_{each.kind}", words) for each in all_files for words in each.refused]
    context = {
        "round": round_,
        "application": application,
        "form": form,
        "rows": rows,
        "all_files": all_files,
        "why_files": {"about": _("Files"), "why": reasons.reason_for("files")},
        "problems": problems,
        "has_errors": bool(problems),
        "steps": steps,
        "number": here + 1,
        "heading": steps[here]["label"],
        "back_url": reverse(f"apprentices:apply_{ORDER[here - 1]}", args=[round_.pk]) if here else "",
        "deadline": shown_deadline(round_, application),
        "other": other_drafts(application).first() if is_proved_here(request, application) else None,
        "missing": [(address_of(item, round_.pk), item.sentence) for item in missing],
        **more,
    }
    return page(request, f"apprentices/apply/{step}.html", context, office=round_.office)
