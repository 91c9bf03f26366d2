"""Appeals against published decisions: when they came, whether in time, and what came of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import FRIENDLY_APPEAL, AppealStatus
from apprentices.models.decisions import Decision
from mobility.accounts.enums import OFFICE_STAFF
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange, StoredFile

OPEN = [AppealStatus.RECEIVED, AppealStatus.ADMITTED, AppealStatus.SENT_ON]


class AppealQuerySet(models.QuerySet):
    def open(self):
        """The office, or the appeal body, has not answered."""
        return self.filter(status__in=OPEN)

    def visible_to(self, user):
        return self.filter(decision__application__office=user.office_as(*OFFICE_STAFF))


class Appeal(HasStatus):
    """What an applicant writes against one published decision: one appeal for each, and the decision stays as it was.

    ``due_on`` is the last day as it stood when the appeal came; nothing moves it later. ``late_words``: why a late one is
    read all the same. ``words``: the reasons of the outcome, as the letter gives them.
    """

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="appeal"
    )
    status = models.CharField(
        _("state"), max_length=10, choices=AppealStatus, default=AppealStatus.RECEIVED, editable=False
    )
    text = models.TextField(_("appeal"))
    received_at = models.DateTimeField(_("received at"), default=clock.now)
    due_on = models.DateField(_("last day to appeal"))
    is_late = models.BooleanField(_("came late"), default=False)
    late_words = models.TextField(_("why it is read though late"), blank=True)
    sent_on_at = models.DateTimeField(_("sent on to the appeal body at"), null=True, blank=True)
    words = models.TextField(_("reasons of the outcome"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    letter = models.ForeignKey(
        StoredFile, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="appeal_has_text"),
            models.CheckConstraint(
                condition=models.Q(status__in=["received", "admitted", "sent_on"], answered_at=None)
                | models.Q(
                    ~models.Q(words=""),
                    status__in=["refused", "upheld", "partly", "rejected"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="answered_appeal_has_reasons",
                violation_error_message=_("An answered appeal says why, who answered it and when."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["admitted", "refused"]) | models.Q(is_late=True),
                name="only_late_appeals_are_admitted",
            ),
            models.CheckConstraint(
                condition=models.Q(is_late=False)
                | models.Q(status__in=["received", "refused"])
                | ~models.Q(late_words=""),
                name="late_appeal_is_admitted_first",
                violation_error_message=_("A late appeal is admitted, with the reason, before it is answered."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="sent_on") | models.Q(sent_on_at__isnull=False),
                name="appeal_sent_on_says_when",
            ),
        ]
        indexes = [models.Index(fields=["status"], name="appeal_status")]

    def __str__(self):
        return f"{self.application} · {self.get_status_display()}"

    @property
    def application(self):
        return self.decision.application

    @property
    def office_id(self):
        return self.decision.application.office_id

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def friendly_status(self):
        return FRIENDLY_APPEAL[AppealStatus(self.status)]


class AppealStatusChange(StatusChange):
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="status_changes")
    # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of an appeal")
        verbose_name_plural = _("moves of appeals")
