"""A project: one grant agreement of one call year, with the agency's base rates and the awarded budget."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.accounts.enums import Role
from mobility.grants.enums import BudgetHeading, ParticipantKind

PROJECT_CODE = re.compile(r"(20\d\d)-[1-9]-[A-Z]{2}\d{2}-KA12[12]-(VET|ADU)-\d{9}")


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD, Role.AUDITOR))


class Project(models.Model):
    """One grant agreement. Its call year decides the rates, for good: a closed case keeps them."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(
        _("project code"),
        max_length=40,
        unique=True,
        help_text=_("From the grant agreement, such as 2026-1-NO01-KA121-VET-000012345."),
        validators=[RegexValidator(rf"^{PROJECT_CODE.pattern}$", _("This is not a project code of the programme."))],
    )
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    awarded = models.DecimalField(_("awarded grant (EUR)"), max_digits=12, decimal_places=2)
    rate_copy = models.ForeignKey(
        "grants.RateCopy",
        verbose_name=_("rate table"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        help_text=_("Empty: the table of the call year that comes with Utferd."),
    )
    is_price_due = models.BooleanField(_("its stays are to be priced again"), default=False, editable=False)
    history = HistoricalRecords(excluded_fields=["is_price_due"])

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="project_ends_after_start",
                violation_error_message=_("The project ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(awarded__gte=0),
                name="project_awarded_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("admin:grants_project_change", args=[self.pk])

    @property
    def call_year(self) -> int:
        """The year of the call, from the code: it decides the rates (ERASMUS rule 1)."""
        return int(self.code[:4])

    @property
    def is_accredited(self) -> bool:
        """KA121 is for accredited offices, KA122 is a short-term project; the code says which."""
        return "-KA121-" in self.code


class BaseRate(models.Model):
    """The agency's daily base rate of this grant agreement for a kind of participant and a country group (EUR a day)."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="base_rates")
    # CASCADE: a rate is a part of its project and nothing else
    participant_kind = models.CharField(_("participants"), max_length=20, choices=ParticipantKind)
    country_group = models.PositiveSmallIntegerField(_("country group"), choices=[(1, "1"), (2, "2"), (3, "3")])
    eur_per_day = models.DecimalField(_("EUR a day"), max_digits=6, decimal_places=2)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("base rate")
        verbose_name_plural = _("base rates")
        ordering = ["participant_kind", "country_group"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "participant_kind", "country_group"],
                name="one_base_rate_per_kind_and_group",
                violation_error_message=_("There is a rate for these participants and this country group already."),
            ),
            models.CheckConstraint(
                condition=models.Q(eur_per_day__gt=0),
                name="base_rate_positive",
                violation_error_message=_("A daily rate is more than 0."),
            ),
        ]

    def __str__(self):
        return f"{self.get_participant_kind_display()}, {self.country_group}: {self.eur_per_day}"


class BudgetLine(models.Model):
    """What the grant agreement awards under one heading (EUR)."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="budget_lines"
    )
    # CASCADE: a line is a part of its project and nothing else
    heading = models.CharField(_("heading"), max_length=40, choices=BudgetHeading)
    awarded = models.DecimalField(_("awarded (EUR)"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "heading"],
                name="one_budget_line_per_heading",
                violation_error_message=_("There is a line for this heading already."),
            ),
            models.CheckConstraint(
                condition=models.Q(awarded__gte=0),
                name="budget_line_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
        ]

    def __str__(self):
        return f"{self.get_heading_display()}: {self.awarded}"
