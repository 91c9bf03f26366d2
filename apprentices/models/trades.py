"""Trades, and the organisations that train."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.exceptions import ValidationError as NumberError
from stdnum.no import orgnr

from mobility.accounts.enums import OFFICE_STAFF
from mobility.common.search import search_text


def validate_organisation_number(value):
    """Norwegian (9 digits, modulo 11; ``NO…MVA`` and spaces are fine) or Swedish (10 digits, Luhn)."""
    compact = clean_organisation_number(value)
    try:
        if len(compact) == 10 and luhn.is_valid(compact):
            return
        orgnr.validate(compact)
    except NumberError as error:
        raise ValidationError(_("This is not an organisation number: 9 digits in Norway, 10 in Sweden.")) from error


def clean_organisation_number(value: str) -> str:
    """Digits only, without ``NO`` and ``MVA``."""
    return "".join(character for character in value if character.isdigit())


class Trade(models.Model):
    """A trade of the national code list; the code has 10 characters, padded with hyphens."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name_nb = models.CharField(_("name (Bokmål)"), max_length=120)
    name_nn = models.CharField(_("name (Nynorsk)"), max_length=120, blank=True)
    name_sv = models.CharField(_("name (Swedish)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    programme = models.CharField(_("education programme"), max_length=2)

    class Meta:
        verbose_name = _("trade")
        verbose_name_plural = _("trades")
        ordering = ["name_nb"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the active language; the Norwegian one where nobody has translated it."""
        return getattr(self, f"name_{get_language() or 'nb'}", "") or self.name_nb


class OfficeScopedQuerySet(models.QuerySet):
    """Rows with an ``office`` column that the office's staff may see."""

    def visible_to(self, user):
        return self.filter(office=user.office_as(*OFFICE_STAFF))


class TrainingOffice(models.Model):
    """A cooperative body for training companies (*opplæringskontor*): holds the contract for its members."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    organisation_number = models.CharField(
        _("organisation number"), max_length=12, blank=True, validators=[validate_organisation_number]
    )
    contact_name = models.CharField(_("contact person"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    search_text = search_text("name", "organisation_number", "contact_name", "email", "phone")

    objects = OfficeScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("training office")
        verbose_name_plural = _("training offices")
        ordering = ["name"]

    def __str__(self):
        return self.name


class TrainingCompany(models.Model):
    """A company approved to train, often a sub-unit with an organisation number of its own."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    organisation_number = models.CharField(
        _("organisation number"), max_length=12, blank=True, validators=[validate_organisation_number]
    )
    training_office = models.ForeignKey(
        TrainingOffice, verbose_name=_("training office"), on_delete=models.PROTECT, null=True, blank=True
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    search_text = search_text("name", "organisation_number", "municipality", "email", "phone")

    objects = OfficeScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("training company")
        verbose_name_plural = _("training companies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "organisation_number"],
                condition=~models.Q(organisation_number=""),
                name="one_company_per_number",
                violation_error_message=_("A company with this organisation number is here already."),
            )
        ]

    def __str__(self):
        return self.name
