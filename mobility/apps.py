"""The admin, with our site class."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    default_site = "mobility.admin_site.OfficeAdminSite"
