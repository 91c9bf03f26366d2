"""What a stay costs the programme, line by line, as it was computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.grants.enums import BudgetHeading
from placements.models.placements import Placement


class Grant(models.Model):
    """The priced stay. Recomputed while the case is open; frozen, with its rate table's version, when it closes."""

    placement = models.OneToOneField(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="grant"
    )
    rate_table = models.CharField(_("rate table"), max_length=40)
    total = models.DecimalField(_("total (EUR)"), max_digits=10, decimal_places=2)
    computed_at = models.DateTimeField(_("computed at"))
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self):
        return f"{self.placement}: {self.total}"

    @property
    def office_id(self):
        return self.placement.office_id


class GrantLine(models.Model):
    """One line of the calculation: the amount, the facts it was made from, and the rule's source.

    Pages say both in the active language by :func:`mobility.grants.words.shown`; ``source`` keeps the English words of
    that day.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="lines")  # CASCADE: a part of its grant
    position = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=40, choices=BudgetHeading)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=10, decimal_places=2)
    facts = models.JSONField(_("calculation"), default=dict)
    source = models.CharField(_("source of the rule"), max_length=200)

    class Meta:
        verbose_name = _("line of a grant")
        verbose_name_plural = _("lines of a grant")
        ordering = ["position"]

    def __str__(self):
        return f"{self.get_heading_display()}: {self.amount}"
