"""The admin, with our site class."""

from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules


class OfficeAdminConfig(AdminConfig):
    default_site = "mobility.admin_site.OfficeAdminSite"

    def ready(self):
        autodiscover_modules("permissions")  # the admin and the views ask for them by name
        super().ready()
