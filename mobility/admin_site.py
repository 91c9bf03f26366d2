"""The web admin: the coordinators' workbench, on Django's own admin."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfficeAdminSite(admin.AdminSite):
    site_title = "Utferd"
    site_header = "Utferd"
    index_title = _("Workbench")
    enable_nav_sidebar = True

    # (icon, words, url name, permission)
    NAVIGATION = (
        ("home", _("Workbench"), "admin:index", None),
        ("file", _("Applications"), "admin:apprentices_application_changelist", "apprentices.view_application"),
        ("search", _("Search"), "reporting:search", "reporting.search"),
        ("star", _("My reviews"), "apprentices:reviews", "apprentices.give_review"),
        ("clock", pgettext_lazy("application rounds", "Rounds"), "admin:apprentices_round_changelist",
         "apprentices.view_round"),
        ("user", _("Apprentices"), "admin:apprentices_apprentice_changelist", "apprentices.view_apprentice"),
        ("plane", pgettext_lazy("stays abroad", "Stays"), "admin:placements_placement_changelist",
         "placements.view_placement"),
        ("pin", _("Who is abroad"), "placements:who_is_abroad", "placements.view_who_is_abroad"),
        ("globe", _("Partners"), "admin:partners_partner_changelist", "partners.view_partner"),
        ("euro", _("Projects"), "admin:grants_project_changelist", "grants.view_project"),
        ("book", _("Rate tables"), "grants:rates", "grants.view_ratecopy"),
        ("chart", _("Reports"), "reporting:reports", "reporting.view_reportjob"),
        ("users", _("People"), "accounts:people", "accounts.view_membership"),
        ("mail", _("Outbox"), "accounts:outbox", "common.view_outboundmail"),
    )  # fmt: skip

    def has_permission(self, request):
        return request.user.is_active and request.user.is_authenticated and request.user.is_staff

    def each_context(self, request):
        context = super().each_context(request)
        context["office_nav"] = self.navigation(request) if context["has_permission"] else []
        return context

    def navigation(self, request):
        """The menu: only what this person may open."""
        items = []
        for icon, label, name, permission in self.NAVIGATION:
            if permission and not request.user.has_perm(permission):
                continue
            url = reverse(name)
            current = request.path == url or (name != "admin:index" and request.path.startswith(url))
            items.append({"icon": icon, "label": label, "url": url, "current": current, "count": None})
        return items

    def index(self, request, extra_context=None):
        from reporting.selectors import workbench  # the admin site is made before the apps are loaded

        return super().index(request, {**(extra_context or {}), "workbench": workbench(request.user)})

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """The admin has no door of its own: strangers sign in where everybody does, second factor included."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
