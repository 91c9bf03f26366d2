"""Returning an application for completion: the office's pages, and the applicant's page with the named fields only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.enums import ApplicationStatus
from apprentices.forms.completion import ReasonForm, ReturnForm, answers_of, completion_forms
from apprentices.models import Application
from apprentices.notifications import completion as notifications
from apprentices.selectors import completion as selectors
from apprentices.services import completion as services
from apprentices.views import files
from apprentices.views.apply import language_rows
from apprentices.views.casework import case_url
from apprentices.views.pages import own_application, page, posted, tell_elsewhere
from apprentices.views.together import Together
from mobility.common import clock, form_errors
from mobility.common.errors import NotReady, Refused
from mobility.common.office_page import confirm_page, office_context


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
    back_url = case_url(request, pk)
    together = Together(request, [application])
    form = ReturnForm(posted(request), application=application)
    mail = None
    if request.method == "POST" and form.is_valid():
        if "send" in request.POST and together.attempt(
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
        together=together,
        topics=selectors.topics_of(form.request["fields"]) if mail else [],
        back_url=back_url,
    )
    return render(request, "apprentices/return.html", context)


@require_http_methods(["GET", "POST"])
def close_completion(request, pk):
    """Go on without what was asked for, with a reason."""
    application = _case(request, pk)
    back_url = case_url(request, pk)
    asked = selectors.open_request(application)
    if asked is None:
        messages.info(request, _("Nothing is asked of this applicant now."))
        return redirect(back_url)
    together = Together(request, [application])
    form = ReasonForm(posted(request))
    if form.is_valid() and together.attempt(
        lambda: services.close_completion(application=application, by=request.user, reason=form.cleaned_data["reason"]),
        done=_("The application goes on as it is."),
    ):
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Go on without the answer"),
        eyebrow=str(application),
        lead=_("The applicant can no longer complete the application."),
        submit=_("Go on without the answer"),
        back_url=back_url,
        form=form,
        hidden=together.hidden,
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
    rows = language_rows(request, application) if selectors.LANGUAGES in asked.fields else None
    problems, refused = [], {}
    if request.method == "POST":
        try:
            is_sound, refused = _keep(request, application, asked, filled, rows)
            if is_sound and "send" in request.POST:
                services.complete_application(application=application, by=request.user)
                messages.success(request, _("Thank you. We have what we asked for and go on with your application."))
                return redirect(application)
            if is_sound:
                return redirect("apprentices:complete", pk)
        except NotReady:
            application.refresh_from_db()
            problems = [(each.anchor, each.sentence) for each in selectors.missing_for_completion(application, asked)]
        except Refused as error:
            messages.error(request, str(error))
            return redirect(application)
        problems = [*_problems(filled, rows, refused), *problems]
        asked.refresh_from_db()
    context = {
        "application": application,
        "round": application.round,
        "asked": asked,
        "filled": filled,
        "rows": rows,
        "all_files": files.of_completion(application, selectors.kinds_of(asked.fields), refused),
        "problems": problems,
        "has_errors": bool(problems),
        "is_late": selectors.is_late(asked, clock.today(application.office.tz)),
    }
    return page(request, "apprentices/status/complete.html", context, office=application.office)


@require_http_methods(["GET", "POST"])
def complete_files(request, pk, kind):
    """Files of one requirement that the office named: from the script alone, else with the whole page."""
    if request.method == "GET":
        return redirect(reverse("apprentices:complete", args=[pk]) + f"#files-{kind}")
    if not files.is_from_script(request):
        return complete(request, pk)
    application = own_application(request, pk, "complete_application")
    asked = selectors.open_request(application)
    if (
        asked is None
        or application.status != ApplicationStatus.RETURNED
        or kind not in selectors.kinds_of(asked.fields)
    ):
        return files.tell_script(_("This page is out of date. Please load it again."))
    refused = files.take(request, application, [kind])
    (shown,) = files.of_completion(application, [kind], refused)
    return files.answer_script(request, shown)


def _keep(request, application, asked, filled, rows):
    """Save what is sound, then the files. Returns whether everything was, and what was refused of the files."""
    forms = [*filled, *([rows] if rows is not None else [])]
    are_valid = [form.is_valid() for form in forms]  # each is asked, also after a bad one
    tell_elsewhere(request, *filled)
    levels = rows.answers(without=request.POST.get("remove", "")) if rows is not None else {}
    services.save_completion(application=application, by=request.user, answers=answers_of(filled), levels=levels)
    kinds = selectors.kinds_of(asked.fields)
    refused = files.take(request, application, kinds) if kinds else {}
    return all(are_valid) and not refused, refused


def _problems(filled, rows, refused):
    found = [each for form in [*filled, *(rows or ())] for each in form_errors.problems(form)]
    return found + [(f"#file_{kind}", words) for kind, sentences in refused.items() for words in sentences]
