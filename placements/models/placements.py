"""A placement: one apprentice's stay abroad, from the proposal to a partner to the closed case."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange
from mobility.grants.activities import LEARNER_STAYS
from mobility.grants.enums import ActivityType
from partners.models import ContactAccess
from placements.enums import PlacementStatus


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office's staff, the apprentice, the partner it was sent to, and the instructor of the contract."""
        staff = user.office_as(*OFFICE_STAFF)
        if staff:
            return self.filter(office=staff)
        reach = models.Q(apprentice__user=user.pk)
        if Role.PARTNER in user.roles:
            reach |= models.Q(partner__in=ContactAccess.objects.in_force_for(user).values("partner"))
        if Role.INSTRUCTOR in user.roles:
            taught = self.model.objects.filter(
                office=user.office_as(Role.INSTRUCTOR), apprentice__contracts__instructor__user=user.pk
            )
            reach |= models.Q(pk__in=taught.values("pk"))
        return self.filter(reach)

    def started_without_arrival(self):
        """The red group: the start date has passed and nobody has confirmed the arrival."""
        return self.filter(status__in=[PlacementStatus.CONFIRMED, PlacementStatus.READY], starts_on__lte=clock.today())

    def abroad(self):
        """Arrival confirmed, return not: with or without an end date, so that nobody falls out."""
        return self.filter(status=PlacementStatus.ABROAD)


class Placement(HasStatus):
    """One stay. Both ends of ``starts_on``-``ends_on`` count; an unknown end is empty, and shown as missing."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    apprentice = models.ForeignKey(
        "apprentices.Apprentice", verbose_name=_("apprentice"), on_delete=models.PROTECT, related_name="placements"
    )
    application = models.ForeignKey(
        "apprentices.Application",
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    project = models.ForeignKey(
        "grants.Project",
        verbose_name=_("project"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    partner = models.ForeignKey(
        "partners.Partner", verbose_name=_("host partner"), on_delete=models.PROTECT, related_name="placements"
    )
    opening = models.ForeignKey(
        "partners.Opening",
        verbose_name=_("opening"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    host_company = models.ForeignKey(
        "partners.HostCompany",
        verbose_name=_("host company"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        help_text=_("Empty where the partner hosts itself."),
    )
    host_contact = models.ForeignKey(
        "partners.Contact",
        verbose_name=_("contact person at the partner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the partner hosts itself. A host company has its own contact person."),
    )
    status = models.CharField(
        _("state"), max_length=20, choices=PlacementStatus, default=PlacementStatus.PROPOSED, editable=False
    )
    activity = models.CharField(
        _("activity"),
        max_length=30,
        choices=[(stay.value, stay.label) for stay in LEARNER_STAYS],
        default=ActivityType.LONG_TERM_LEARNER,
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    travel_days = models.PositiveSmallIntegerField(_("travel days"), default=2)
    interruption_days = models.PositiveSmallIntegerField(_("days of interruption"), default=0)
    days_not_requested = models.PositiveSmallIntegerField(
        _("days without support"),
        default=0,
        help_text=_("Days of the stay for which no support is asked for."),
    )
    is_green = models.BooleanField(_("green travel"), default=False)
    green_percent = models.PositiveSmallIntegerField(
        _("share of the round trip by train, bus or car-pooling (%)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("From 50 % on the journey counts as green travel."),
    )
    has_fewer_opportunities = models.BooleanField(
        _("participant with fewer opportunities"),
        default=False,
        help_text=_("Only that it is so: never write down why."),
    )
    wants_organisational_support = models.BooleanField(_("organisational support is asked for"), default=True)
    ols_lacks = models.BooleanField(
        _("online language support lacks the language or the level"),
        default=False,
        help_text=_("Then the programme pays linguistic support for a course of your own."),
    )
    distance_km = models.DecimalField(
        _("distance (km)"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("One way, as the crow flies, by the programme's distance calculator."),
    )
    origin_place = models.CharField(_("place of departure"), max_length=160, blank=True)
    venue_place = models.CharField(_("place of the stay"), max_length=160, blank=True)
    distance_reason = models.CharField(
        _("why another place or distance"),
        max_length=300,
        blank=True,
        help_text=_("For a place or a distance other than the one we suggest. The agency may ask."),
    )
    lodging = models.CharField(_("lodging"), max_length=200, blank=True)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=500, blank=True)
    cancel_reason = models.CharField(_("reason of the cancellation"), max_length=500, blank=True)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    history = HistoricalRecords()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(
                fields=["office", "status", "status_since"], name="placement_since"
            ),  # lists, ages, whose turn
            models.Index(fields=["project", "starts_on", "id"], name="placement_project_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="placement_ends_after_start",
                violation_error_message=_("The stay ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=~models.Q(status__in=[PlacementStatus.REFUSED, PlacementStatus.CANCELLED]),
                name="one_living_placement_per_application",
                violation_error_message=_("This application has a placement already."),
            ),
            models.CheckConstraint(
                condition=models.Q(green_percent=None) | models.Q(green_percent__lte=100),
                name="placement_green_percent_at_most_100",
                violation_error_message=_("A share is at most 100 %."),
            ),
        ]

    def __str__(self):
        return f"{self.apprentice}, {self.partner.city}"

    def get_absolute_url(self):
        return reverse("placements:placement", args=[self.pk])

    @property
    def host(self):
        """Where the apprentice works: the host company, or the partner that hosts itself."""
        return self.host_company or self.partner

    @property
    def days(self) -> int | None:
        """Days of the stay, first and last counted, without interruption; None while the end is unknown."""
        if self.ends_on is None:
            return None
        return (self.ends_on - self.starts_on).days + 1 - self.interruption_days


class PlacementStatusChange(StatusChange):
    placement = models.ForeignKey(
        Placement, on_delete=models.CASCADE, related_name="status_changes"
    )  # CASCADE: its log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of a placement")
        verbose_name_plural = _("moves of placements")
