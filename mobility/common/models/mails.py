"""The mail outbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mobility.common import clock


class OutboundMail(models.Model):
    """One mail, written in the transaction of the step that causes it and sent by a task afterwards."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", pgettext_lazy("mail", "failed")

    office = models.ForeignKey(
        "accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.SET_NULL,  # the mail was sent, whoever has gone since
        null=True,
        blank=True,
        related_name="+",
    )
    to_address = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=5)
    template = models.CharField(_("template"), max_length=80)
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    secrets = models.JSONField(_("secrets"), default=list, editable=False)
    context_ids = models.JSONField(_("about"), default=dict)
    reply_to = models.EmailField(_("reply to"), blank=True)
    attachments = models.ManyToManyField(
        "common.StoredFile", verbose_name=_("attachments"), blank=True, related_name="+"
    )
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=clock.now)
    last_error = models.CharField(_("last error"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),
            models.Index(fields=["office", "-created_at"], name="mail_of_office"),
        ]

    def __str__(self):
        return self.subject
