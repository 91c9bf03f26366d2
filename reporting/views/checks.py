"""A project held against the limits of the programme."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.common.errors import Refused
from mobility.common.office_page import office_context, report_refusal
from mobility.grants.caps import OVER
from mobility.grants.models import Project
from reporting.selectors.checks import checks_of_project, support_of


@require_safe
def checks(request, pk):
    """Each limit with its figure, whether it is kept, and where the rule is written."""
    projects = Project.objects.visible_to(request.user).select_related("rate_copy")
    project = get_object_or_404(projects, pk=pk)
    if not request.user.has_perm("grants.view_project", project):
        raise PermissionDenied
    try:
        found, support = checks_of_project(project), support_of(project)
    except Refused as refused:  # a call year without a table
        report_refusal(request, refused)
        found, support = [], None
    context = office_context(
        request,
        title=_("Limits of the project"),
        eyebrow=project.code,
        lead=_("What the programme allows a whole project, and where this one stands: planned and finished stays."),
        project=project,
        checks=found,
        over=sum(check.state == OVER for check in found),
        support=support,
    )
    return render(request, "reporting/checks.html", context)
