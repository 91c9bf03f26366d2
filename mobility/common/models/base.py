"""Abstract bases: rows that move through states, and the log of their moves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.common import clock


class HasStatus(models.Model):
    """A row with a status that only services change. The concrete model declares ``status`` with its choices."""

    status_since = models.DateTimeField(_("in this state since"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class StatusChange(models.Model):
    """One move of one row. The concrete model adds the foreign key, with ``related_name="status_changes"``."""

    name = models.CharField(_("move"), max_length=40)
    from_status = models.CharField(_("from"), max_length=30, blank=True)
    to_status = models.CharField(_("to"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.name}: {self.from_status} → {self.to_status}"
