"""A coordinator's exception from the rules of eligibility."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.forms.completion import ReasonForm
from apprentices.models import Application
from apprentices.selectors import cases
from apprentices.services.eligibility import make_exception as make
from apprentices.views.casework import case_url
from apprentices.views.pages import posted
from apprentices.views.together import Together
from mobility.common.office_page import confirm_page


@require_http_methods(["GET", "POST"])
def make_exception(request, pk):
    """Show which rules are broken; let the application go on, with a reason, on POST."""
    office_cases = Application.objects.visible_to(request.user).select_related("office", "eligibility")
    application = get_object_or_404(office_cases, pk=pk)
    if not request.user.has_perm("apprentices.make_exception", application):
        raise PermissionDenied
    back_url = case_url(request, pk)
    if not cases.can_be_excepted(application):
        messages.info(request, _("No rule keeps this application from going on, or it is decided already."))
        return redirect(back_url)
    together = Together(request, [application])
    form = ReasonForm(posted(request))
    if form.is_valid() and together.attempt(
        lambda: make(application=application, by=request.user, reason=form.cleaned_data["reason"]),
        done=_("The exception is kept with your name and reason."),
    ):
        return redirect(back_url)
    found = cases.eligibility_of(application)
    return confirm_page(
        request,
        title=_("Make an exception for %(name)s") % {"name": application.full_name},
        eyebrow=application.reference,
        lead=_("The application goes on although a rule is not fulfilled. Nobody gets a mail."),
        submit=_("Make the exception"),
        back_url=back_url,
        form=form,
        hidden=together.hidden,
        effects=[
            {"what": line.sentence, "now": line.label, "after": _("exception made"), "follows": ""}
            for line in found["lines"]
            if line.level == "block"
        ],
    )
