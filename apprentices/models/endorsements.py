"""Who is asked about an application, and everything that they answered."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from apprentices.enums import RECOMMENDATION, EndorsementAnswer, EndorsementKind, Wages
from apprentices.models.applications import Application
from mobility.accounts.enums import WrittenForm

ONLY_ONE = [EndorsementKind.EMPLOYER, EndorsementKind.TRAINING_OFFICE]  # an application has two guardians at most


class Answered(models.Model):
    """What an answer consists of. Which columns a kind uses, its form says (``forms/endorsements.py``)."""

    answer = models.CharField(_("answer"), max_length=12, choices=EndorsementAnswer, default=EndorsementAnswer.WAITING)
    wages = models.CharField(_("wages during the stay"), max_length=10, choices=Wages, blank=True)
    conditions = models.TextField(_("conditions"), max_length=1000, blank=True)
    opinion = models.TextField(_("opinion of the apprentice"), max_length=1000, blank=True)

    class Meta:
        abstract = True


class Endorsement(Answered):
    """One party that is asked about one application, with its newest answer.

    The employer consents (the training manager answers), the training office gives its opinion, a guardian consents for
    somebody under 18. Earlier answers stay as rows of :class:`EndorsementReply`.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="endorsements"
    )
    kind = models.CharField(_("who is asked"), max_length=20, choices=EndorsementKind, default=EndorsementKind.EMPLOYER)
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"))
    phone = PhoneNumberField(_("mobile"), blank=True)
    written_form = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders by the clock"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["answer", "asked_at"], name="endorsement_waiting"),  # the sweeper's question
            models.Index(
                fields=["answer", "kind", "asked_at", "id"], name="endorsement_turn"
            ),  # the whose-turn board: of each kind who waits longest
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer=EndorsementAnswer.WAITING) | models.Q(answered_at__isnull=False),
                name="answered_endorsement_has_a_moment",
            ),
            models.UniqueConstraint(
                "application",
                "kind",
                Lower("email"),
                name="a_party_is_asked_once",
                violation_error_message=_("This person has been asked already."),
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=models.Q(kind__in=ONLY_ONE),
                name="one_employer_and_one_training_office",
                violation_error_message=_("Somebody else has been asked already."),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.answer_words}"

    @property
    def office_id(self):
        return self.application.office_id

    @property
    def answer_words(self):
        """The answer as this kind gives it: a consent, or a recommendation."""
        return answer_words(self.kind, self.answer)


class EndorsementReply(Answered):
    """One answer as it was given. Rows are only ever added: a no and a later yes are both there."""

    endorsement = models.ForeignKey(Endorsement, on_delete=models.CASCADE, related_name="replies")
    # CASCADE: its own log
    name = models.CharField(_("name that was typed"), max_length=160)
    email = models.EmailField(_("link sent to"))
    given_at = models.DateTimeField(_("answered at"))
    text_version = models.CharField(_("version of the text that was shown"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=WrittenForm, blank=True)

    class Meta:
        verbose_name = _("answer of an endorsement")
        verbose_name_plural = _("answers of endorsements")
        ordering = ["given_at", "pk"]

    def __str__(self):
        return f"{self.name}: {self.answer}"

    @property
    def answer_words(self):
        return answer_words(self.endorsement.kind, self.answer)


def answer_words(kind, answer):
    if kind == EndorsementKind.TRAINING_OFFICE:
        return RECOMMENDATION[EndorsementAnswer(answer)]
    return EndorsementAnswer(answer).label
