"""Addresses of the pages of placing, and what their forms are filled with."""

from django.urls import reverse

from tests.factories import days

ANSWER = {"contact_name": "Łukasz Żółć", "contact_email": "lukasz@example.com", "lodging": "Room 4"}
TEXTS = {"language": "nb", "tasks": "Stell og omsorg.", "outcomes": "planlegge en dag\n\nfølge hygienereglene\n"}
SIGN = {"has_read": "on", "typed_name": "Åse-Marie Øygården"}


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def facts(opening, project, **more):
    """The form that places somebody: 98 days at an opening, paid by a project."""
    return {
        "opening": opening.pk,
        "starts_on": days(102).isoformat(),
        "ends_on": days(199).isoformat(),
        "travel_days": 2,
        "project": project.pk,
    } | more
