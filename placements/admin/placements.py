"""The list of stays in the web admin. A row opens the case page, where everything is done."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.common import clock, countries, formats
from mobility.common.admin import OfficeScopedAdmin
from mobility.common.exports import csv_response
from mobility.common.search import COLUMN
from mobility.grants.models import Project
from placements.models import Placement
from placements.templatetags.placements import status_pill


class CaseList(ChangeList):
    def url_for_result(self, result):
        return result.get_absolute_url()


class StartFilter(admin.SimpleListFilter):
    """Half years, newest first: departures are in January and September."""

    title = _("start")
    parameter_name = "start"

    def lookups(self, request, model_admin):
        starts = Placement.objects.visible_to(request.user).order_by().values_list("starts_on", flat=True).distinct()
        halves = sorted({_half(day) for day in starts}, reverse=True)
        return [(half, _half_words(half)) for half in halves]

    def queryset(self, request, queryset):
        year, _sep, half = (self.value() or "").partition("-")
        if not year.isdigit() or half not in ("1", "2"):
            return queryset
        months = (1, 6) if half == "1" else (7, 12)
        return queryset.filter(starts_on__year=int(year), starts_on__month__range=months)


class ProjectFilter(admin.SimpleListFilter):
    title = _("project")
    parameter_name = "project"

    def lookups(self, request, model_admin):
        return list(Project.objects.visible_to(request.user).values_list("pk", "code"))

    def queryset(self, request, queryset):
        return queryset.filter(project=self.value()) if (self.value() or "").isdigit() else queryset


class ArrivalFilter(admin.SimpleListFilter):
    """The red group, as a list of its own."""

    title = _("arrival")
    parameter_name = "arrival"

    def lookups(self, request, model_admin):
        return [("overdue", _("start passed, arrival not confirmed"))]

    def queryset(self, request, queryset):
        return queryset.started_without_arrival() if self.value() == "overdue" else queryset


@admin.register(Placement)
class PlacementAdmin(OfficeScopedAdmin):
    list_display = ["name", "where", "dates", "state", "since", "trade"]
    list_select_related = ["apprentice__trade", "partner", "host_company", "application__round"]
    list_filter = [
        "status",
        ("partner", admin.RelatedOnlyFieldListFilter),
        StartFilter,
        ArrivalFilter,
        ProjectFilter,
    ]
    search_fields = [
        "apprentice__given_name",
        "apprentice__family_name",
        "application__reference",
        "partner__name",
        "partner__city",
        "host_company__name",
    ]
    search_columns = (
        f"apprentice__{COLUMN}",
        f"application__{COLUMN}",
        f"partner__{COLUMN}",
        f"host_company__{COLUMN}",
    )
    actions = ["export_chosen"]
    date_hierarchy = None

    def get_changelist(self, request, **kwargs):
        return CaseList

    def lookup_allowed(self, lookup, value, request):
        """By round, too: the figures of the pipeline open this list."""
        return lookup == "application__round__id__exact" or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request):
        return False  # a stay begins at an accepted application

    def has_change_permission(self, request, obj=None):
        return False  # the case page acts

    def change_view(self, request, object_id, form_url="", extra_context=None):
        stay = get_object_or_404(self.get_queryset(request), pk=object_id)
        return redirect(stay)

    def get_urls(self):
        export = path("export/", self.admin_site.admin_view(self.export), name="placements_placement_export")
        return [export, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = {
            "may_export": request.user.has_perm("placements.export_placement"),
            "may_place": request.user.has_perm("placements.propose_placement"),
        }
        return super().changelist_view(request, {**may, **(extra_context or {})})

    @method_decorator(require_safe)
    def export(self, request):
        """The list as it is filtered, as CSV."""
        if not request.user.has_perm("placements.export_placement"):
            raise PermissionDenied
        return _csv(self.get_changelist_instance(request).get_queryset(request))

    @admin.action(description=_("CSV of the chosen ones"), permissions=["view"])
    def export_chosen(self, request, queryset):
        if not request.user.has_perm("placements.export_placement"):
            raise PermissionDenied
        return _csv(queryset)

    @admin.display(description=_("apprentice"), ordering="apprentice__family_name")
    def name(self, stay):
        application = stay.application
        case = f"{application.reference} · {application.round.name}" if application else ""
        return format_html('<span class="u-cell">{}<small>{}</small></span>', stay.apprentice.full_name, case)

    @admin.display(description=_("where"), ordering="partner__country")
    def where(self, stay):
        place = f"{stay.host.city}, {countries.name(stay.partner.country)}"
        return format_html('<span class="u-cell">{}<small>{}</small></span>', place, stay.host.name)

    @admin.display(description=_("stay"), ordering="starts_on")
    def dates(self, stay):
        end = formats.day(stay.ends_on, "short") if stay.ends_on else gettext("last day missing")
        return f"{formats.day(stay.starts_on, 'short')} – {end}"

    @admin.display(description=_("state"), ordering="status")
    def state(self, stay):
        return status_pill(stay)

    @admin.display(description=_("days in this state"), ordering="-status_since")
    def since(self, stay):
        return (clock.now() - stay.status_since).days

    @admin.display(description=_("trade"), ordering="apprentice__trade__name_nb")
    def trade(self, stay):
        return stay.apprentice.trade or "–"


def _csv(stays):
    header = [
        _("Reference"), _("Apprentice"), _("Trade"), _("Round"), _("Country"), _("City"), _("Host partner"),
        _("Host"), _("First day"), _("Last day"), _("Days"), _("Travel days"), _("Activity"), _("Project"),
        _("State"),
    ]  # fmt: skip
    stays = stays.select_related("apprentice__trade", "partner", "host_company", "application__round", "project")
    return csv_response(f"stays-{clock.today():%Y-%m-%d}.csv", header, (_row(stay) for stay in stays.iterator(200)))


def _row(stay):
    application = stay.application
    return [
        application.reference if application else "",
        stay.apprentice.full_name,
        stay.apprentice.trade or "",
        application.round.name if application else "",
        countries.name(stay.partner.country),
        stay.host.city,
        stay.partner.name,
        stay.host.name,
        stay.starts_on,
        stay.ends_on,
        stay.days,
        stay.travel_days,
        stay.get_activity_display(),
        stay.project.code if stay.project else "",
        stay.get_status_display(),
    ]


def _half(day):
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def _half_words(half):
    year, _sep, number = half.partition("-")
    words = gettext("spring %(year)s") if number == "1" else gettext("autumn %(year)s")
    return words % {"year": year}
