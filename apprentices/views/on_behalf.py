"""Writing an application for somebody: who does so signs in; the apprentice answers behind a mailed link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.enums import EntryState
from apprentices.forms.on_behalf import ApproveForm, InviteTrainingOfficeForm, StartEntryForm
from apprentices.models import Entry
from apprentices.selectors.drafts import first_gap
from apprentices.selectors.on_behalf import answers_of, held_by, missing_for_approval
from apprentices.services import on_behalf
from apprentices.views.pages import hold_draft, page, posted, speak_to
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, office_context

LISTED = 200


@require_safe
def entries(request):
    """What this office, or this training office, has written for others, and what became of it."""
    _require(request)
    office = request.user.working_office
    found = Entry.objects.visible_to(request.user).select_related("application__round", "training_office", "entered_by")
    return page(request, "apprentices/on_behalf/list.html", {"entries": found[:LISTED]}, office=office)


@require_http_methods(["GET", "POST"])
def new_entry(request):
    """Begin an application for somebody."""
    _require(request)
    office = request.user.working_office
    form = StartEntryForm(posted(request), office=office, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = on_behalf.start_entry(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _go_on(request, made)
    return page(request, "apprentices/on_behalf/new.html", {"form": form}, office=office)


@require_safe
def entry(request, pk):
    """What is written, what is missing, and whose turn it is."""
    found = _entry(request, pk)
    context = {
        "entry": found,
        "application": found.application,
        "answers": answers_of(found.application) if found.state in (EntryState.WRITING, EntryState.ASKED) else [],
        "missing": missing_for_approval(found) if found.state == EntryState.WRITING else [],
    }
    return page(request, "apprentices/on_behalf/entry.html", context, office=found.office)


@require_POST
def write_entry(request, pk):
    """Open the steps of the form for this draft, in this browser."""
    found = _entry(request, pk)
    if not held_by(request.user, found):
        messages.error(request, _("This application cannot be changed now."))
        return redirect(found)
    return _go_on(request, found)


@require_POST
def ask_to_approve(request, pk):
    """Mail the apprentice the link."""
    found = _entry(request, pk)
    done = _("%(name)s has got a mail.") % {"name": found.application.given_name}
    attempt(request, lambda: on_behalf.ask_to_approve(entry=found, by=request.user), done=done)
    return redirect(found)


@require_POST
def take_back_entry(request, pk):
    """Go on writing before the apprentice has answered."""
    found = _entry(request, pk)
    done = _("You can write again. The link in the mail is worth nothing any more.")
    attempt(request, lambda: on_behalf.take_back(entry=found, by=request.user), done=done)
    return redirect(found)


@login_not_required
@require_http_methods(["GET", "POST"])
def approve_entry(request, token):
    """GET shows everything that was written, and by whom; POST sends it, opens it for corrections, or refuses it."""
    link = links.open_link(token, LinkPurpose.APPROVE_ENTRY)
    found = get_object_or_404(_whole(Entry.objects.all()), pk=link.object_id)
    speak_to(request, link)
    answer = request.POST.get("answer", "")
    form = ApproveForm(posted(request), office=found.office, refuses=answer == "refuse")
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, link, answer, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"entry": found, "application": found.application, "answers": answers_of(found.application), "form": form}
    return page(request, "apprentices/on_behalf/approve.html", context, office=found.office)


@login_not_required
@require_safe
def entry_answered(request, token):
    """What became of it, behind the link that was used."""
    link = links.find(token, LinkPurpose.APPROVE_ENTRY)
    if link.used_at is None:
        raise Http404
    found = get_object_or_404(_whole(Entry.objects.all()), pk=link.object_id)
    speak_to(request, link)
    context = {"entry": found, "application": found.application}
    return page(request, "apprentices/on_behalf/answered.html", context, office=found.office)


@require_http_methods(["GET", "POST"])
def invite_training_office(request):
    """Invite a person of a training office, who then enters applications for it."""
    _require(request, "accounts.invite_membership")
    form = InviteTrainingOfficeForm(posted(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            on_behalf.invite_training_office(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            to = form.cleaned_data["address"]
            messages.success(request, _("The invitation to %(to)s is on its way.") % {"to": to})
            return redirect("accounts:people")
    office = request.user.working_office
    context = office_context(request, title=_("Invite a training office"), eyebrow=office.name, form=form)
    return render(request, "accounts/invite.html", context)


def _answer(request, link, answer, reason):
    token = request.resolver_match.kwargs["token"]
    if answer == "refuse":
        on_behalf.refuse_entry(link=link, reason=reason)
        return redirect("apprentices:entry_answered", token)
    if answer == "correct":
        application = on_behalf.take_over_entry(link=link)
        hold_draft(request, application, proved=True)
        messages.success(request, _("This is your own application now. Change what you like, then send it."))
        return redirect("apprentices:apply_check", application.round_id)
    on_behalf.approve_entry(link=link)
    return redirect("apprentices:entry_answered", token)


def _go_on(request, found):
    hold_draft(request, found.application)
    step = first_gap(missing_for_approval(found))
    return redirect(found) if step == "check" else redirect(f"apprentices:apply_{step}", found.application.round_id)


def _whole(rows):
    related = ("application__round", "application__office", "application__trade", "office", "training_office")
    return rows.select_related(*related, "entered_by")


def _entry(request, pk):
    found = get_object_or_404(_whole(Entry.objects.visible_to(request.user)), pk=pk)
    _require(request, obj=found)
    return found


def _require(request, permission="apprentices.enter_on_behalf", obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied
