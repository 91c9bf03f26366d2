"""Openings in the web admin: where, for which trades, when, how many."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mobility.common import clock, formats
from mobility.common.admin import OfficeForm, OfficeScopedAdmin
from partners.models import Opening


class OpeningForm(OfficeForm):
    """Trades are boxes to tick: the stock two-box chooser is unusable by screen reader (axe: aria-prohibited-attr)."""

    class Meta:
        widgets = {"trades": forms.CheckboxSelectMultiple(attrs={"class": "u-checks"})}
        help_texts = {"trades": _("None ticked: the opening is for all trades.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "trades" in self.fields and self.instance.pk:
            ticked = list(self.instance.trades.values_list("pk", flat=True))
            first = Case(When(pk__in=ticked, then=Value(0)), default=Value(1))
            self.fields["trades"].queryset = self.fields["trades"].queryset.order_by(first, "name_nb")

    def clean(self):
        data = super().clean()
        company, partner = data.get("host_company"), data.get("partner")
        if company and partner and company.partner_id != partner.pk:
            raise ValidationError({"host_company": _("This company belongs to another partner.")})
        return data


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("past", _("over"))]

    def choices(self, changelist):
        yield {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=["when"]),
               "display": gettext("from today on")}  # fmt: skip
        yield {"selected": self.value() == "past", "query_string": changelist.get_query_string({"when": "past"}),
               "display": gettext("over")}  # fmt: skip

    def queryset(self, request, queryset):
        today = clock.today()
        return queryset.filter(ends_on__lt=today) if self.value() == "past" else queryset.filter(ends_on__gte=today)


@admin.register(Opening)
class OpeningAdmin(OfficeScopedAdmin):
    form = OpeningForm
    list_display = ["where", "dates", "trade_names", "places_left", "minimum_age", "lodging"]
    list_filter = [("partner", admin.RelatedOnlyFieldListFilter), WhenFilter]
    list_select_related = ["partner", "host_company"]
    search_fields = ["partner__name", "partner__city", "host_company__name"]
    ordering = ["starts_on", "pk"]
    fields = [
        ("partner", "host_company"),
        ("starts_on", "ends_on"),
        ("places", "minimum_age"),
        "lodging",
        "trades",
    ]
    view_on_site = False

    def get_queryset(self, request):
        # the bookings of places are rows of the floor above, reached by name
        living = ~Q(placements__status__in=["refused", "cancelled"])
        found = super().get_queryset(request).prefetch_related("trades")
        return found.annotate(taken=Count("placements", filter=living, distinct=True))

    @admin.display(description=_("where"), ordering="partner__name")
    def where(self, opening):
        return f"{opening.host_company or opening.partner} · {opening.partner.name}"

    @admin.display(description=_("dates"), ordering="starts_on")
    def dates(self, opening):
        return f"{formats.day(opening.starts_on, 'short')} – {formats.day(opening.ends_on, 'short')}"

    @admin.display(description=_("trades"))
    def trade_names(self, opening):
        names = [str(trade) for trade in opening.trades.all()]
        if len(names) > 2:
            more = len(names) - 2
            return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
                "names": ", ".join(names[:2]),
                "more": more,
            }
        return ", ".join(names) or gettext("all trades")

    @admin.display(description=_("places left"))
    def places_left(self, opening):
        return gettext("%(left)s of %(places)s") % {
            "left": max(opening.places - opening.taken, 0),
            "places": opening.places,
        }
