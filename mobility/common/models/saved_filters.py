"""Filters of a list that somebody has given a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.common import clock


class SavedFilterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own ones, and those that colleagues share, of the working office."""
        office = user.working_office if user.is_staff else None
        return self.filter(office=office).filter(models.Q(owner=user.pk) | models.Q(is_shared=True))


class SavedFilter(models.Model):
    """The filters of one list of the web admin, as they stand in its address: never a search for a person."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    of_list = models.CharField(_("list"), max_length=80)  # "apprentices.application"
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=500)
    is_shared = models.BooleanField(_("for the whole office"), default=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now, editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "owner", "of_list", "name"],
                name="one_filter_of_a_name",
                violation_error_message=_("You have a filter of this name already."),
            )
        ]

    def __str__(self):
        return self.name
