from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    label = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from mobility.common import addresses  # models are loaded now
        from partners import permissions  # noqa: F401 - names the rights; models are loaded now
        from partners.services.addresses import PLACES  # models are loaded now

        for place in PLACES:
            addresses.register(place)
