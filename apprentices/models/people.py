"""Apprentices and those who train them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from apprentices.ages import age_on
from apprentices.enums import ContractKind, ContractSource
from apprentices.models.trades import OfficeScopedQuerySet, Trade, TrainingCompany, TrainingOffice
from mobility.accounts.enums import OFFICE_STAFF, WrittenForm
from mobility.common.search import COLUMN, search_text

SEARCHED = ("given_name", "family_name", "email", "phone")


class ApprenticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff: the people of their office; an apprentice: the own row. Merged rows live on in the kept one alone."""
        return self.standing().filter(models.Q(office=user.office_as(*OFFICE_STAFF)) | models.Q(user=user.pk))

    def standing(self):
        """Without rows that were merged into another."""
        return self.filter(merged_into=None)


class Person(models.Model):
    """Somebody at home with an address and a language for letters, with or without an account."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = PhoneNumberField(_("mobile"), blank=True)
    written_form = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)

    class Meta:
        abstract = True

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}".strip()


class TrainingManager(Person):
    """Responsible for the training at the company (*faglig leder*); consents to the stay and signs as employer."""

    company = models.ForeignKey(TrainingCompany, verbose_name=_("training company"), on_delete=models.PROTECT)
    search_text = search_text(*SEARCHED)

    objects = OfficeScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("training manager")
        verbose_name_plural = _("training managers")


class Instructor(Person):
    """The tutor who trains daily (*instruktør*) and visits the apprentice abroad."""

    company = models.ForeignKey(TrainingCompany, verbose_name=_("training company"), on_delete=models.PROTECT)
    search_text = search_text(*SEARCHED)

    objects = OfficeScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("instructor (tutor)")
        verbose_name_plural = _("instructors (tutors)")


class Apprentice(Person):
    """A learner whom the office sends abroad. Comes into being when an application is submitted, or by import."""

    email = models.EmailField(_("e-mail"), blank=True)  # the county's register may know none
    call_name = models.CharField(_("call name"), max_length=100, blank=True)
    birth_date = models.DateField(_("date of birth"))
    trade = models.ForeignKey(Trade, verbose_name=_("trade"), on_delete=models.PROTECT, null=True, blank=True)
    member = models.ForeignKey(
        "grants.ConsortiumMember",
        verbose_name=_("consortium member"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="apprentices",
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_rows",
    )
    search_text = search_text(*SEARCHED, "call_name")
    history = HistoricalRecords(excluded_fields=[COLUMN])

    objects = ApprenticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("apprentice")
        verbose_name_plural = _("apprentices")
        ordering = ["family_name", "given_name", "pk"]
        indexes = [models.Index(fields=["office", "email"], name="apprentice_office_email")]

    def get_absolute_url(self):
        return reverse("admin:apprentices_apprentice_change", args=[self.pk])

    def age_on(self, day) -> int:
        """Age in whole years on ``day``."""
        return age_on(self.birth_date, day)


class Contract(models.Model):
    """The apprenticeship or training contract during which the stay happens."""

    apprentice = models.ForeignKey(
        Apprentice, verbose_name=_("apprentice"), on_delete=models.PROTECT, related_name="contracts"
    )
    kind = models.CharField(_("kind of contract"), max_length=20, choices=ContractKind)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    company = models.ForeignKey(TrainingCompany, verbose_name=_("training company"), on_delete=models.PROTECT)
    training_office = models.ForeignKey(
        TrainingOffice, verbose_name=_("training office"), on_delete=models.PROTECT, null=True, blank=True
    )
    training_manager = models.ForeignKey(
        TrainingManager, verbose_name=_("training manager"), on_delete=models.PROTECT, null=True, blank=True
    )
    instructor = models.ForeignKey(
        Instructor, verbose_name=_("instructor (tutor)"), on_delete=models.PROTECT, null=True, blank=True
    )
    approved_on = models.DateField(
        _("approved by the county on"),
        null=True,
        blank=True,
        help_text=_("Or the day of the county's list on which it stood."),
    )
    source = models.CharField(
        _("source"), max_length=12, choices=ContractSource, default=ContractSource.HAND, editable=False
    )
    external_id = models.CharField(_("number in the county's register"), max_length=40, blank=True, editable=False)
    register_office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )  # the person's office, again: set with external_id, so that the database can refuse a number twice
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The contract ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(external_id="", register_office=None)
                | (~models.Q(external_id="") & models.Q(register_office__isnull=False)),
                name="contract_number_has_a_register",
            ),
            models.UniqueConstraint(
                fields=["register_office", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_contract_per_number",
                violation_error_message=_("A contract with this number of the county's register is here already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.company}"

    @property
    def office_id(self):
        return self.apprentice.office_id
