from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mobility.accounts"
    label = "accounts"
    verbose_name = _("Office and people")

    def ready(self):
        from mobility.accounts.services.addresses import ACCOUNTS  # models are loaded now
        from mobility.common import addresses  # models are loaded now

        addresses.register(ACCOUNTS)
