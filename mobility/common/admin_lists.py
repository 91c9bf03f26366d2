"""What every list of the web admin shares: pages that cost the same at any size, the folded search, filters by name.

A list shows its saved filters where its admin has ``list_filter``. A filter is the list's address without the page and
without a search (which may name a person): only parameters of this list's own filters and the order are kept.
"""

import re
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.common.models import SavedFilter
from mobility.common.office_page import confirm_page
from mobility.common.saved_filter_forms import ChangeFilterForm, SavedFilterForm
from mobility.common.search import matching

MOST_FILTERS = 30  # of one person for one list
LONGEST_QUERY = 500
PLACEHOLDER = "987654321"  # a key in an address, to be replaced by the row's


class NearPaginator(Paginator):
    """A page by its keys first, without joins and computed columns, counted from the nearer end; then its rows."""

    def page(self, number):
        number = self.validate_number(number)
        first, last = (number - 1) * self.per_page, min(number * self.per_page, self.count)
        rows: Any = self.object_list  # a query set: the admin gives nothing else
        if first > self.count - last:
            keys = rows.reverse().values("pk")[self.count - last : self.count - first]
        else:
            keys = rows.values("pk")[first:last]
        return Page(rows.filter(pk__in=keys), number, self)


class LightList(ChangeList):
    """A list whose links cost little: the stock one resolves every row's address again, once it has filters to keep."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._kept, self.preserved_filters = self.preserved_filters, ""
        self._before, _sep, self._after = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[PLACEHOLDER]
        ).partition(PLACEHOLDER)

    def url_for_result(self, result):
        url = f"{self._before}{result.pk}{self._after}"
        return f"{url}?{self._kept}" if self._kept else url


class FoldedSearch(admin.ModelAdmin):
    """Mixin: the box above the list asks the folded columns named in ``search_columns``."""

    search_columns: tuple[str, ...] = ()
    paginator = NearPaginator

    def get_changelist(self, request, **kwargs):
        return LightList

    def get_search_results(self, request, queryset, search_term):
        if not self.search_columns or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        return matching(queryset, search_term, columns=self.search_columns), False


class SavedFilters(admin.ModelAdmin):
    """Mixin: filters of this list by name, own ones and shared ones."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("filters/save/", self.admin_site.admin_view(self.save_filter), name=f"{name}_save_filter"),
            path("filters/<int:pk>/", self.admin_site.admin_view(self.open_filter), name=f"{name}_filter"),
            path("filters/<int:pk>/change/", self.admin_site.admin_view(self.change_filter), name=f"{name}_change_filter"),
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        query = self.canonical(request.GET.urlencode())
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            "saved_filters": self.saved_filters(request) if self.list_filter else [],
            "list_query": query,
            "save_filter_url": reverse(f"{name}_save_filter") if self.list_filter else "",
            "filter_url_name": f"{name}_filter",
            "change_filter_url_name": f"{name}_change_filter",
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def saved_filters(self, request):
        """The saved filters of this list that the person sees: one query."""
        return list(SavedFilter.objects.visible_to(request.user).filter(of_list=self.opts.label_lower))

    def canonical(self, query: str) -> str:
        """The filters of a query string in one order: those this list knows, and how it is ordered."""
        known = self._known_parameters()
        pairs = {(key, value) for key, value in parse_qsl(query[:2000]) if value and known.fullmatch(key)}
        return urlencode(sorted(pairs))

    def _known_parameters(self):
        names = [re.escape(ORDER_VAR)]
        for each in self.list_filter:
            if isinstance(each, str | tuple | list):
                field = str(each if isinstance(each, str) else each[0])
                names.append(re.escape(field) + r"(__(id|code|pk))?__(exact|isnull|in|gte|gt|lte|lt)")
            else:
                names.append(re.escape(getattr(each, "parameter_name", "")))
        return re.compile("|".join(names))

    # --- the pages ------------------------------------------------------------------------------------------------------
    @method_decorator(require_POST)
    def save_filter(self, request):
        """Give the present filters a name. The same name again is the same filter, with what is set now."""
        self._require_list(request)
        query = self.canonical(request.POST.get("query", ""))[:LONGEST_QUERY]
        form = SavedFilterForm(request.POST)
        back = self._list_url(query)
        if not query:
            messages.error(request, _("Set a filter first: there is nothing to save yet."))
            return HttpResponseRedirect(back)
        if form.is_valid() and not self._room_for(request, form.cleaned_data["name"]):
            words = _("You have %(number)s filters here: delete one before you save another.")
            form.add_error(None, words % {"number": MOST_FILTERS})
        if form.is_valid():
            made, is_new = SavedFilter.objects.update_or_create(
                office=request.user.working_office,
                owner=request.user,
                of_list=self.opts.label_lower,
                name=form.cleaned_data["name"],
                defaults={"query": query, "is_shared": form.cleaned_data["is_shared"]},
            )
            words = _("The filter “%(name)s” is saved.") if is_new else _("The filter “%(name)s” is changed.")
            messages.success(request, words % {"name": made.name})
            return HttpResponseRedirect(back)
        return confirm_page(
            request,
            title=_("Save the filters of this list"),
            eyebrow=str(self.opts.verbose_name_plural),
            submit=_("Save"),
            back_url=back,
            form=form,
            hidden=[("query", query)],
        )

    @method_decorator(require_safe)
    def open_filter(self, request, pk):
        """To the list, with the filters of this name; what is gone meanwhile is left out, and said."""
        self._require_list(request)
        saved = self._saved(request, pk)
        query, is_whole = self._still_there(request, self.canonical(saved.query))
        if not is_whole:
            words = _("A part of the filter “%(name)s” is gone (a round, a trade or a state that is not there any more): "
                      "it is left out here.")  # fmt: skip
            messages.warning(request, words % {"name": saved.name})
        return HttpResponseRedirect(self._list_url(query))

    @method_decorator(require_http_methods(["GET", "POST"]))
    def change_filter(self, request, pk):
        """Another name, shared or not, or deleted: the own ones."""
        self._require_list(request)
        saved = self._saved(request, pk)
        if saved.owner_id != request.user.pk:
            raise PermissionDenied
        now = {"name": saved.name, "is_shared": saved.is_shared}
        form = ChangeFilterForm(request.POST if request.method == "POST" else None, initial=now)
        back = self._list_url(self.canonical(saved.query))
        if request.method == "POST" and form.is_valid() and self._changed(request, saved, form):
            return HttpResponseRedirect(back)
        return confirm_page(
            request,
            title=_("Change the filter “%(name)s”") % {"name": saved.name},
            eyebrow=str(self.opts.verbose_name_plural),
            lead=_("The filters themselves: open it, change them in the list, and save under the same name."),
            submit=_("Save"),
            back_url=back,
            form=form,
        )

    # --- parts ----------------------------------------------------------------------------------------------------------
    def _changed(self, request, saved, form):
        if form.cleaned_data["delete"]:
            saved.delete()
            messages.success(request, _("The filter “%(name)s” is deleted.") % {"name": saved.name})
            return True
        saved.name, saved.is_shared = form.cleaned_data["name"], form.cleaned_data["is_shared"]
        try:
            with transaction.atomic():
                saved.save(update_fields=["name", "is_shared"])
        except IntegrityError:
            form.add_error("name", _("You have a filter of this name already."))
            return False
        messages.success(request, _("The filter “%(name)s” is changed.") % {"name": saved.name})
        return True

    def _require_list(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied

    def _saved(self, request, pk):
        return get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk, of_list=self.opts.label_lower)

    def _room_for(self, request, name):
        mine = SavedFilter.objects.filter(
            office=request.user.working_office, owner=request.user, of_list=self.opts.label_lower
        )
        return mine.exclude(name=name).count() < MOST_FILTERS

    def _list_url(self, query):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return f"{address}?{query}" if query else address

    def _still_there(self, request, query):
        """(the filters that still mean something, whether that is all of them)."""
        kept = []
        for key, value in parse_qsl(query):
            if self._row_is_there(request, key, value):
                kept.append((key, value))
        whole = len(kept) == len(parse_qsl(query))
        asked = request.GET
        request.GET = QueryDict(urlencode(kept))
        try:
            self.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return "", False
        finally:
            request.GET = asked
        return urlencode(kept), whole

    def _row_is_there(self, request, key, value):
        """Whether the row that a filter names is there and may be seen: ``round__id__exact=5``."""
        field_name, _sep, lookup = key.partition("__")
        field: Any = next((each for each in self.opts.get_fields() if each.name == field_name), None)
        if field is None or not lookup.endswith("exact"):
            return True
        if not field.is_relation:
            return not field.choices or value in dict(field.flatchoices)
        rows = field.related_model._default_manager.all()  # noqa: SLF001
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(request.user)
        return value.isdecimal() and rows.filter(pk=int(value)).exists()
