"""The learning agreement: versions, learning outcomes, signatures in order."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import WrittenForm
from mobility.common.models import HasStatus, StatusChange, StoredFile
from placements.enums import AgreementStatus, Party
from placements.models.placements import Placement


class LearningAgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(placement__in=Placement.objects.visible_to(user))


class LearningAgreement(HasStatus):
    """One version of the agreement on a stay. A version that somebody signed is never changed, only replaced."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="learning_agreements"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(
        _("state"), max_length=20, choices=AgreementStatus, default=AgreementStatus.SIGNING, editable=False
    )
    language = models.CharField(_("language"), max_length=2, choices=WrittenForm, default=WrittenForm.EN)
    tasks = models.TextField(_("tasks and programme"), max_length=3000)
    monitoring = models.TextField(_("monitoring and mentoring"), max_length=2000, blank=True)
    recognition = models.TextField(_("evaluation and recognition"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    document = models.ForeignKey(
        StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_document = models.ForeignKey(
        StoredFile, verbose_name=_("signed document"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LearningAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning agreement")
        verbose_name_plural = _("learning agreements")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "version"], name="one_agreement_per_version"),
            models.UniqueConstraint(
                fields=["placement"],
                condition=~models.Q(status=AgreementStatus.REPLACED),
                name="one_agreement_in_force",
                violation_error_message=_("There is a learning agreement already."),
            ),
        ]

    def __str__(self):
        return f"{self.placement}, {self.version}"

    @property
    def office_id(self):
        return self.placement.office_id


class LearningAgreementStatusChange(StatusChange):
    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="status_changes")
    # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of a learning agreement")
        verbose_name_plural = _("moves of learning agreements")


class LearningOutcome(models.Model):
    """What the apprentice will have learnt, in words of the trade's competence aims."""

    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="outcomes")
    # CASCADE: a part of its agreement
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("learning outcome"), max_length=500)

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class Signature(models.Model):
    """One party's place on a learning agreement: empty until signed, then for good."""

    agreement = models.ForeignKey(LearningAgreement, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(_("party"), max_length=20, choices=Party)
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_name = models.CharField(_("name as typed"), max_length=200, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty for a signature by link."),
    )
    document_sha256 = models.CharField(_("checksum of what was signed"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_per_party"),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | ~models.Q(signed_name=""), name="signed_with_a_name"
            ),
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.name}"

    @property
    def office_id(self):
        return self.agreement.placement.office_id
