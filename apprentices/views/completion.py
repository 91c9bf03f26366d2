"""Returning an application for completion: the office's pages, and the applicant's page with the named fields only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices import notifications
from apprentices.enums import ApplicationStatus
from apprentices.forms.completion import ReasonForm, ReturnForm, answers_of, completion_forms
from apprentices.models import Application
from apprentices.selectors import completion as selectors
from apprentices.services import completion as services
from apprentices.views.pages import own_application, page, posted
from mobility.common import clock, form_errors
from mobility.common.errors import NotReady, Refused
from mobility.common.office_page import attempt, confirm_page, office_context


def _case(request, pk):
    found = Application.objects.visible_to(request.user).select_related("office", "round", "apprentice__user")
    application = get_object_or_404(found, pk=pk)
    if not request.user.has_perm("apprentices.return_application", application):
        raise PermissionDenied
    return application


@require_http_methods(["GET", "POST"])
def return_application(request, pk):
    """Choose the fields, look at the mail, send it: three looks at one address, and only the last one acts."""
    application = _case(request, pk)
    back_url = reverse("admin:apprentices_application_change", args=[pk])
    form = ReturnForm(posted(request), application=application)
    mail = None
    if request.method == "POST" and form.is_valid():
        if "send" in request.POST and attempt(
            request,
            lambda: services.return_application(application=application, by=request.user, **form.request),
            done=_("The application is returned, and the mail is on its way."),
        ):
            return redirect(back_url)
        if "change" not in request.POST:
            subject, body = notifications.completion_mail(application, **form.request)
            mail = {"subject": subject, "body": body, "to": application.apprentice.email}
    context = office_context(
        request,
        title=_("Return for completion"),
        eyebrow=str(application),
        lead=_("The applicant can change only what you tick. Nothing is sent before you have seen the mail."),
        application=application,
        form=form,
        mail=mail,
        topics=selectors.topics_of(form.request["fields"]) if mail else [],
        back_url=back_url,
    )
    return render(request, "apprentices/return.html", context)


@require_http_methods(["GET", "POST"])
def close_completion(request, pk):
    """Go on without what was asked for, with a reason."""
    application = _case(request, pk)
    back_url = reverse("admin:apprentices_application_change", args=[pk])
    asked = selectors.open_request(application)
    if asked is None:
        messages.info(request, _("Nothing is asked of this applicant now."))
        return redirect(back_url)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: services.close_completion(
                application=application, by=request.user, reason=form.cleaned_data["reason"]
            ),
            done=_("The application goes on as it is."),
        )
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Go on without the answer"),
        eyebrow=str(application),
        lead=_("The applicant can no longer complete the application."),
        submit=_("Go on without the answer"),
        back_url=back_url,
        form=form,
        effects=[
            {
                "what": str(application),
                "now": application.get_status_display(),
                "after": ApplicationStatus(asked.returned_from).label,
                "follows": "",
            }
        ],
        told=[{"who": application.full_name, "what": _("We go on with what you sent")}],
    )


@require_http_methods(["GET", "POST"])
def complete(request, pk):
    """The applicant's page: the named fields, saved whenever they are sent, and the rest to read."""
    application = own_application(request, pk, "complete_application")
    asked = selectors.open_request(application)
    if asked is None or application.status != ApplicationStatus.RETURNED:
        messages.info(request, _("There is nothing to complete now."))
        return redirect(application)
    filled = completion_forms(posted(request), application, asked.fields)
    problems = []
    if request.method == "POST":
        are_valid = [form.is_valid() for form in filled]  # each is asked, also after a bad one
        is_sound = all(are_valid)
        try:
            application = services.save_completion(application=application, by=request.user, answers=answers_of(filled))
            if is_sound and "send" in request.POST:
                services.complete_application(application=application, by=request.user)
                messages.success(request, _("Thank you. We have what we asked for and go on with your application."))
                return redirect(application)
            if is_sound:
                return redirect("apprentices:complete", pk)
        except NotReady:
            missing = selectors.missing_for_completion(application, asked)
            problems = [(f"#id_{item.field}", item.sentence) for item in missing]
        except Refused as error:
            messages.error(request, str(error))
            return redirect(application)
        problems = [*[each for form in filled for each in form_errors.problems(form)], *problems]
        asked.refresh_from_db()
    context = {
        "application": application,
        "round": application.round,
        "asked": asked,
        "filled": filled,
        "problems": problems,
        "has_errors": bool(problems),
        "is_late": selectors.is_late(asked, clock.today(application.office.tz)),
    }
    return page(request, "apprentices/status/complete.html", context, office=application.office)
