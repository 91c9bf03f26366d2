"""An office's own copy of a rate table: its figures can be changed, and every change is kept."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.grants.enums import FigureKind, Provenance


class RateCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD, Role.AUDITOR))


class RateCopy(models.Model):
    """A table of one call year that an office keeps itself. A shipped table is never changed; a copy of it may be.

    ``version`` is the call year and a digest of the figures, as priced stays keep it.
    """

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    call_year = models.PositiveSmallIntegerField(_("call year"))
    source = models.CharField(_("where the figures come from"), max_length=300)
    made_from = models.CharField(_("made from"), max_length=40, blank=True)
    version = models.CharField(_("version"), max_length=40)
    created_at = models.DateTimeField(_("made at"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    history = HistoricalRecords()

    objects = RateCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("own rate table")
        verbose_name_plural = _("own rate tables")
        ordering = ["-call_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="one_rate_copy_of_a_name",
                violation_error_message=_("There is a table of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("grants:rate_copy", args=[self.pk])


class RateFigure(models.Model):
    """One figure of a copy; what its columns mean: :mod:`mobility.grants.figures`."""

    copy = models.ForeignKey(RateCopy, on_delete=models.CASCADE, related_name="figures")  # CASCADE: a part of its table
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind of figure"), max_length=30, choices=FigureKind)
    of = models.CharField(_("of what"), max_length=60, blank=True)
    low = models.DecimalField(_("from"), max_digits=9, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=9, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(_("figure"), max_digits=9, decimal_places=2, null=True, blank=True)
    second = models.DecimalField(_("second figure"), max_digits=9, decimal_places=2, null=True, blank=True)
    provenance = models.CharField(_("where it was read"), max_length=10, choices=Provenance)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("figure of a rate table")
        verbose_name_plural = _("figures of rate tables")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(low__lt=0)
                & ~models.Q(high__lt=0)
                & ~models.Q(value__lt=0)
                & ~models.Q(second__lt=0),
                name="rate_figure_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.of}".strip()

    @property
    def office_id(self):
        return self.copy.office_id
