"""Members of a consortium that shares one grant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import Role


class ConsortiumMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD, Role.AUDITOR))


class ConsortiumMember(models.Model):
    """An organisation that shares the grant of a consortium's coordinator and sends its own participants."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    city = models.CharField(_("city"), max_length=80)
    oid = models.CharField(_("organisation ID (OID)"), max_length=9, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=160)
    contact_email = models.EmailField(_("e-mail"))
    joined_on = models.DateField(_("joined on"), null=True, blank=True)

    objects = ConsortiumMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("consortium member")
        verbose_name_plural = _("consortium members")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_member_of_a_name")]

    def __str__(self):
        return self.name
