"""Files that an applicant adds to an application, several for each requirement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import AttachmentKind
from apprentices.models.applications import Application
from apprentices.models.details import Certificate
from mobility.common import clock
from mobility.common.models import StoredFile


class AttachmentQuerySet(models.QuerySet):
    def of_stage(self, stage):
        return self.filter(kind__in=[kind for kind in AttachmentKind if kind.stage == stage])


class Attachment(models.Model):
    """One file of one application, with the small picture that the server made of it, if it could."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(_("kind of file"), max_length=20, choices=AttachmentKind)
    certificate = models.ForeignKey(
        Certificate, verbose_name=_("certificate"), on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    file = models.OneToOneField(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    preview = models.OneToOneField(
        StoredFile, verbose_name=_("preview"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"), default=clock.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["kind", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(certificate=None) | models.Q(kind=AttachmentKind.DATED_CERTIFICATE),
                name="only_a_dated_certificate_has_a_row",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def office_id(self):
        return self.application.office_id
