"""Load the demo offices once, all or nothing."""

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from mobility.accounts.models import Office
from mobility.common.errors import Refused
from reporting.demo import (
    abroad,
    agreements,
    casework,
    consortium,
    decisions,
    details,
    grants,
    home,
    lists,
    offices,
    register,
    reviewing,
    selection,
    stays,
)
from reporting.demo.source import Demo, read

MARK = "intsek"  # the office whose presence says that the demo was loaded


@transaction.atomic
def load() -> bool:
    """Write the invented offices with dates around today; returns False when they are here already.

    Raises Refused on anything but the demo settings.
    """
    if not settings.DEMO:
        raise Refused("These settings are those of a real installation: invented people have no place in it.")
    if Office.objects.filter(slug=MARK).exists():
        return False
    demo = Demo()
    for part in (
        offices,
        home,
        selection,
        reviewing,
        details,
        abroad,
        stays,
        grants,
        agreements,
        consortium,
        register,
        casework,
        decisions,
        lists,
    ):
        part.load(demo)
    return True


def sign_ins() -> list[tuple[str, str, str]]:
    """Office, address and name of everybody whose sign-in is ``<role>@<office>.example``."""
    found = []
    for raw in read("offices")["offices"]:
        office = Office.objects.get(slug=slugify(raw["short_name"]))
        ours = office.memberships.filter(user__email__endswith=f"@{office.slug}.example").select_related("user")
        found += [(office.short_name, membership.user.email, str(membership.user)) for membership in ours]
    return found
