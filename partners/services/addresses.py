"""Where the addresses of partners and host companies stand, and how each is put right."""

from django.db.models import F
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.common.addresses import Found, Place
from partners.models import Contact, HostCompany, Partner


def _find(model, office, column, who, what):
    def find(office_id, wanted):
        rows = model.objects.annotate(small_email=Lower(F(column))).filter(
            **{office: office_id, "small_email__in": wanted}
        )
        for row in rows:
            partner = row.pk if model is Partner else row.partner_id
            url = reverse("admin:partners_partner_change", args=[partner])
            yield Found(row.pk, getattr(row, column), getattr(row, who), what(), url)

    return find


def _writes(model, column):
    def correct(pk, address, by):
        row = model.objects.select_for_update(of=("self",)).get(pk=pk)
        setattr(row, column, address)
        row._history_user = by  # noqa: SLF001 - simple-history's documented name, where the model keeps one
        row.save(update_fields=[column])
        return ()

    return correct


PLACES = (
    Place("partner", _find(Partner, "office", "email", "name", lambda: _("host partner")), _writes(Partner, "email")),
    Place("contact", _find(Contact, "partner__office", "email", "name", lambda: _("contact person of a partner")),
          _writes(Contact, "email")),
    Place("host", _find(HostCompany, "partner__office", "contact_email", "contact_name", lambda: _("host company")),
          _writes(HostCompany, "contact_email")),
)  # fmt: skip
