"""Reports that a worker makes. The row is the truth: a worker that dies loses nothing."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import Role, WrittenForm
from mobility.common.models import StoredFile
from reporting.enums import ReportKind, ReportState


class ReportJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD, Role.AUDITOR))


class ReportJob(models.Model):
    """One report that was asked for, with its progress, its result and its checksum."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind, default=ReportKind.PROJECT)
    project = models.ForeignKey(
        "grants.Project", verbose_name=_("project"), on_delete=models.PROTECT, related_name="report_jobs"
    )
    language = models.CharField(_("language"), max_length=2, choices=WrittenForm)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.QUEUED)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    requested_at = models.DateTimeField(_("asked for at"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    result = models.ForeignKey(
        StoredFile, verbose_name=_("result"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="report_due")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.DONE) | models.Q(result__isnull=False, finished_at__isnull=False),
                name="done_report_has_a_result",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.project}"

    def get_absolute_url(self):
        return reverse("reporting:report", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether a worker still has to finish it."""
        return self.state in (ReportState.QUEUED, ReportState.RUNNING)
