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
    """One reviewer's marks for one application. Two of them make the score.

    ``draft`` is what was typed and not given yet: nobody but the reviewer sees it. ``total`` is the sum of mark x weight, in
    hundredths of a mark (425 is 4.25), of the criteria as they weigh now. ``criteria_version``: on which the marks were
    given. ``seen_at``: when the reviewer, having given marks, asked to see the other's.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="reviews"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="reviews"
    )
    assigned_at = models.DateTimeField(_("assigned at"))
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned by"), on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: assigned before it was noted, or evenly by the program after a declared conflict
    has_confirmed_name = models.BooleanField(
        _("the same family name was confirmed as no relation"), default=False, editable=False
    )
    took_over_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken over from"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    took_over_reason = models.CharField(_("why it was taken over"), max_length=300, blank=True)
    draft = models.JSONField(_("typed and not given"), default=dict, blank=True)
    draft_saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    remark = models.TextField(_("remark on the whole application"), max_length=2000, blank=True)
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("saw the other's marks at"), null=True, blank=True)
    total = models.PositiveSmallIntegerField(_("sum of mark times weight"), null=True, blank=True, editable=False)
    criteria_version = models.PositiveSmallIntegerField(_("version of the criteria"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["assigned_at", "pk"]
        indexes = [
            models.Index(
                fields=["assigned_at", "id"], condition=models.Q(given_at=None), name="review_turn"
            )  # the whose-turn board: whose marks have been waited for longest
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                name="one_review_per_reviewer",
                violation_error_message=_("This reviewer has this application already."),
            ),
            models.CheckConstraint(
                condition=models.Q(given_at=None) | models.Q(total__isnull=False), name="given_review_has_a_total"
            ),
            models.CheckConstraint(
                condition=models.Q(seen_at=None) | models.Q(given_at__isnull=False), name="own_marks_before_the_others"
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.reviewer}"

    @property
    def office_id(self):
        return self.application.office_id

    @property
    def is_changed_after_seeing(self) -> bool:
        """Whether the marks were changed after the reviewer had read the other's."""
        return bool(self.seen_at and self.changed_at and self.changed_at > self.seen_at)


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
