"""Files that the system keeps: uploads, letters, agreements, reports."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.common import clock


def server_made_name(instance, filename):
    """Where a file lies: never under a name that a user chose."""
    return f"{instance.office_id}/{instance.kind}/{uuid.uuid4().hex}.{instance.extension}"


class StoredFile(models.Model):
    """One file of one office. It is opened only through a view that checks the row it belongs to."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"), max_length=40)
    content = models.FileField(_("file"), upload_to=server_made_name, max_length=200)
    original_name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type, by content"), max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    language = models.CharField(_("language"), max_length=5, blank=True)
    template_version = models.CharField(_("made from template version"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self):
        return self.original_name

    @property
    def extension(self):
        return {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/csv": "csv",
                "text/calendar": "ics"}.get(self.content_type, "bin")  # fmt: skip
