"""Two rows of the register that may be one person, and what was made of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apprentices.enums import HintState
from apprentices.models.people import Apprentice
from mobility.accounts.enums import Role
from mobility.common import clock


class SamePersonHintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who run the office; nobody hears of people in another one."""
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD))

    def open(self):
        return self.filter(state=HintState.OPEN)


class SamePersonHint(models.Model):
    """Two people who look alike. ``reasons`` are codes of ``selectors.duplicates``; "two people" is remembered."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Apprentice, verbose_name=_("one"), on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Apprentice, verbose_name=_("the other"), on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(_("why they look alike"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=HintState, default=HintState.OPEN, editable=False)
    found_at = models.DateTimeField(_("found at"), default=clock.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SamePersonHintQuerySet.as_manager()

    class Meta:
        verbose_name = _("same person, perhaps")
        verbose_name_plural = _("same person, perhaps")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["office", "state"], name="same_person_open")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_hint_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="hint_names_the_older_row_first"),
            models.CheckConstraint(
                condition=Q(state=HintState.OPEN) | Q(decided_at__isnull=False), name="decided_hint_has_a_moment"
            ),
        ]

    def __str__(self):
        return f"{self.first} · {self.second}"

    def get_absolute_url(self):
        return reverse("apprentices:pair", args=[self.pk])


class PersonMerge(models.Model):
    """One merge, as it was carried out: who, when, which values were kept, how many rows of each kind moved."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Apprentice, verbose_name=_("kept"), on_delete=models.PROTECT, related_name="merges")
    merged = models.OneToOneField(Apprentice, verbose_name=_("merged"), on_delete=models.PROTECT, related_name="merge")
    taken = models.JSONField(_("values taken from the merged row"), default=list)
    moved = models.JSONField(_("rows that moved"), default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("merge of two people")
        verbose_name_plural = _("merges of two people")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.merged} → {self.kept}"
