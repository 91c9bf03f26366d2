"""What the stay was like, and whether the selection criteria held."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import OFFICE_STAFF
from placements.enums import EvaluationBy
from placements.models.placements import Placement

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office only: partner and apprentice answer by link and do not read each other."""
        return self.filter(placement__office=user.office_as(*OFFICE_STAFF))


class Evaluation(models.Model):
    """One party's answers about one stay, marks from 1 (poor) to 5 (very good)."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="evaluations"
    )
    by = models.CharField(_("by"), max_length=20, choices=EvaluationBy)
    overall = models.PositiveSmallIntegerField(_("the stay as a whole"), validators=ONE_TO_FIVE, null=True)
    learning = models.PositiveSmallIntegerField(_("learning"), validators=ONE_TO_FIVE, null=True)
    support = models.PositiveSmallIntegerField(_("support"), validators=ONE_TO_FIVE, null=True)
    lodging = models.PositiveSmallIntegerField(_("lodging"), validators=ONE_TO_FIVE, null=True, blank=True)
    language = models.PositiveSmallIntegerField(_("language"), validators=ONE_TO_FIVE, null=True, blank=True)
    comment = models.TextField(_("comment"), max_length=3000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["by"]
        constraints = [models.UniqueConstraint(fields=["placement", "by"], name="one_evaluation_per_party")]

    def __str__(self):
        return f"{self.placement}: {self.get_by_display()}"

    @property
    def office_id(self):
        return self.placement.office_id


class CriterionOutcome(models.Model):
    """A selection criterion assessed again when the stay has ended, beside the mean mark at selection."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="criterion_outcomes"
    )
    criterion = models.ForeignKey(
        "apprentices.Criterion", verbose_name=_("selection criterion"), on_delete=models.PROTECT, related_name="+"
    )
    mark_at_selection = models.DecimalField(
        _("mark at selection"), max_digits=3, decimal_places=2, null=True, blank=True
    )
    mark_at_end = models.PositiveSmallIntegerField(_("mark at the end"), validators=ONE_TO_FIVE)
    note = models.CharField(_("note"), max_length=500, blank=True)
    assessed_at = models.DateTimeField(_("assessed at"))
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assessed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("criterion at the end")
        verbose_name_plural = _("criteria at the end")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "criterion"], name="one_outcome_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(mark_at_end__gte=1, mark_at_end__lte=5), name="outcome_mark_from_1_to_5"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.mark_at_selection} → {self.mark_at_end}"
