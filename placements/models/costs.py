"""Costs of a stay that are paid as they really were, each with its evidence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.common import clock
from mobility.common.models import StoredFile
from mobility.grants.enums import RealCostKind
from placements.models.placements import Placement


class RealCostQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def approved(self):
        return self.filter(approved_at__isnull=False)


class RealCost(models.Model):
    """One cost. It counts in the grant once it is approved; until then it may be withdrawn.

    ``what_for`` and the evidence never say why somebody has fewer opportunities: they name the thing that was paid.
    """

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="real_costs"
    )
    kind = models.CharField(_("kind of cost"), max_length=20, choices=RealCostKind)
    what_for = models.CharField(_("what it was for"), max_length=200)
    amount = models.DecimalField(_("what it cost (EUR)"), max_digits=9, decimal_places=2)
    evidence = models.ForeignKey(StoredFile, verbose_name=_("evidence"), on_delete=models.PROTECT, related_name="+")
    agency_approved_on = models.DateField(
        _("approved by the agency on"),
        null=True,
        blank=True,
        help_text=_("Expensive travel needs the agency's approval."),
    )
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    history = HistoricalRecords()

    objects = RealCostQuerySet.as_manager()

    class Meta:
        verbose_name = _("real cost")
        verbose_name_plural = _("real costs")
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="real_cost_positive",
                violation_error_message=_("A cost is more than 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | ~models.Q(approved_by=None),
                name="real_cost_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["placement", "kind", "what_for", "amount"],
                name="one_real_cost_of_a_name",
                violation_error_message=_("This cost is entered already."),
            ),
        ]

    def __str__(self):
        return f"{self.what_for}: {self.amount}"

    @property
    def office_id(self):
        return self.placement.office_id
