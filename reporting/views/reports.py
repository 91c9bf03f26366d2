"""Reports: asked for, watched, read, tried again."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.common import files
from mobility.common.office_page import attempt, office_context
from mobility.grants.models import Project
from reporting.enums import ReportState
from reporting.forms import ReportRequestForm
from reporting.models import ReportJob
from reporting.services.reports import request_report, retry_report

A_PAGE = 50
STOP_POLLING = 286  # htmx takes the content and asks no more
NOTHING_NEW = 204  # htmx leaves the page as it is


@require_http_methods(["GET", "POST"])
def reports(request):
    """The office's reports, newest first, and the form that asks for one."""
    if not request.user.has_perm("reporting.view_reportjob"):
        raise PermissionDenied
    may_ask = request.user.has_perm("reporting.request_reportjob")
    if request.method == "POST" and not may_ask:
        raise PermissionDenied
    projects = Project.objects.visible_to(request.user)
    chosen = projects.filter(pk=request.GET.get("project", "")).first() if _is_number(request) else None
    form = ReportRequestForm(request.POST or None, user=request.user, initial=_initial(request, chosen))
    if request.method == "POST" and form.is_valid():
        job = request_report(**form.cleaned_data, by=request.user)
        return redirect(job)
    jobs = ReportJob.objects.visible_to(request.user).select_related("project", "result", "requested_by")
    if chosen:
        jobs = jobs.filter(project=chosen)
    context = office_context(
        request,
        title=_("Reports"),
        form=form,
        may_ask=may_ask,
        projects=projects,
        chosen=chosen,
        page=Paginator(jobs, A_PAGE).get_page(request.GET.get("page")),
    )
    return render(request, "reporting/reports.html", context)


@require_safe
def report(request, pk):
    """One report: how far it is, what went wrong, or where to get it."""
    job = _job(request, pk)
    context = office_context(request, title=_("Project report"), eyebrow=job.project.code, **_told(request, job))
    return render(request, "reporting/report.html", context)


@require_safe
def progress(request, pk):
    """The part of the page that htmx asks for while the report is made. A browser without script gets the page."""
    job = _job(request, pk)
    if not request.htmx:
        return redirect(job)
    if not job.is_waiting:
        return render(request, "reporting/progress.html", _told(request, job), status=STOP_POLLING)
    if request.GET.get("seen") == f"{job.state}-{job.progress}":
        return HttpResponse(status=NOTHING_NEW)
    return render(request, "reporting/progress.html", _told(request, job))


@require_safe
def download(request, pk):
    """The finished report as an attachment."""
    job = _job(request, pk)
    if job.result is None:
        raise Http404
    return files.download(job.result)


@require_POST
def retry(request, pk):
    """Try a failed report once more."""
    job = _job(request, pk)
    if not request.user.has_perm("reporting.retry_reportjob", job):
        raise PermissionDenied
    attempt(request, lambda: retry_report(job=job, by=request.user))
    return redirect(job)


def _job(request, pk):
    """A report of the person's office; one of another office is not found."""
    queryset = ReportJob.objects.visible_to(request.user).select_related("project", "result", "requested_by")
    job = get_object_or_404(queryset, pk=pk)
    if not request.user.has_perm("reporting.view_reportjob", job):
        raise PermissionDenied
    return job


def _told(request, job):
    return {
        "job": job,
        "failed": job.state == ReportState.FAILED,
        "may_retry": request.user.has_perm("reporting.retry_reportjob", job),
    }


def _is_number(request):
    return request.GET.get("project", "").isdecimal()


def _initial(request, chosen):
    office = request.user.working_office
    return {"project": chosen, "language": office.default_language if office else None}
