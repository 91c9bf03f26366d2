"""Mails of the stay itself: arrived, come home, how was it."""

from django.conf import settings
from django.urls import reverse

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox
from placements.enums import EvaluationBy


def arrived(placement):
    """Tell the apprentice where the weekly log is."""
    apprentice = placement.apprentice
    outbox.queue(
        "placements/email/arrived",
        to=outbox.To(apprentice.email, apprentice.written_form, apprentice.full_name, apprentice.user),
        office=placement.office,
        context={
            "placement": placement,
            "url": settings.SITE_URL + reverse("placements:weekly_log", args=[placement.pk]),
        },
        about={"placement": placement.pk},
    )


def asked_to_evaluate(evaluation):
    """A signed link to the one party; older links to the same evaluation are worth nothing from now on."""
    placement = evaluation.placement
    to = _party(evaluation)
    links.revoke(purpose=LinkPurpose.EVALUATE, object_id=evaluation.pk)
    fresh = links.create(
        purpose=LinkPurpose.EVALUATE,
        object_id=evaluation.pk,
        office=placement.office,
        address=to.address,
        language=to.language,
        name=to.name,
    )
    outbox.queue(
        f"placements/email/evaluate_{evaluation.by}",
        to=to,
        office=placement.office,
        context={"placement": placement, "url": fresh.url, "link": fresh.link},
        about={"placement": placement.pk, "evaluation": evaluation.pk},
        secrets=fresh.secrets,
    )


def _party(evaluation):
    if evaluation.by == EvaluationBy.PARTNER:
        partner = evaluation.placement.partner
        return outbox.To(partner.email, partner.language, partner.name)
    apprentice = evaluation.placement.apprentice
    return outbox.To(apprentice.email, apprentice.written_form, apprentice.full_name, apprentice.user)
