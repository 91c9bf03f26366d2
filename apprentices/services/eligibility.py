"""Keeping the outcome of the rules with each application, and making an exception from them."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import EligibilityLevel
from apprentices.models import Application, EligibilityCheck
from apprentices.selectors.eligibility import RULES_VERSION, worst
from apprentices.selectors.eligibility_facts import findings_of, is_decided, undecided
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock

TASK = "apprentices.check_eligibility"


@transaction.atomic
def check_eligibility(*, application) -> EligibilityCheck | None:
    """Compute the findings and keep them, if they or the version of the rules are new. Safe to run twice.

    A decided application (also by a pending decision) keeps the outcome it was decided on, whatever has changed since.
    An exception stands until a finding changes: it was made from what the coordinator saw.
    """
    application = lock(application)
    before = EligibilityCheck.objects.filter(application=application).first()
    if is_decided(application):
        return before
    findings = findings_of(application)
    stored = [finding.as_json() for finding in findings]
    if before and before.rules_version == RULES_VERSION and before.findings == stored:
        return before
    row = before or EligibilityCheck(application=application)
    if before and before.findings != stored:
        row.excepted_at, row.excepted_by, row.exception_reason = None, None, ""
    row.rules_version, row.computed_at = RULES_VERSION, clock.now()
    row.findings, row.level = stored, worst(findings)
    row.save()
    return row


def recheck_round(*, round) -> int:  # noqa: A002 - the domain's word
    """Compute anew what is undecided in a round whose dates or rules have changed; says how many there were."""
    return _recheck(undecided().filter(round=round))


def recheck_apprentice(*, apprentice) -> int:
    """Compute anew the person's undecided applications: call it after a contract was imported, approved or changed."""
    return recheck_people(pks=[apprentice.pk])


def recheck_people(*, pks) -> int:
    """The same for many people at once, by their keys."""
    return _recheck(undecided().filter(apprentice__in=list(pks)))


@transaction.atomic
def make_exception(*, application, by, reason) -> EligibilityCheck:
    """Let an application go on although a rule is broken. The reason stays with the check and in its history.

    Raises Refused when nothing blocks, TransitionNotAllowed when the application is decided already.
    """
    application = lock(application)
    row = EligibilityCheck.objects.select_for_update().filter(application=application).first()
    if row is None or row.level != EligibilityLevel.BLOCK:
        raise Refused(_("No rule keeps this application from going on."))
    if is_decided(application):
        raise TransitionNotAllowed(_("This application is decided already."))
    row.excepted_at, row.excepted_by, row.exception_reason = clock.now(), by, reason
    row.save(update_fields=["excepted_at", "excepted_by", "exception_reason"])
    return row


def _recheck(applications) -> int:
    found = list(applications.order_by("pk"))
    for application in found:
        check_eligibility(application=application)
    return len(found)


def check_one(application_id: int) -> None:
    """What the task does for one row that the sweeper found."""
    application = Application.objects.filter(pk=application_id).first()
    if application is not None:
        check_eligibility(application=application)
