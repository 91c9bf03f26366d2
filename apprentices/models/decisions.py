"""Decisions: pending, approved, published; what the clock has done about them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from apprentices.enums import DecisionResult, DecisionSource, PlanState
from apprentices.models.applications import Application
from apprentices.models.rounds import Criterion, Round
from mobility.accounts.enums import OFFICE_STAFF
from mobility.common import clock
from mobility.common.models import OutboundMail, StoredFile


def person(words):
    """Who did something; null until it is done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=words, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class DecisionQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(published_at=None)

    def published(self):
        return self.exclude(published_at=None)

    def visible_to(self, user):
        return self.filter(application__office=user.office_as(*OFFICE_STAFF))


class Decision(models.Model):
    """The office's answer to one application: pending until it is published, then for good.

    Score, rank, spread and the version of the criteria at the moment of the decision stay with it. A later decision (from
    the waiting list, after an appeal) is a row of its own with the next ``version``; the database refuses to change what
    was published (migration 0033). ``decided_by`` is empty while a proposal of the clock waits for a person.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="decisions"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    source = models.CharField(
        _("where it comes from"), max_length=20, choices=DecisionSource, default=DecisionSource.RANKING
    )
    freed_by = models.ForeignKey(
        Application,
        verbose_name=_("place freed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    goes_alone = models.BooleanField(_("goes out by itself"), default=False)
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
    spread = models.DecimalField(_("spread of the two scores"), max_digits=4, decimal_places=2, null=True, blank=True)
    criteria_version = models.PositiveSmallIntegerField(_("version of the criteria"), default=1)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = person(_("decided by"))
    # the head's approval, where the office wants it; any change of the decision takes it away
    sent_at = models.DateTimeField(_("sent to the head at"), null=True, blank=True)
    sent_by = person(_("sent to the head by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = person(_("approved by"))
    sent_back_words = models.TextField(_("why it was sent back"), blank=True)
    sent_back_by = person(_("sent back by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = person(_("published by"))
    letter = models.ForeignKey(
        StoredFile, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mail = models.ForeignKey(
        OutboundMail, verbose_name=_("mail with the letter"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    history = HistoricalRecords()

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
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(decided_by__isnull=False, published_by__isnull=False),
                name="published_decision_has_people",
                violation_error_message=_("A published decision names who decided and who published it."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False, sent_at__isnull=False),
                name="approval_has_person_and_request",
                violation_error_message=_("An approval names who gave it, and when it was asked for."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(published_at=None),
                name="one_pending_decision",
                violation_error_message=_("There is a pending decision already."),
            ),
            models.UniqueConstraint(
                fields=["application", "version"],
                name="one_decision_per_version",
                violation_error_message=_("There is a decision with this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_result_display()}"

    @property
    def office_id(self):
        return self.application.office_id

    @property
    def is_moving_up(self) -> bool:
        """An offer to somebody of the waiting list."""
        return self.result == DecisionResult.OFFER and self.source == DecisionSource.WAITING_LIST


class OfferReminder(models.Model):
    """A reminder of the last day to answer that went out: the first or the second of one offer, once each."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reminders")  # CASCADE: its own log
    number = models.PositiveSmallIntegerField(_("number"))
    sent_at = models.DateTimeField(_("sent at"), default=clock.now)

    class Meta:
        verbose_name = _("reminder of an offer")
        verbose_name_plural = _("reminders of offers")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_reminder_per_number"),
            models.CheckConstraint(condition=models.Q(number__in=[1, 2]), name="reminder_is_first_or_second"),
        ]

    def __str__(self):
        return f"{self.decision} · {self.number}"


class LapsedOffer(models.Model):
    """The clock let an offer run out: its last day as it stood then, and the letter that says so. Once for each offer."""

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="lapse"
    )
    last_day = models.DateField(_("last day to answer"))
    lapsed_at = models.DateTimeField(_("lapsed at"), default=clock.now)
    letter = models.ForeignKey(StoredFile, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("lapsed offer")
        verbose_name_plural = _("lapsed offers")

    def __str__(self):
        return f"{self.decision} · {self.last_day}"


class PlannedPublicationQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=PlanState.PLANNED)

    def visible_to(self, user):
        return self.filter(round__office=user.office_as(*OFFICE_STAFF))


class PlannedPublication(models.Model):
    """The instant at which the pending decisions of a round go out. Moved: the old row ends, and a new one is made."""

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="planned_publications"
    )
    at = models.DateTimeField(_("at"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.PLANNED)
    planned_at = models.DateTimeField(_("planned at"), default=clock.now)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("planned by"), on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = person(_("ended by"))
    problem = models.TextField(_("why it did not happen"), blank=True)

    objects = PlannedPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned publication")
        verbose_name_plural = _("planned publications")
        ordering = ["-planned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state="planned"),
                name="one_planned_publication",
                violation_error_message=_("The publication of this round is planned already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", ended_at=None)
                | models.Q(ended_at__isnull=False) & ~models.Q(state="planned"),
                name="ended_plan_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.round} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def office_id(self):
        return self.round.office_id
