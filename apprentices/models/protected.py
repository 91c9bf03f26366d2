"""What only the person and, each time with a row in the log, a coordinator may read: one table a kind, encrypted.

No history, no admin, no search: each would keep or show the plain text. Rows stay when their content is wiped, so that a
log row always names something.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import ProtectedKind
from apprentices.models.applications import Application
from mobility.common.fields import EncryptedJSON


class Consent(models.Model):
    """That somebody consented to the keeping of one protected kind, to which text, when, and until when.

    A new consent is a new row; rows are never changed but for ``withdrawn_at``.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="consents"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ProtectedKind)
    version = models.CharField(_("version of the consent text"), max_length=20)
    given_at = models.DateTimeField(_("consented at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_in_force_per_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, application {self.application_id}"


class Protected(models.Model):
    """Base of the encrypted tables. ``kind`` names the concrete one."""

    kind: ProtectedKind

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="%(class)s"
    )
    content = EncryptedJSON(_("content"), blank=True, default=dict)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)  # null: there is no content

    objects = models.Manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.kind} of application {self.application_id}"  # never anything of the content


class HealthNote(Protected):
    """Food, health and support needs."""

    kind = ProtectedKind.HEALTH

    class Meta:
        verbose_name = _("health note")
        verbose_name_plural = _("health notes")


class NextOfKin(Protected):
    """Whom to call if something happens: one or two people."""

    kind = ProtectedKind.NEXT_OF_KIN

    class Meta:
        verbose_name = _("next of kin")
        verbose_name_plural = _("next of kin")


class BankAccount(Protected):
    """Where the grant is paid to."""

    kind = ProtectedKind.BANK

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")


class TravelDocument(Protected):
    """Passport or identity card, and the European Health Insurance Card."""

    kind = ProtectedKind.TRAVEL

    class Meta:
        verbose_name = _("travel document")
        verbose_name_plural = _("travel documents")


PROTECTED: dict[str, type[Protected]] = {
    model.kind: model for model in (HealthNote, NextOfKin, BankAccount, TravelDocument)
}
"""The table of each kind."""
