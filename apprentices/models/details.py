"""The second stage: what is asked once somebody has said yes to an offer, and is no more private than the application."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from apprentices.enums import LodgingWish
from apprentices.models.applications import Application


class Details(models.Model):
    """The answers of one application to the second stage; everything may be empty."""

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="details"
    )
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)

    cv_english = models.TextField(_("CV in English"), max_length=6000, blank=True)
    letter_english = models.TextField(_("letter in English"), max_length=4000, blank=True)

    has_licence = models.BooleanField(_("has a driving licence"), null=True, blank=True)
    licence_classes = models.CharField(_("classes of the driving licence"), max_length=60, blank=True)
    licence_since = models.DateField(_("driving licence since"), null=True, blank=True)
    has_certificates = models.BooleanField(_("has certificates"), null=True, blank=True)

    lodging_wish = models.CharField(_("how you would like to live"), max_length=20, choices=LodgingWish, blank=True)
    lodging_notes = models.TextField(_("more about lodging"), max_length=1000, blank=True)

    guardian_phone = PhoneNumberField(_("phone of the guardian"), blank=True)
    second_guardian_name = models.CharField(_("second guardian"), max_length=160, blank=True)
    second_guardian_phone = PhoneNumberField(_("phone of the second guardian"), blank=True)

    a1_asked_on = models.DateField(_("A1 certificate asked for on"), null=True, blank=True)
    a1_received_on = models.DateField(_("A1 certificate received on"), null=True, blank=True)

    police_shown_on = models.DateField(_("police certificate shown on"), null=True, blank=True)
    police_shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("police certificate shown to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    history = HistoricalRecords(excluded_fields=["cv_english", "letter_english"])

    class Meta:
        verbose_name = _("details after the offer")
        verbose_name_plural = _("details after the offer")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(police_shown_on=None, police_shown_to=None)
                | models.Q(police_shown_on__isnull=False, police_shown_to__isnull=False),
                name="police_certificate_has_day_and_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(a1_received_on=None)
                | models.Q(a1_asked_on=None)
                | models.Q(a1_received_on__gte=models.F("a1_asked_on")),
                name="a1_received_after_asked",
                violation_error_message=_("The A1 certificate came before it was asked for."),
            ),
        ]

    def __str__(self):
        return f"details of application {self.application_id}"

    @property
    def office_id(self):
        return self.application.office_id


class Certificate(models.Model):
    """A certificate with a date on it: first aid, food hygiene, hot works. Its files are attachments."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="certificates"
    )
    name = models.CharField(_("certificate"), max_length=160)
    expires_on = models.DateField(_("valid to"), null=True, blank=True)  # null: it does not expire

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class InsurancePolicy(models.Model):
    """An insurance that the person has, or the office took out for the person."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="insurance_policies"
    )
    company = models.CharField(_("insurance company"), max_length=160)
    policy_number = models.CharField(_("policy number"), max_length=60, blank=True)
    emergency_phone = PhoneNumberField(_("emergency phone"), blank=True)
    expires_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("insurance")
        verbose_name_plural = _("insurances")
        ordering = ["pk"]

    def __str__(self):
        return self.company
