"""The coordinator reminds somebody who was asked about an application, or puts the address right."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.enums import EndorsementAnswer
from apprentices.forms.endorsements import CorrectionForm
from apprentices.notifications import endorsements as notifications
from apprentices.selectors.endorsements import visible_endorsements
from apprentices.services import chasing as services
from apprentices.views.casework import case_url
from apprentices.views.together import Together
from mobility.common.office_page import confirm_page, office_context


def _found(request, pk):
    """The row, the address of its case page, the case as the reader knew it.

    404 for what the office does not have, 403 without the right.
    """
    rows = visible_endorsements(request.user).select_related("application__round", "application__office")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("apprentices.chase_endorsement", found):
        raise PermissionDenied
    return found, case_url(request, found.application_id), Together(request, [found.application])


@require_http_methods(["GET", "POST"])
def remind_endorsement(request, pk):
    """GET shows the mail; POST sends it."""
    endorsement, case, together = _found(request, pk)
    if request.method == "POST":
        done = _("Reminder sent to %(name)s.") % {"name": endorsement.name}
        together.attempt(lambda: services.remind_now(endorsement=endorsement, by=request.user), done=done)
        return redirect(case)
    subject, body = notifications.endorsement_reminder_preview(endorsement)
    context = office_context(
        request,
        title=_("Remind %(name)s") % {"name": endorsement.name},
        eyebrow=f"{endorsement.application.reference} · {endorsement.application.full_name}",
        endorsement=endorsement,
        is_waiting=endorsement.answer == EndorsementAnswer.WAITING,
        together=together,
        subject=subject,
        body=body,
        back_url=case,
    )
    return render(request, "apprentices/endorse/remind.html", context)


@require_http_methods(["GET", "POST"])
def correct_endorsement(request, pk):
    """Another name and address for somebody who has not answered: the link goes there."""
    endorsement, case, together = _found(request, pk)
    now = {"name": endorsement.name, "email": endorsement.email, "phone": endorsement.phone}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        done = _("Corrected. %(name)s has been asked again.") % {"name": form.cleaned_data["name"]}
        if together.attempt(
            lambda: services.correct_endorsement(endorsement=endorsement, by=request.user, **form.cleaned_data),
            done=done,
        ):
            return redirect(case)
    return confirm_page(
        request,
        title=_("Correct the address of %(name)s") % {"name": endorsement.name},
        eyebrow=f"{endorsement.application.reference} · {endorsement.application.full_name}",
        lead=_("The link that went to %(address)s stops working. A new one goes to the address below.")
        % {"address": endorsement.email},
        submit=_("Correct and ask again"),
        back_url=case,
        form=form,
        hidden=together.hidden,
    )
