"""Reviews and their marks."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.models.applications import Application
from apprentices.models.rounds import Criterion
from mobility.accounts.enums import OFFICE_STAFF, Role


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
