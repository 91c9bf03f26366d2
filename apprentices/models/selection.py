"""Reviews and decisions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import DecisionResult
from apprentices.models.applications import Application
from apprentices.models.rounds import Criterion
from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common.models import StoredFile


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A reviewer sees the own reviews; the office sees all of its."""
        return self.filter(
            models.Q(application__office=user.office_as(*OFFICE_STAFF))
            | models.Q(reviewer=user.pk, application__office=user.office_as(Role.REVIEWER))
        )


class Review(models.Model):
    """One reviewer's marks for one application. Two of them make the score."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="reviews"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="reviews"
    )
    assigned_at = models.DateTimeField(_("assigned at"))
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                name="one_review_per_reviewer",
                violation_error_message=_("This reviewer has this application already."),
            )
        ]

    def __str__(self):
        return f"{self.application} · {self.reviewer}"

    @property
    def office_id(self):
        return self.application.office_id


class ReviewMark(models.Model):
    """A mark from 1 to 5 for one criterion, with the reviewer's note."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")  # CASCADE: a part of its review
    criterion = models.ForeignKey(Criterion, verbose_name=_("selection criterion"), on_delete=models.PROTECT)
    mark = models.PositiveSmallIntegerField(_("mark"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_mark_per_criterion"),
            models.CheckConstraint(condition=models.Q(mark__gte=1, mark__lte=5), name="mark_from_1_to_5"),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.mark}"


class DecisionQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(published_at=None)

    def published(self):
        return self.exclude(published_at=None)

    def visible_to(self, user):
        return self.filter(application__office=user.office_as(*OFFICE_STAFF))


class Decision(models.Model):
    """The office's answer to one application: pending until it is published, then for good.

    The score and the rank at the moment of the decision stay with it. A later decision (from the waiting list) is a
    row of its own.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="decisions"
    )
    result = models.CharField(_("decision"), max_length=20, choices=DecisionResult)
    criterion = models.ForeignKey(
        Criterion,
        verbose_name=_("decisive criterion"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reasons = models.TextField(_("statement of reasons"), blank=True)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    letter = models.ForeignKey(
        StoredFile, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(result=DecisionResult.REJECTION) | ~models.Q(reasons=""),
                name="rejection_has_reasons",
                violation_error_message=_("A rejection needs reasons."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(published_at=None),
                name="one_pending_decision",
                violation_error_message=_("There is a pending decision already."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_result_display()}"

    @property
    def office_id(self):
        return self.application.office_id
