"""Signed links: a right to do one thing to one row, sent to one address."""

from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import LinkPurpose
from mobility.common import clock

RENEWAL_SALT = "accounts.renew_link"


class AccessLink(models.Model):
    """A link that was mailed to somebody. Only hashes of its token and code are kept.

    ``object_id`` is the key of the one row it opens; the purpose says of which model, and the floors above resolve it.
    """

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose)
    object_id = models.PositiveBigIntegerField(_("row"))
    address = models.EmailField(_("sent to"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed link")
        verbose_name_plural = _("signed links")
        indexes = [models.Index(fields=["purpose", "object_id"], name="link_purpose_row")]

    def __str__(self):
        return f"{self.purpose} {self.object_id}"

    @property
    def renewal_key(self) -> str:
        """What the page of a spent link sends to have a new one mailed: signed, so that nobody counts through ids."""
        return signing.dumps(self.pk, salt=RENEWAL_SALT)

    @property
    def masked_address(self) -> str:
        """``k…@example.org``: enough to know one's own address by, too little to learn another's."""
        local, _at, domain = self.address.partition("@")
        return f"{local[:1]}…@{domain}"
