"""Choices of reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(models.TextChoices):
    PROJECT = "project", _("project report")


class ReportState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("report", "waiting")
    RUNNING = "running", pgettext_lazy("report", "being made")
    DONE = "done", pgettext_lazy("report", "ready")
    FAILED = "failed", pgettext_lazy("report", "failed")
