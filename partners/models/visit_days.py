"""Days on which a partner receives visiting instructors. A bookable place is a row of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.partners import Partner


class VisitDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(partner__in=Partner.objects.visible_to(user))


class VisitDay(models.Model):
    """A day with clock times in the partner's own zone. Its places are :class:`VisitSlot` rows."""

    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="visit_days")
    on = models.DateField(_("day"))
    from_time = models.TimeField(_("from"))
    to_time = models.TimeField(_("to"))

    objects = VisitDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit day")
        verbose_name_plural = _("visit days")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "on"],
                name="one_visit_day_per_date",
                violation_error_message=_("This day is offered already."),
            ),
            models.CheckConstraint(
                condition=models.Q(to_time__gt=models.F("from_time")),
                name="visit_day_ends_after_start",
                violation_error_message=_("The visit ends before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.partner}, {self.on:%d.%m.%Y}"

    @property
    def office_id(self):
        return self.partner.office_id


class VisitSlot(models.Model):
    """One bookable place on a visit day: a row, so that the database refuses a second booking."""

    visit_day = models.ForeignKey(VisitDay, on_delete=models.CASCADE, related_name="slots")
    # CASCADE: a place is a part of its day; a booked one is protected by its booking
    number = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("visit place")
        verbose_name_plural = _("visit places")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["visit_day", "number"], name="one_slot_per_number")]

    def __str__(self):
        return f"{self.visit_day} #{self.number}"
