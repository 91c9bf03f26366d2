"""Who has read what is protected."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.common import clock


class ReadLog(models.Model):
    """One reading of protected content of one person by somebody of an office. Rows are only ever added."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("read by"), on_delete=models.PROTECT, related_name="+"
    )
    reader_role = models.CharField(_("role at that time"), max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("about"), on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: an application that was entered on behalf of somebody without an account
    kind = models.SlugField(_("kind"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("row"))
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("reading of protected content")
        verbose_name_plural = _("readings of protected content")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="readlog_object")]

    def __str__(self):
        return f"{self.kind} {self.object_id}, {self.at:%Y-%m-%d %H:%M}"
