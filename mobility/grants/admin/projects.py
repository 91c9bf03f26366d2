"""Projects in the web admin: the grant agreement, the agency's daily rates, the awarded budget."""

from decimal import Decimal

from django.contrib import admin
from django.db.models import Sum
from django.forms import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mobility.common import formats
from mobility.common.admin import OfficeForm, OfficeScopedAdmin, OfficeTabularInline
from mobility.common.errors import Refused
from mobility.grants.arithmetic import base_rate_problem
from mobility.grants.enums import ParticipantKind, Provenance
from mobility.grants.models import BaseRate, BudgetLine, Project
from mobility.grants.models.projects import PROJECT_CODE
from mobility.grants.rates import MissingRate
from mobility.grants.selectors import rates_of
from mobility.grants.services.rates import price_later

COUNTRY_GROUPS = (1, 2, 3)


class ProjectForm(OfficeForm):
    """A project is priced by a table of its own call year."""

    def clean(self):
        data = super().clean()
        copy, code = data.get("rate_copy"), data.get("code") or ""
        if copy and PROJECT_CODE.fullmatch(code) and copy.call_year != int(code[:4]):
            words = gettext("This table is of call year %(year)s; the project is of %(own)s.")
            self.add_error("rate_copy", words % {"year": copy.call_year, "own": code[:4]})
        return data


class BaseRateFormSet(BaseInlineFormSet):
    """Holds every daily rate against the range that the Guide of the project's call year allows."""

    def clean(self):
        super().clean()
        if not PROJECT_CODE.fullmatch(self.instance.code or ""):
            return  # the project's own form says so
        for form in self.forms:
            facts = form.cleaned_data if form.is_valid() else {}
            if facts.get("eur_per_day") is not None:
                self._check(form, facts)

    def _check(self, form, facts):
        try:
            rates = rates_of(self.instance)
            problem = base_rate_problem(
                facts["eur_per_day"], facts["participant_kind"], facts["country_group"], rates=rates
            )
        except Refused as refusal:
            problem = str(refusal)
        if problem:
            form.add_error("eur_per_day", problem)


class BaseRateInline(OfficeTabularInline):
    model = BaseRate
    formset = BaseRateFormSet
    verbose_name_plural = _("Daily rates of the national agency, EUR")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.base_rates.exists() else len(COUNTRY_GROUPS)


class BudgetLineInline(OfficeTabularInline):
    model = BudgetLine
    verbose_name_plural = _("Awarded budget by heading, EUR")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.budget_lines.exists() else 4


@admin.register(Project)
class ProjectAdmin(OfficeScopedAdmin):
    """The call year is in the code and decides the rates; which ones they are is shown beside it."""

    list_display = ["code", "title", "starts_on", "ends_on", "awarded_eur", "limits", "reports"]
    search_fields = ["code", "title"]
    form = ProjectForm
    inlines = [BaseRateInline, BudgetLineInline]
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["code", "title", "starts_on", "ends_on", "awarded"]}),
        (_("What the programme pays"), {"fields": ["rates_read", "rate_copy", "allowed_rates", "in_lines", "limits"]}),
    ]
    readonly_fields = ["rates_read", "allowed_rates", "in_lines", "limits"]

    def get_fieldsets(self, request, obj=None):
        """A new project has no call year yet: nothing to say about its rates."""
        return self.fieldsets if obj else self.fieldsets[:1]

    def save_related(self, request, form, formsets, change):
        """Another table or another daily rate: the open stays are priced anew."""
        super().save_related(request, form, formsets, change)
        rates = next((each for each in formsets if each.model is BaseRate), None)
        if change and (
            "rate_copy" in form.changed_data or "code" in form.changed_data or (rates and rates.has_changed())
        ):
            price_later(project=form.instance)

    @admin.display(description=_("awarded grant"), ordering="awarded")
    def awarded_eur(self, project):
        return formats.eur(project.awarded)

    @admin.display(description=_("reports"))
    def reports(self, project):
        return format_html(
            '<a href="{}?project={}">{}<span class="u-vh"> {}</span></a>',
            reverse("reporting:reports"),
            project.pk,
            gettext("Reports"),
            project.code,
        )

    @admin.display(description=_("limits"))
    def limits(self, project):
        return format_html(
            '<a href="{}">{}<span class="u-vh"> {}</span></a>',
            reverse("reporting:checks", args=[project.pk]),
            gettext("Limits"),
            project.code,
        )

    @admin.display(description=_("unit costs"))
    def rates_read(self, project):
        try:
            rates = rates_of(project)
        except MissingRate as missing:
            return str(missing)
        words = gettext("Call year %(year)s, %(provenance)s") % {
            "year": project.call_year,
            "provenance": Provenance(rates.provenance).label,
        }
        copy = project.rate_copy
        url = copy.get_absolute_url() if copy else reverse("grants:rate_table", args=[project.call_year])
        return format_html('<a href="{}">{}</a> ({})', url, words, copy.name if copy else gettext("comes with Utferd"))

    @admin.display(description=_("daily rates that the Guide allows"))
    def allowed_rates(self, project):
        try:
            rates = rates_of(project)
        except MissingRate as missing:
            return str(missing)
        rows = [
            (kind.label, group, formats.number(low) if low is not None else "–", formats.number(high))
            for kind in ParticipantKind
            for group in COUNTRY_GROUPS
            for low, high in [rates.base_rate_range(kind, group)]
        ]
        line = gettext("%(who)s, country group %(group)s: %(low)s to %(high)s EUR a day")
        words = (
            (line % {"who": who.capitalize(), "group": group, "low": low, "high": high},)
            for who, group, low, high in rows
        )
        return format_html_join(mark_safe("<br>"), "{}", words)

    @admin.display(description=_("sum of the budget lines"))
    def in_lines(self, project):
        """Says so when the lines do not add up to the awarded grant."""
        total = project.budget_lines.aggregate(sum=Sum("awarded"))["sum"] or Decimal(0)
        if total == project.awarded:
            return gettext("%(sum)s, as awarded") % {"sum": formats.eur(total)}
        return gettext("%(sum)s; the awarded grant is %(awarded)s") % {
            "sum": formats.eur(total),
            "awarded": formats.eur(project.awarded),
        }
