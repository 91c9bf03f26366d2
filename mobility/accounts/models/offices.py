"""The tenant."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import OfficeKind, WrittenForm


def validate_time_zone(value):
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("This is not the name of a time zone, such as Europe/Oslo."))


class OfficeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=[office.pk for office in user.offices_to_choose])


class Office(models.Model):
    """An office that sends apprentices abroad. Every row of personal data reaches exactly one."""

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("address of the page"), unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OfficeKind)
    county = models.CharField(_("county or region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    default_language = models.CharField(_("language"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Oslo", validators=[validate_time_zone])
    oid = models.CharField(_("organisation ID (OID)"), max_length=9, blank=True)
    organisation_number = models.CharField(_("organisation number"), max_length=12, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    postal_place = models.CharField(_("postal place"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    emergency_phone = models.CharField(_("emergency phone"), max_length=30, blank=True)
    has_appeals = models.BooleanField(
        _("decisions carry appeal rights"), default=False, help_text=_("On for a county, off elsewhere.")
    )
    appeal_weeks = models.PositiveSmallIntegerField(_("weeks to appeal"), default=3)
    appeal_body = models.CharField(_("who decides an appeal"), max_length=120, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("public:office", args=[self.slug])

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)
