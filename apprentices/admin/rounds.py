"""Rounds: window, places, dates and criteria, then opening, ranking and publishing as pages of their own."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apprentices.enums import RoundStatus
from apprentices.forms.rounds import CriteriaFormSet, CriterionForm, NewRoundForm, RoundForm, Start
from apprentices.forms.selection import anchors_of
from apprentices.models import Criterion, Round
from apprentices.selectors.criteria import change_log, missing_for_change
from apprentices.selectors.ranking import seats
from apprentices.services.eligibility import recheck_round
from apprentices.services.rounds import add_standard_criteria, missing_for_opening
from apprentices.templatetags.selection import round_pill
from mobility.common import clock, formats
from mobility.common.admin import OfficeScopedAdmin, OfficeStackedInline

RULES = {"departs_from", "departs_to", "returns_from", "returns_to", "minimum_age", "maximum_age",
         "minimum_months_served", "first_stay_only", "trades"}  # fmt: skip


class CriterionInline(OfficeStackedInline):
    model = Criterion
    form = CriterionForm
    formset = CriteriaFormSet
    fields = [("position", "weight"), ("name_nb", "name_nn"), ("name_sv", "name_en"), "anchor_lines"]

    def has_add_permission(self, request, obj):
        return _is_prepared(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return _is_prepared(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        editable = self.has_change_permission(request, obj)
        return self.fields if editable else [*self.fields[:-1], "what_marks_mean"]

    def get_readonly_fields(self, request, obj=None):
        return [] if self.has_change_permission(request, obj) else ["what_marks_mean"]

    @admin.display(description=gettext_lazy("What the marks mean"))
    def what_marks_mean(self, criterion):
        return CriterionForm(instance=criterion).initial["anchor_lines"]


@admin.register(Round)
class RoundAdmin(OfficeScopedAdmin):
    form = RoundForm
    list_display = ["name", "state", "window", "places", "departure"]
    list_filter = ["status"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": [("name", "project"), ("places", "reference_prefix"), "owner"]}),
        (gettext_lazy("Window for applications"), {"fields": [("opens_at", "closes_at", "grace_minutes")]}),
        (
            gettext_lazy("Stay"),
            {
                "fields": [
                    ("departs_from", "departs_to"),
                    ("returns_from", "returns_to"),
                    ("decisions_by", "answer_by"),
                    "interview_notice_hours",
                ]
            },
        ),
        (
            gettext_lazy("Who can take part"),
            {
                "fields": [("minimum_age", "maximum_age"), ("minimum_months_served", "first_stay_only"), "trades"],
                "description": gettext_lazy(
                    "Leave empty what this round does not ask. A change is logged, and computed anew for everybody who "
                    "has no decision yet; a decided case stays as it was decided."
                ),
            },
        ),
    ]
    inlines = [CriterionInline]

    def get_fieldsets(self, request, obj=None):
        if obj is not None:
            return super().get_fieldsets(request, obj)
        return [*self.fieldsets, (gettext_lazy("Selection"), {"fields": ["start_with"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **({} if change else {"form": NewRoundForm}) | kwargs)

    def get_inlines(self, request, obj):
        return self.inlines if obj and _is_prepared(obj) else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Clock times are read and written in the office's zone, so the page is rendered inside of it."""
        with timezone.override(request.user.working_office.tz):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {
                "seats": seats(obj),
                "is_prepared": _is_prepared(obj),
                "missing": missing_for_opening(obj) if _is_prepared(obj) else [],
                "can_copy": request.user.has_perm("apprentices.add_round", obj),
                "can_open": _is_prepared(obj) and request.user.has_perm("apprentices.open_round", obj),
                "can_admit": obj.status == RoundStatus.OPEN
                and obj.closes_at <= clock.now()
                and request.user.has_perm("apprentices.admit_late", obj),
                "can_rank": not _is_prepared(obj) and request.user.has_perm("apprentices.view_ranking", obj),
                "can_publish": not _is_prepared(obj) and request.user.has_perm("apprentices.publish_decisions", obj),
                "applications": obj.applications.submitted().count(),
                "can_change_criteria": not _is_prepared(obj)
                and not missing_for_change(obj)
                and request.user.has_perm("apprentices.change_criteria", obj),
                "criteria_changes": change_log(obj) if not _is_prepared(obj) else [],
                "criteria": [(each, anchors_of(each).items()) for each in obj.criteria.all()],
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change and form.cleaned_data["start_with"] == Start.STANDARD:
            add_standard_criteria(round=obj)

    def save_related(self, request, form, formsets, change):
        """Other dates or rules: eligibility is computed anew where nobody has decided."""
        super().save_related(request, form, formsets, change)
        if change and RULES.intersection(form.changed_data):
            count = recheck_round(round=form.instance)
            words = ngettext(
                "Eligibility was computed anew for %(count)s application.",
                "Eligibility was computed anew for %(count)s applications.",
                count,
            )
            if count:
                messages.info(request, words % {"count": count})

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("The round is saved. Look at its criteria, then open it."))
        return HttpResponseRedirect(reverse("admin:apprentices_round_change", args=[obj.pk]))

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def state(self, found):
        return round_pill(found)

    @admin.display(description=gettext_lazy("Window for applications"), ordering="opens_at")
    def window(self, found):
        return _("%(opens)s to %(closes)s") % {
            "opens": formats.day(found.opens_at, "short"),
            "closes": formats.day(found.closes_at, "short"),
        }

    @admin.display(description=gettext_lazy("Departure"), ordering="departs_from")
    def departure(self, found):
        return formats.day(found.departs_from, "short")


def _is_prepared(found):
    return found is None or found.status == RoundStatus.PREPARED
