"""The office's own work on a case: notes and follow-ups, who has it, what is unread, what a colleague leaves behind."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from apprentices.forms.casework import NoteForm, OfficerForm
from apprentices.models import Application, CaseNote
from apprentices.selectors import casework as selectors
from apprentices.services import casework as services
from apprentices.views.pages import posted
from apprentices.views.together import Together
from mobility.accounts.models import User
from mobility.common import clock
from mobility.common.office_page import attempt, confirm_page, office_context

AT_ONCE = 200  # cases in one address: browsers and proxies cut longer ones
LIST = "admin:apprentices_application_changelist"


def _case(request, pk, right):
    found = Application.objects.visible_to(request.user).select_related("office", "owner")
    application = get_object_or_404(found, pk=pk)
    if not request.user.has_perm(f"apprentices.{right}", application):
        raise PermissionDenied
    return application


def case_url(request, pk):
    """The case page, in the list that the reader came from: the filters stand in the address."""
    query = request.GET.urlencode()
    return reverse("admin:apprentices_application_change", args=[pk]) + (f"?{query}" if query else "")


@require_http_methods(["GET", "POST"])
def add_note(request, pk):
    """A note on the case; sent from the case page, shown again here with what is wrong."""
    application = _case(request, pk, "add_casenote")
    together = Together(request, [application])
    form = NoteForm(posted(request), application=application, by=request.user)
    if form.is_valid() and together.attempt(
        lambda: services.add_note(application=application, by=request.user, **form.cleaned_data),
        done=_("The note is kept."),
    ):
        return redirect(case_url(request, pk))
    return confirm_page(
        request,
        title=_("Note on %(name)s") % {"name": application.full_name},
        eyebrow=application.reference,
        lead=_("The applicant, the employer and reviewers do not see notes here."),
        submit=_("Keep the note"),
        back_url=case_url(request, pk),
        form=form,
        hidden=together.hidden,
    )


@require_POST
def finish_follow_up(request, pk):
    """The follow-up of a note is done."""
    notes = CaseNote.objects.visible_to(request.user).select_related("application__office")
    note = get_object_or_404(notes, pk=pk)
    if not request.user.has_perm("apprentices.add_casenote", note):
        raise PermissionDenied
    attempt(request, lambda: services.finish_follow_up(note=note, by=request.user), done=_("Done, and off the list."))
    return redirect("admin:index" if "workbench" in request.POST else case_url(request, note.application_id))


@require_POST
def mark_read(request, pk):
    """The case page says so itself once it is shown (``case.js``); without script a button does."""
    application = _case(request, pk, "follow_cases")
    services.mark_read(application=application, by=request.user)
    return HttpResponse(status=204) if "quiet" in request.POST else redirect(case_url(request, pk))


@require_POST
def mark_unread(request, pk):
    """Keep it for later: back to the list, where the mark stands."""
    application = _case(request, pk, "follow_cases")
    services.mark_unread(application=application, by=request.user)
    messages.success(request, _("%(name)s is marked as unread.") % {"name": application.full_name})
    return redirect(LIST)


@require_http_methods(["GET", "POST"])
def give_cases(request):
    """Take over, or give to a colleague, the cases of the address (``?application=1&application=2``)."""
    if not request.user.has_perm("apprentices.give_case"):
        raise PermissionDenied
    chosen = _chosen(request)
    together = Together(request, chosen)
    mine = None if any(each.owner_id == request.user.pk for each in chosen) else request.user.pk
    form = OfficerForm(posted(request), office_id=chosen[0].office_id, initial={"owner": mine})
    back_url = case_url(request, chosen[0].pk) if len(chosen) == 1 else reverse(LIST)
    if form.is_valid() and together.attempt(
        lambda: services.give_cases(applications=chosen, by=request.user, **form.cleaned_data),
        done=ngettext("%(owner)s has the case now.", "%(owner)s has the %(count)s cases now.", len(chosen))
        % {"owner": form.cleaned_data["owner"], "count": len(chosen)},
    ):
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Who works on it?") if len(chosen) == 1 else _("Who works on them?"),
        lead=_("Nobody gets a mail. Follow-ups on notes stay with whom they are for."),
        submit=ngettext("Give %(count)s case", "Give %(count)s cases", len(chosen)) % {"count": len(chosen)},
        back_url=back_url,
        form=form,
        hidden=together.hidden,
        effects=[
            {
                "what": str(each),
                "now": str(each.owner) if each.owner else pgettext("case officer", "nobody"),
                "after": _("the colleague you choose"),
                "follows": "",
            }
            for each in chosen
        ],
    )


def _chosen(request):
    keys = [key for key in request.GET.getlist("application") if key.isdecimal()][:AT_ONCE]
    rows = Application.objects.visible_to(request.user).filter(pk__in=keys).select_related("owner", "office")
    chosen = list(rows.order_by("reference"))
    if not chosen:
        raise Http404
    return chosen


@require_http_methods(["GET", "POST"])
def hand_over(request):
    """Who has open cases and follow-ups; with ``?from=``, everything of one person to a colleague."""
    if not request.user.has_perm("apprentices.give_case"):
        raise PermissionDenied
    office = request.user.working_office
    duties = selectors.duties_in(office.pk)
    leaving = request.GET.get("from")
    if leaving is None:
        context = office_context(
            request,
            title=_("Who has which cases"),
            lead=_("Somebody leaves, or is away for long: hand over what is open."),
            duties=duties,
            today=clock.today(office.tz),
        )
        return render(request, "apprentices/casework/duties.html", context)
    chosen = next((each for each in duties if leaving == (str(each.person.pk) if each.person else "nobody")), None)
    if chosen is None:
        raise Http404
    return _hand_over_from(request, office, chosen)


def _hand_over_from(request, office, duties):
    person: User | None = duties.person
    form = OfficerForm(posted(request), office_id=office.pk, without=person)
    if form.is_valid():
        to = form.cleaned_data["owner"]
        done = _("%(owner)s has everything now.") % {"owner": to}
        if attempt(
            request, lambda: services.hand_over(office=office, leaving=person, to=to, by=request.user), done=done
        ):
            return redirect("apprentices:hand_over")
    name = str(person) if person else pgettext("case officer", "nobody")
    kinds = (
        (_("Open cases"), duties.cases),
        (_("Follow-ups of notes"), duties.follow_ups),
        (_("Rounds whose new cases come in"), duties.rounds),
    )
    return confirm_page(
        request,
        title=_("Hand over from %(name)s") % {"name": name},
        lead=_("All of it goes to one colleague. Settled cases stay as they are; the history keeps who had what."),
        submit=_("Hand over"),
        back_url=reverse("apprentices:hand_over"),
        form=form,
        effects=[
            {"what": words, "now": f"{number} · {name}", "after": _("the colleague you choose"), "follows": ""}
            for words, number in kinds
            if number
        ],
    )
