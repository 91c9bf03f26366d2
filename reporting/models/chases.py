"""Who was reminded from the whose-turn board, of what, when, and by whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.common.models import OutboundMail


class Chase(models.Model):
    """One reminder that a person of the office sent. ``object_id`` is the row that waits: ``Waiting`` says of which kind.

    Reminders to those who were asked about an application are in that row's own history, where the clock's are, too.
    """

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    waiting = models.CharField(_("what is waited for"), max_length=20)  # a code of enums.Waiting
    object_id = models.PositiveBigIntegerField(_("row"))
    mail = models.ForeignKey(
        OutboundMail, verbose_name=_("mail"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # SET_NULL: mails are deleted in time, that somebody was reminded stays
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["waiting", "object_id", "-sent_at"], name="chase_of_row")]

    def __str__(self):
        return f"{self.waiting} {self.object_id}"
