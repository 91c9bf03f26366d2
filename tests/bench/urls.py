"""Our addresses, and beside them the pages that ours are measured against."""

from django.contrib import admin
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_safe

from apprentices.models import Application
from mobility.urls import urlpatterns as ours

BYTES = 20_000
COLUMNS = ("reference", "full_name", "status", "trade", "round", "apprentice", "company_name", "submitted_at", "email")
FLOOR = """<!doctype html><title>Floor</title><p>{{ count }}</p><table>{% for row in rows %}<tr>
<td>{{ row.reference }}</td><td>{{ row.full_name }}</td><td>{{ row.get_status_display }}</td><td>{{ row.trade }}</td>
<td>{{ row.round }}</td><td>{{ row.apprentice }}</td><td>{{ row.company_name }}</td>
<td>{{ row.submitted_at|date:"Y-m-d" }}</td><td>{{ row.email }}</td></tr>{% endfor %}</table>"""


class StockApplications(admin.ModelAdmin):
    """A change list as Django's tutorial makes it, of the same nine columns."""

    list_display = COLUMNS
    list_select_related = ("trade", "round", "apprentice")
    list_per_page = 100
    ordering = ("-submitted_at", "-pk")

    def has_view_permission(self, request, obj=None):
        return True

    has_change_permission = has_delete_permission = has_module_permission = has_view_permission


class StockSearch(StockApplications):
    """The same with a box: what Django's tutorial searches in."""

    search_fields = ("reference", "given_name", "family_name", "email", "company_name")


stock = StockApplications(Application, admin.AdminSite(name="admin"))
searched = StockSearch(Application, admin.AdminSite(name="admin"))


@require_safe
def stock_list(request):
    response = stock.changelist_view(request)
    response.using = "stock"
    return response


@require_safe
def stock_search(request):
    response = searched.changelist_view(request)
    response.using = "stock"
    return response


@require_safe
def bare(request):
    """Signed in, all the middleware, no query of its own."""
    return HttpResponse("x" * BYTES)


@require_safe
def floor_list(request):
    """What a list of 100 rows with three joins costs with nothing around it."""
    rows = Application.objects.select_related("trade", "round", "apprentice").order_by("-submitted_at", "-pk")
    template = engines["stock"].from_string(FLOOR)
    return HttpResponse(template.render({"rows": rows[:100], "count": Application.objects.count()}, request))


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/floor/", floor_list),
    path("bench/stock/", stock_list),
    path("bench/stock-search/", stock_search),
    *ours,
]
