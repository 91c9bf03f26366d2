"""Lists of contracts from the county's register: what was uploaded, what it would change, what was decided."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apprentices.enums import ImportState
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.models import StoredFile


class ContractImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR))

    def without_report(self):
        """For lists: the report of a large file is some megabytes."""
        return self.defer("report", "decisions")


class ContractImport(models.Model):
    """One uploaded list. The report says row by row what importing it does; nothing is done before ``applied_at``."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.CHECKED, editable=False
    )
    approved_on = models.DateField(_("the county had approved these contracts on"), null=True, blank=True)
    report = models.JSONField(_("report"), default=list, editable=False)
    counts = models.JSONField(_("rows of each kind"), default=dict, editable=False)
    decisions = models.JSONField(_("decisions"), default=dict, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)  # of the report: another one means data has changed
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: from the command line
    at = models.DateTimeField(_("uploaded at"), default=clock.now)
    applied_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ContractImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of contracts")
        verbose_name_plural = _("imports of contracts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.APPLIED) | models.Q(applied_at__isnull=False),
                name="applied_import_has_a_moment",
            )
        ]

    def __str__(self):
        return str(self.file)

    def get_absolute_url(self):
        return reverse("apprentices:contract_import", args=[self.pk])
