"""What the tests of decisions share: applications in review, offers that are out, a clock that can be set."""

from unittest import mock

from apprentices.enums import ApplicationStatus
from apprentices.models import SelectionSettings
from apprentices.services.decisions import decide
from apprentices.services.publication import publish_decisions
from mobility.accounts.enums import Role
from mobility.common import clock
from tests.factories import ApplicationFactory, ReviewFactory, member


def in_review(round_, *marks, **fields):
    application = ApplicationFactory(round=round_, submitted=True, **{"status": ApplicationStatus.IN_REVIEW, **fields})
    for mark in marks:
        ReviewFactory(application=application, marks=mark)
    return application


def published(round_, coordinator, *, offers=(), waiting=()):
    """Put these applications where they stand by a publication."""
    for result, applications in (("offer", offers), ("waiting_list", waiting)):
        if applications:
            decide(round=round_, applications=applications, result=result, by=coordinator)
    publish_decisions(round=round_, by=coordinator)


def settings_for(office, **values):
    return SelectionSettings.objects.update_or_create(office=office, defaults=values)[0]


def at(moment):
    """The clock stands at ``moment``."""
    return mock.patch.object(clock, "now", return_value=moment)


def with_account(application):
    """The applicant's own account, as everybody has one who has sent an application."""
    application.apprentice.user = member(Role.APPRENTICE, application.office)
    application.apprentice.save()
    return application


def state_of(application):
    application.refresh_from_db()
    return application.status
