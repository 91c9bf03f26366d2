"""The mails of a case: to the applicant, and to those who were asked about the application."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apprentices.models import Application
from apprentices.selectors.mail_log import mails_of_case
from mobility.common.office_page import office_context


@require_safe
def case_mails(request, pk):
    """A page of its own; the case page fetches its list into a card."""
    rows = Application.objects.visible_to(request.user).select_related("apprentice")
    application = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("common.view_outboundmail", application):
        raise PermissionDenied
    log = mails_of_case(request.user, application)
    if request.htmx:
        return render(request, "accounts/mail_log.html", {"log": log})
    context = office_context(
        request,
        title=_("Mails about %(name)s") % {"name": application.full_name},
        eyebrow=application.reference,
        log=log,
        back_url=reverse("admin:apprentices_application_change", args=[pk]),
    )
    return render(request, "apprentices/case/mails_page.html", context)
