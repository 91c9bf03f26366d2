"""The base of every ModelAdmin: scoped to the working office, rights by ``rules`` predicates, states read-only.

An app's admin is then mostly a list of columns::

    @admin.register(Round)
    class RoundAdmin(OfficeScopedAdmin):
        list_display = ["name", "opens_at"]
        list_select_related = ["project"]

What it gives:

* ``get_queryset`` goes through ``visible_to(request.user)``: a foreign row is the same 404 as a missing one.
* ``has_view/add/change_permission`` ask ``user.has_perm("app.view_model", obj)``: register these names in the app's
  ``permissions.py`` with ``rules.add_perm`` (and the bare app label, which shows the app at all). Deleting is off.
* ``office`` and ``status`` never stand in a form; a new row belongs to the working office, before it is validated.
* Choices of foreign keys, in forms and in autocompletion, are cut down by the related model's ``visible_to``.
* ``ScopedFilter`` for ``list_filter = [("round", ScopedFilter)]``: a plain "round" there would list every office's rows.
* Models with ``HistoricalRecords`` show those as their history, instead of the admin's own log.
* Inlines: ``OfficeTabularInline`` and ``OfficeStackedInline`` scope their choices and ask ``rules`` with the parent row.

Actions that move a row are pages of their own or admin actions that show ``office_page.confirm_page`` first and then
call one service inside ``office_page.attempt``, which tells the user why a service refused.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mobility.common.admin_lists import FoldedSearch, SavedFilters
from mobility.common.office_page import office_context

HISTORY = "history"  # the name of HistoricalRecords on every model that keeps them
HISTORY_LIMIT = 200  # rows


class OfficeForm(forms.ModelForm):
    """Belongs to an office from the start, so that constraints that name the office are checked by the form."""

    office_id = None  # set by OfficeScopedAdmin.get_form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.office_id and self.instance.pk is None and _has_column(self.instance, "office"):
            self.instance.office_id = self.office_id

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"office"}


class ScopedChoices:
    """Mixin of admins and inlines: a foreign key offers what the person may see; dates are the browser's own fields."""

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a foreign key stands "add" only: changing another row from here would surprise."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = field.widget.can_delete_related = False
        return field

    def get_field_queryset(self, db, db_field, request):
        queryset = super().get_field_queryset(db, db_field, request)
        if queryset is None:
            queryset = db_field.remote_field.model._default_manager.all()  # noqa: SLF001
        return queryset.visible_to(request.user) if hasattr(queryset, "visible_to") else queryset


class ScopedFilter(admin.RelatedFieldListFilter):
    """A filter by a related row that offers what the person may see."""

    def field_choices(self, field, request, model_admin):
        related = field.remote_field.model._default_manager  # noqa: SLF001
        return [(row.pk, str(row)) for row in related.visible_to(request.user)]


class OfficeScopedAdmin(SavedFilters, FoldedSearch, ScopedChoices, admin.ModelAdmin):
    """See the module's docstring."""

    form = OfficeForm
    actions_on_top = True  # without it the stock list writes an inline style
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each costs a COUNT of the whole list
    view_on_site = False
    list_per_page = 100
    never_in_forms = ("office", "status", "status_since")

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """The stock admin sends the person to the front page; here a missing page is missing."""
        raise Http404

    def action_checkbox(self, obj):
        """The stock box, written out: its widget renders a template for each row."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            _("Choose %(row)s") % {"row": obj},
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        office = request.user.working_office
        form.office_id = office.pk if office else None
        return form

    def get_exclude(self, request, obj=None):
        names = {field.name for field in self.opts.get_fields()}
        return [*(super().get_exclude(request, obj) or ()), *(name for name in self.never_in_forms if name in names)]

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_add_permission(self, request):
        return self._may(request, "add", None)

    def has_delete_permission(self, request, obj=None):
        return False

    def _may(self, request, act, obj):
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(act, self.opts)}", obj)

    # --- history: simple-history's rows where the model keeps them ---------------------------------------------------
    def log_addition(self, request, obj, message):
        return None if self._keeps_history() else super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        return None if self._keeps_history() else super().log_change(request, obj, message)

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what and when. A foreign row is not found."""
        if not self._keeps_history():
            return super().history_view(request, object_id, extra_context)
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = office_context(
            request,
            title=_("History"),
            eyebrow=str(obj),
            edits=edits_of(obj),
            object=obj,
            opts=self.opts,
            **(extra_context or {}),
        )
        return TemplateResponse(request, "admin/edits.html", context)

    def _keeps_history(self):
        return hasattr(self.model, HISTORY)


class OfficeInline(ScopedChoices):
    """Mixin of inlines: rights are those on the inline's own model, asked with the parent row."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_add_permission(self, request, obj):
        return self._may(request, "add", obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def _may(self, request, act, parent):
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(act, self.opts)}", parent)


class OfficeTabularInline(OfficeInline, admin.TabularInline):
    pass


class OfficeStackedInline(OfficeInline, admin.StackedInline):
    pass


def edits_of(obj):
    """Newest first: (row of the history, its changes as (label, old, new))."""
    rows = list(getattr(obj, HISTORY).select_related("history_user")[:HISTORY_LIMIT])
    return [(row, _changes(row, older)) for row, older in zip(rows, [*rows[1:], None], strict=True)]


def _changes(row, older):
    if older is None:
        return []
    delta = row.diff_against(older, foreign_keys_are_objs=True)
    labels = {field.name: field.verbose_name for field in row.tracked_fields}
    return [(labels[change.field], change.old, change.new) for change in delta.changes]


def _has_column(instance, name):
    return any(field.name == name and isinstance(field, models.ForeignKey) for field in instance._meta.fields)  # noqa: SLF001
