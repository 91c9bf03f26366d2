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
        HELD = "held", pgettext_lazy("mail", "held")
        DROPPED = "dropped", pgettext_lazy("mail", "not sent")

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
    last_error = models.CharField(_("last error"), max_length=255, blank=True)  # or why it was dropped
    claimed_at = models.DateTimeField(_("being sent since"), null=True, blank=True, editable=False)
    # a sender has it in hand: it cannot be held any more. Emptied when it is out, or has failed.
    resend_of = models.ForeignKey(
        "self", verbose_name=_("sent once more from"), on_delete=models.PROTECT, null=True, blank=True,
        editable=False, related_name="resends",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),
            models.Index(fields=["office", "-created_at"], name="mail_of_office"),
            models.Index(fields=["office", "to_address"], name="mail_to_address"),  # the log of a person
            models.Index(fields=["office", "state"], name="mail_state"),
        ]

    def __str__(self):
        return self.subject


class MailChange(models.Model):
    """What somebody did to a mail by hand. Nothing alters or removes these rows."""

    class What(models.TextChoices):
        HELD = "held", pgettext_lazy("done to a mail", "held")
        RELEASED = "released", pgettext_lazy("done to a mail", "released")
        CORRECTED = "corrected", pgettext_lazy("done to a mail", "corrected")
        RETRIED = "retried", pgettext_lazy("done to a mail", "queued again")
        SENT_AGAIN = "sent_again", pgettext_lazy("done to a mail", "sent once more")
        DROPPED = "dropped", pgettext_lazy("done to a mail", "given up")

    mail = models.ForeignKey(OutboundMail, verbose_name=_("mail"), on_delete=models.CASCADE, related_name="changes")
    # CASCADE: its own log
    what = models.CharField(_("what"), max_length=12, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=clock.now)
    before = models.JSONField(_("before"), default=dict)  # column -> text, links and codes masked
    after = models.JSONField(_("after"), default=dict)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of a mail")
        verbose_name_plural = _("changes of mails")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.what}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def lines(self):
        """(name of the column, before, after) of each correction."""
        return [
            (OutboundMail._meta.get_field(name).verbose_name, old, self.after.get(name, ""))  # noqa: SLF001
            for name, old in self.before.items()
        ]
