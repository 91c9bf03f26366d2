"""The admin, with our site class."""

from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules


class OfficeAdminConfig(AdminConfig):
    default_site = "mobility.admin_site.OfficeAdminSite"

    def ready(self):
        """Load every app's rights, and keep out of the workbench what has pages of its own: addresses, factors, groups."""
        autodiscover_modules("permissions")  # the admin and the views ask for them by name
        super().ready()
        from allauth.account.models import EmailAddress  # models are loaded now
        from allauth.mfa.models import Authenticator
        from django.contrib import admin
        from django.contrib.auth.models import Group

        for model in (EmailAddress, Authenticator, Group):
            if admin.site.is_registered(model):
                admin.site.unregister(model)
