"""Registers of the people and organisations at home."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apprentices.models import Apprentice, Contract, Instructor, TrainingCompany, TrainingManager, TrainingOffice
from apprentices.selectors.duplicates import hints_of
from apprentices.selectors.mail_log import mails_of_person
from apprentices.services.eligibility import recheck_apprentice
from mobility.common.admin import OfficeScopedAdmin, OfficeStackedInline
from mobility.common.search import COLUMN

PERSON = ("given_name", "family_name", "email", "phone", "written_form")


class ContractInline(OfficeStackedInline):
    model = Contract
    fields = [
        ("kind", "company"),
        ("starts_on", "ends_on"),
        ("approved_on", "source", "external_id"),
        ("training_office", "training_manager", "instructor"),
    ]
    readonly_fields = ["source", "external_id"]


@admin.register(Apprentice)
class ApprenticeAdmin(OfficeScopedAdmin):
    list_display = ["full_name", "trade", "municipality", "email", "phone"]
    list_filter = ["written_form"]
    list_select_related = ["trade"]
    search_fields = ["given_name", "family_name", "call_name", "email"]
    search_columns = (COLUMN,)
    fieldsets = [
        (_("Person"), {"fields": [("given_name", "family_name"), ("call_name", "birth_date"), "municipality"]}),
        (_("Contact"), {"fields": [("email", "phone"), "written_form"]}),
        (_("Training"), {"fields": ["trade"]}),
    ]
    inlines = [ContractInline]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and request.user.has_perm("apprentices.compare_people", obj):
            context |= {"hints": list(hints_of(obj.pk)), "merged_rows": obj.merged_rows.count()}
        if obj is not None and request.user.has_perm("common.view_outboundmail", obj):
            context["mail_log"] = mails_of_person(request.user, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        """A contract that was approved, or a birth date put right, counts at once where nothing is decided yet."""
        super().save_related(request, form, formsets, change)
        if change:
            recheck_apprentice(apprentice=form.instance)

    def changelist_view(self, request, extra_context=None):
        rights = {
            "can_import": request.user.has_perm("apprentices.import_contracts"),
            "can_compare": request.user.has_perm("apprentices.compare_people"),
        }
        return super().changelist_view(request, {**(extra_context or {}), **rights})

    @admin.display(description=_("Name"), ordering="family_name")
    def full_name(self, apprentice):
        return apprentice.full_name


class TrainerAdmin(OfficeScopedAdmin):
    """Training managers and instructors: a person at a company."""

    list_display = ["full_name", "company", "email", "phone"]
    list_select_related = ["company"]
    search_fields = ["given_name", "family_name", "email", "company__name"]
    search_columns = (COLUMN, f"company__{COLUMN}")
    fieldsets = [
        (_("Person"), {"fields": [("given_name", "family_name"), "company"]}),
        (_("Contact"), {"fields": [("email", "phone"), "written_form"]}),
    ]

    @admin.display(description=_("Name"), ordering="family_name")
    def full_name(self, person):
        return person.full_name


admin.site.register([TrainingManager, Instructor], TrainerAdmin)


@admin.register(TrainingCompany)
class TrainingCompanyAdmin(OfficeScopedAdmin):
    list_display = ["name", "organisation_number", "municipality", "training_office"]
    list_select_related = ["training_office"]
    search_fields = ["name", "organisation_number", "municipality"]
    search_columns = (COLUMN,)
    fields = [("name", "organisation_number"), ("training_office", "municipality"), ("email", "phone")]


@admin.register(TrainingOffice)
class TrainingOfficeAdmin(OfficeScopedAdmin):
    list_display = ["name", "organisation_number", "contact_name", "email"]
    search_fields = ["name", "organisation_number"]
    search_columns = (COLUMN,)
    fields = [("name", "organisation_number"), "contact_name", ("email", "phone")]
