"""What the pages of the second stage share: who gets in, where it goes on, how a section is shown."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.selectors import details as selectors
from apprentices.views import files
from apprentices.views.pages import own_application, page
from mobility.common import form_errors


def open_section(request, pk, code):
    """The person's application and the section, or 404: the second stage opens with a yes to an offer."""
    application = own_application(request, pk, "give_details")
    if not selectors.is_open(application):
        raise Http404
    found = next((each for each in selectors.sections_for(application) if each.code == code), None)
    if found is None:
        raise Http404
    return application, found


def section_url(application, section):
    return reverse("apprentices:details_section", args=[application.pk, section.code])


def saved(request, application, section):
    """Back to the overview with a word about what was saved."""
    messages.success(request, _("Saved: %(section)s.") % {"section": section.title})
    return redirect("apprentices:details", application.pk)


def show(request, application, section, template="section", *, form=None, all_files=(), missing=(), **more):
    """A page of one section, with every problem of form and files in the summary above it."""
    problems = form_errors.problems(form) if form is not None else []
    problems += [(f"#file_{each.kind}", words) for each in all_files for words in each.refused]
    context = {
        "application": application,
        "section": section,
        "form": form,
        "all_files": all_files,
        "problems": problems,
        "has_errors": bool(problems),
        "missing": [] if problems else missing,
        **more,
    }
    return page(request, f"apprentices/details/{template}.html", context, office=application.office)


def files_of(application, section, refused=None):
    return files.of_details(application, section.files, refused) if section.files else []
