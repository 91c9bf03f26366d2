"""People and rows that the tests of placing share."""

import pytest

from apprentices.enums import ApplicationStatus
from placements.enums import PlacementStatus
from placements.services import agreements, signatures
from tests import factories
from tests.at_once import outcomes, together
from tests.factories import days

OUTCOMES = ["plan a day of care", "explain hygiene rules"]


@pytest.fixture
def project(office):
    return factories.ProjectFactory(office=office)


@pytest.fixture
def accepted(office, apprentice_user, project):
    """An application whose apprentice has an account and said yes."""
    round_ = factories.RoundFactory(office=office, project=project)
    application = factories.ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.ACCEPTED)
    application.apprentice.user = apprentice_user
    application.apprentice.save()
    return application


@pytest.fixture
def opening(partner_access):
    return factories.OpeningFactory(partner=partner_access.partner, places=1)


@pytest.fixture
def stay(accepted, opening, project):
    """``stay(status)``: a stay of the accepted applicant at the partner that ``partner_user`` speaks for."""

    def make(status=PlacementStatus.PROPOSED, **facts):
        defaults = {
            "office": accepted.office,
            "apprentice": accepted.apprentice,
            "application": accepted,
            "project": project,
            "partner": opening.partner,
            "opening": opening,
            "host_company": opening.host_company,
            "status": status,
            "lodging": "Calle Feria 3",
        }
        return factories.PlacementFactory(**(defaults | facts))

    return make


@pytest.fixture
def confirmed(stay):
    return stay(PlacementStatus.CONFIRMED)


@pytest.fixture
def make(coordinator):
    """``make(placement)``: version 1 of the learning agreement in English."""

    def _make(placement, **facts):
        texts = {"language": "en", "tasks": "Daily care.", "outcomes": OUTCOMES, "monitoring": "Weekly talks."}
        return agreements.make_agreement(placement=placement, by=coordinator, **(texts | facts))

    return _make


@pytest.fixture
def agreement(confirmed, make):
    return make(confirmed)


@pytest.fixture
def at_once(many_connections):
    """``at_once(*acts, count=…)``: (what became of each act, sorted; what ``count()`` says afterwards)."""

    def _at_once(*acts, count):
        many_connections()
        return outcomes(*acts), together(count)[0]

    return _at_once


@pytest.fixture
def sign_all(coordinator, apprentice_user):
    """``sign_all(agreement, upto=2)``: the first so many parties sign, each in its own way."""

    def _sign_all(agreement, upto=None):
        for signature in list(agreement.signatures.order_by("position"))[:upto]:
            by = {"apprentice": apprentice_user, "office": coordinator}.get(signature.party)
            link = None if by else link_of(signature)
            signatures.sign(signature=signature, typed_name=signature.name, by=by, link=link)

    return _sign_all


def link_of(signature):
    """The open link that was mailed for a signature."""
    from mobility.accounts.models import AccessLink

    return AccessLink.objects.get(purpose="sign_agreement", object_id=signature.pk, used_at=None, revoked_at=None)


def mails(**about):
    """Templates and addresses of the queued mails, oldest first."""
    from mobility.common.models import OutboundMail

    return [
        (mail.template.removeprefix("placements/email/"), mail.to_address)
        for mail in OutboundMail.objects.filter(**about).order_by("pk")
    ]


__all__ = ["days", "link_of", "mails"]
