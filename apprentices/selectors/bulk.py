"""What a bulk action would do to the chosen applications, and which it leaves out, with the reason."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apprentices.enums import EndorsementAnswer
from apprentices.models import Application, Endorsement
from apprentices.selectors.endorsements import REMINDED_IN, REST, employer_of
from mobility.common import clock


@dataclass
class Plan:
    """``does``: (application, the employer's row) of each mail. ``left_out``: reason -> the applications it keeps out."""

    does: list[tuple[Application, Endorsement]] = field(default_factory=list)
    left_out: dict[str, list[Application]] = field(default_factory=dict)


def reminders_of_employers(applications) -> Plan:
    """One mail to each employer who was asked and has not answered. Prefetch ``endorsements``."""
    plan = Plan()
    for application in applications:
        endorsement = employer_of(application)
        reason = why_not_reminded(application, endorsement)
        if reason:
            plan.left_out.setdefault(reason, []).append(application)
        else:
            endorsement.application = application  # with its office and round, which the caller has
            plan.does.append((application, endorsement))
    return plan


def why_not_reminded(application, endorsement) -> str:
    """Why this employer gets no reminder among many; "" when it is sent."""
    if endorsement is None:
        return _("No employer was asked.")
    if endorsement.answer != EndorsementAnswer.WAITING:
        return _("The employer has answered.")
    if application.status not in REMINDED_IN:
        return _("The application is decided or withdrawn: no answer is needed now.")
    if clock.now() - (endorsement.reminded_at or endorsement.asked_at) < REST:
        return _("Asked or reminded in the last three days.")
    return ""
