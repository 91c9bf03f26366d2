"""Application rounds and their selection criteria."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from apprentices.enums import RoundStatus
from apprentices.models.trades import Trade
from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(*OFFICE_STAFF))

    def published_by_office(self):
        """Rounds that the public may know of: opened by a coordinator, whether the window has begun or not."""
        return self.exclude(status=RoundStatus.PREPARED)

    def open_now(self):
        now = clock.now()
        return self.filter(status=RoundStatus.OPEN, opens_at__lte=now, closes_at__gt=now)


class Round(HasStatus):
    """One call for applications: from one instant to another, for a number of places and a window of dates."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        "grants.Project", verbose_name=_("project"), on_delete=models.PROTECT, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("case officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Gets the new applications. Nobody chosen: they are shared out evenly."),
    )
    status = models.CharField(
        _("state"), max_length=20, choices=RoundStatus, default=RoundStatus.PREPARED, editable=False
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"), help_text=_("Date and clock in the office's time zone."))
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace after closing (minutes)"),
        default=0,
        validators=[MaxValueValidator(1440)],
        help_text=_("Who has begun before closing may still send for so long. The application is marked as late."),
    )
    places = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    departs_from = models.DateField(_("first departure"))
    departs_to = models.DateField(_("last departure"))
    returns_from = models.DateField(_("first return"))
    returns_to = models.DateField(_("last return"))
    decisions_by = models.DateField(_("everybody has an answer by"), null=True, blank=True)
    answer_by = models.DateField(_("offers are answered by"), null=True, blank=True)
    interview_notice_hours = models.PositiveSmallIntegerField(
        _("an interview can be moved until (hours before)"),
        default=24,
        validators=[MaxValueValidator(336)],
        help_text=_("Until then the applicant may move or cancel it alone; afterwards only the office can."),
    )
    criteria_version = models.PositiveSmallIntegerField(_("version of the criteria"), default=1, editable=False)
    reference_prefix = models.CharField(_("beginning of the reference numbers"), max_length=6, default="UT")
    # the round's own rules of eligibility; a change is logged by the history and never reopens a decided case
    minimum_age = models.PositiveSmallIntegerField(_("youngest (years at departure)"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("oldest (years at departure)"), null=True, blank=True)
    minimum_months_served = models.PositiveSmallIntegerField(
        _("months served before departure, at least"), null=True, blank=True
    )
    first_stay_only = models.BooleanField(_("only those who have not been abroad with Erasmus+"), default=False)
    trades = models.ManyToManyField(
        Trade, verbose_name=_("trades"), blank=True, related_name="+", help_text=_("None chosen: every trade.")
    )
    history = HistoricalRecords(m2m_fields=[trades])

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="round_closes_after_opening",
                violation_error_message=_("The round closes before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(grace_minutes__lte=1440),
                name="round_grace_within_a_day",
                violation_error_message=_("The grace is at most a day."),
            ),
            models.CheckConstraint(
                condition=models.Q(departs_to__gte=models.F("departs_from")),
                name="round_departure_window",
                violation_error_message=_("The last departure lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(returns_to__gte=models.F("returns_from"), returns_from__gt=models.F("departs_from")),
                name="round_return_window",
                violation_error_message=_(
                    "The return window lies before the departure window, or ends before it begins."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_age=None)
                | models.Q(maximum_age=None)
                | models.Q(maximum_age__gte=models.F("minimum_age")),
                name="round_age_window",
                violation_error_message=_("The oldest are younger than the youngest."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("apprentices:apply", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether an application may be sent now."""
        return self.status == RoundStatus.OPEN and self.opens_at <= clock.now() < self.closes_at


class RoundStatusChange(StatusChange):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="status_changes")  # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of a round")
        verbose_name_plural = _("moves of rounds")


class CriteriaChange(models.Model):
    """One change of the frozen criteria: what stood there before and after, who, when, why. Never changed itself.

    ``before`` and ``after``: the whole set, by the criterion's code (weight, names, anchors). A change of a weight makes a
    new ``version``; any other leaves the number as it is.
    """

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="criteria_changes")
    version = models.PositiveSmallIntegerField(_("version of the criteria"))
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    reason = models.TextField(_("reason"), max_length=1000)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of criteria")
        verbose_name_plural = _("changes of criteria")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="criteria_change_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.round}, {self.version}"


class CriterionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(round__office=user.office_as(*OFFICE_STAFF, Role.REVIEWER))


class Criterion(models.Model):
    """What applications are scored by. Weights are percent and add up to 100; frozen when the round opens."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="criteria")
    # CASCADE: a criterion is a part of its round; a round with applications is protected by them
    code = models.SlugField(_("code"), max_length=30)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    weight = models.PositiveSmallIntegerField(
        _("weight (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    name_nb = models.CharField(_("name (Bokmål)"), max_length=80)
    name_nn = models.CharField(_("name (Nynorsk)"), max_length=80, blank=True)
    name_sv = models.CharField(_("name (Swedish)"), max_length=80, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    anchors = models.JSONField(_("anchor texts"), default=dict, blank=True, help_text=_("Mark 1 to 5: what it means."))

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection criterion")
        verbose_name_plural = _("selection criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"],
                name="one_criterion_per_code",
                violation_error_message=_("There is a criterion with this code already."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def office_id(self):
        return self.round.office_id

    @property
    def name(self):
        """The name in the active language, else in one that the office has written."""
        return getattr(self, f"name_{get_language() or 'nb'}", "") or self.name_nb or self.name_sv or self.name_en
