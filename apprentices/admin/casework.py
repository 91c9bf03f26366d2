"""The office's own work on the case page: notes, officer, unread mark, and the list that the case was opened from."""

import copy

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import QueryDict
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apprentices.forms.casework import NoteForm
from apprentices.models import Application
from apprentices.selectors import casework, completeness
from apprentices.selectors.neighbours import neighbours_in
from apprentices.views.completeness import NAME as QUEUE
from apprentices.views.completeness import as_filters, filters_of
from apprentices.views.together import Together

FILTERS = "_changelist_filters"  # where Django's admin keeps the address of the list
FIRST_PAGE = "p=1"


class OfficerFilter(admin.SimpleListFilter):
    """Own cases, those of colleagues, and those of nobody."""

    title = gettext_lazy("case officer")
    parameter_name = "officer"

    def lookups(self, request, model_admin):
        return [
            ("me", _("My cases")),
            ("others", _("Of colleagues")),
            ("nobody", pgettext("case officer", "Nobody")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "me":
            return queryset.filter(owner=request.user)
        if self.value() == "nobody":
            return queryset.filter(owner=None)
        if self.value() == "others":
            return queryset.exclude(owner=None).exclude(owner=request.user)
        return queryset


class UnreadFilter(admin.SimpleListFilter):
    """Cases with news since the reader last had them open."""

    title = gettext_lazy("news")
    parameter_name = "news"

    def lookups(self, request, model_admin):
        return [("unread", _("Something new for me"))]

    def queryset(self, request, queryset):
        return queryset.filter(casework.unread(request.user)) if self.value() == "unread" else queryset


class ListedFrom:
    """Mixin of the admin of applications: a case that was opened from a list knows which."""

    def get_preserved_filters(self, request):
        """Also of a list without any filter: else nobody could tell that the case was opened from one."""
        kept = super().get_preserved_filters(request)
        is_list = request.resolver_match.url_name.endswith("_changelist")
        return kept or (urlencode({FILTERS: FIRST_PAGE}) if is_list else "")


class _Rows(ChangeList):
    """The rows of a list in its order, without counting or fetching a page of them."""

    def get_results(self, request):
        self.result_list, self.result_count, self.can_show_all, self.multi_page = [], 0, False, False


def casework_context(model_admin, request, application) -> dict:
    """What ``templates/apprentices/case`` shows of it."""
    user = request.user
    can_note = user.has_perm("apprentices.add_casenote", application)
    follows = user.has_perm("apprentices.follow_cases", application)
    return {
        "notes": casework.notes_of(user, application)
        if user.has_perm("apprentices.view_casenote", application)
        else [],
        "note_form": NoteForm(application=application, by=user, for_colleagues=False) if can_note else None,
        "together": Together(request, [application]) if can_note else None,
        "can_give": user.has_perm("apprentices.give_case", application),
        "follows": follows,
        "is_unread": follows and application.is_unread,
        "listed": _listed(model_admin, request, application),
        "case_query": request.GET.urlencode(),
    }


def _listed(model_admin, request, application):
    """The neighbours as addresses, and the way back; None where the case was not opened from a list."""
    rows, order, back_url, words = _list_of(model_admin, request)
    if rows is None:
        return None
    found = neighbours_in(rows, order, application.pk)
    query = request.GET.urlencode()
    case = "admin:apprentices_application_change"
    return {
        "before": found.before and f"{reverse(case, args=[found.before])}?{query}",
        "after": found.after and f"{reverse(case, args=[found.after])}?{query}",
        "place": found.place,
        "total": found.total,
        "back_url": back_url,
        "words": words,
    }


def _list_of(model_admin, request):
    if request.GET.get("in") == QUEUE:
        chosen = filters_of(request.GET)
        rows = completeness.incomplete(request.user, **as_filters(request.user, chosen))
        back_url = f"{reverse('apprentices:completeness')}?{urlencode(chosen)}"
        return rows, completeness.ORDER, back_url, _("What is missing")
    if FILTERS in request.GET:
        filters = request.GET[FILTERS]
        rows, order = _rows_of_list(model_admin, request, filters)
        changelist = reverse("admin:apprentices_application_changelist")
        return rows, order, f"{changelist}?{filters}", _("Applications")
    return None, (), "", ""


def _rows_of_list(model_admin, request, filters):
    """The queryset of the admin's list with these filters, and its order. A filter that is none finds nothing."""
    asked = copy.copy(request)
    asked.GET = QueryDict(filters)
    asked.resolver_match = resolve(reverse("admin:apprentices_application_changelist"))
    rows = _Rows(
        asked, Application, model_admin.get_list_display(asked), None, _used(model_admin.list_filter, asked.GET),
        None, model_admin.get_search_fields(asked), False, model_admin.list_per_page, 0, (), model_admin,
        model_admin.get_sortable_by(asked), "",
    )  # fmt: skip
    return rows.queryset.select_related(None).prefetch_related(None), rows.get_ordering(asked, rows.root_queryset)


def _used(list_filter, asked):
    """The filters that the address uses: each of the others would only fetch its choices."""
    names = {key.split("__")[0] for key in asked}
    return [spec for spec in list_filter if (spec[0] if isinstance(spec, tuple) else spec.parameter_name) in names]
