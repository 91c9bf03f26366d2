"""Partners in the web admin: contacts, host companies, visit days on one page; openings have a page of their own."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from mobility.common import clock, countries
from mobility.common.admin import OfficeForm, OfficeScopedAdmin, OfficeTabularInline
from partners import selectors
from partners.forms.offers import VisitDayAdminForm
from partners.models import Contact, HostCompany, Partner, VisitDay
from partners.services import visit_days


class PartnerForm(OfficeForm):
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            self.fields["country"].choices = [("", "---------"), *countries.choices()]


class ContactInline(OfficeTabularInline):
    model = Contact
    fields = ["name", "email", "phone", "is_primary"]


class HostCompanyInline(OfficeTabularInline):
    model = HostCompany
    fields = ["name", "city", "contact_name", "contact_email", "contact_phone", "language"]


class VisitDayInline(OfficeTabularInline):
    """Days from today on; past ones are not changed any more."""

    model = VisitDay
    form = VisitDayAdminForm
    fields = ["on", "from_time", "to_time", "places"]
    verbose_name_plural = _("Visit days from today on")

    def get_queryset(self, request):
        return selectors.with_places(super().get_queryset(request).filter(on__gte=clock.today()))


class CountryFilter(admin.SimpleListFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        codes = model_admin.get_queryset(request).order_by().values_list("country", flat=True).distinct()
        return countries.choices(codes)

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset


@admin.register(Partner)
class PartnerAdmin(OfficeScopedAdmin):
    form = PartnerForm
    list_display = ["name", "city", "country_name", "openings_ahead", "email", "is_active"]
    list_filter = [CountryFilter, "is_active"]
    search_fields = ["name", "city", "contacts__name", "host_companies__name"]
    inlines = [ContactInline, HostCompanyInline, VisitDayInline]
    fieldsets = [
        (None, {"fields": ["name", ("country", "city"), ("email", "phone"), "language", "oid", "is_active"]}),
    ]
    view_on_site = False

    def get_queryset(self, request):
        ahead = Q(openings__ends_on__gte=clock.today())
        return super().get_queryset(request).annotate(ahead=Count("openings", filter=ahead, distinct=True))

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is not VisitDay:
            return
        for row in formset.forms:
            if (row.instance.pk and "places" in row.changed_data) or (row.instance.pk and row in formset.extra_forms):
                places = row.cleaned_data.get("places")
                if places is not None:
                    visit_days.set_places(visit_day=row.instance, places=places, by=request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may = request.user.has_perm("partners.invite_contact")
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_invite": may})

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, partner):
        return countries.name(partner.country)

    @admin.display(description=_("openings ahead"), ordering="ahead")
    def openings_ahead(self, partner):
        return partner.ahead
