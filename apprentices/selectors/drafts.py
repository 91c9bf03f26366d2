"""What the form must know about a draft: what is missing, who is under age, which steps are done."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus
from apprentices.models import Application
from mobility.common import clock

STEPS = ("contact", "apprenticeship", "stay")
ADULT = 18  # years


@dataclass(frozen=True)
class Missing:
    """One thing that keeps an application from being sent: the step and the field where it is put right."""

    step: str
    field: str
    sentence: str

    def __str__(self):
        return self.sentence


def missing_for_submission(application) -> list[Missing]:
    """Everything that is missing, in the order of the form. The check page, the stepper and the guard ask here.

    The round and the confirmed address are not in it: no field of the three steps puts them right.
    """
    return [*_of_contact(application), *_of_apprenticeship(application), *_of_stay(application)]


def needs_guardian(application) -> bool:
    """Whether the applicant is under 18 today or at the first departure (which is never earlier)."""
    if application.birth_date is None:
        return False
    day = min(clock.today(application.office.tz), application.round.departs_from)
    return age_on(application.birth_date, day) < ADULT


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Age in whole years; born on 29 February, one grows older on 1 March in ordinary years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def sent_already(application):
    """Another application of the same address in the same round that was sent and not withdrawn, or None."""
    return (
        Application.objects.filter(round=application.round_id, email__iexact=application.email)
        .exclude(pk=application.pk)
        .exclude(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN])
        .first()
    )


def _asked(application, step, sentences):
    return [
        Missing(step, field, sentence)
        for field, sentence in sentences.items()
        if getattr(application, field) in ("", None)
    ]


def _of_contact(application):
    return _asked(
        application,
        "contact",
        {
            "given_name": _("Write your given name"),
            "email": _("Write your e-mail address"),
            "phone": _("Write your mobile number"),
            "consented_at": _("Tick that you consent"),
        },
    )


def _of_apprenticeship(application):
    sentences = {
        "birth_date": _("Write your date of birth"),
        "trade_id": _("Choose your trade"),
        "contract_kind": _("Choose the kind of contract"),
        "contract_starts_on": _("Write when your training period began"),
        "contract_ends_on": _("Write when your training period ends"),
        "company_name": _("Write the name of your training company"),
        "manager_name": _("Write the name of your training manager"),
        "manager_email": _("Write the e-mail address of your training manager"),
    }
    if needs_guardian(application):
        sentences["guardian_name"] = _("Write the name of your guardian")
        sentences["guardian_email"] = _("Write the e-mail address of your guardian")
    found = _asked(application, "apprenticeship", sentences)
    for field, sentence in (
        ("manager_email", _("The training manager cannot have the same e-mail address as you")),
        ("guardian_email", _("Your guardian cannot have the same e-mail address as you")),
    ):
        address = getattr(application, field)
        if address and address.lower() == application.email.lower():
            found.append(Missing("apprenticeship", field, sentence))
    ends_on = application.contract_ends_on
    if ends_on and ends_on < application.round.returns_from:
        found.append(
            Missing(
                "apprenticeship",
                "contract_ends_on",
                _("Your training period ends before the stay does: you cannot take part in this round"),
            )
        )
    return found


def _of_stay(application):
    found = _asked(
        application,
        "stay",
        {
            "english_level": _("Choose how well you speak English"),
            "motivation": _("Tell why you want to go"),
        },
    )
    if not application.countries and not application.goes_anywhere:
        found.insert(0, Missing("stay", "first_country", _("Choose at least one country")))
    return found


def first_gap(missing: list[Missing]) -> str:
    """The step where the form goes on: the first with something missing, else the check."""
    return missing[0].step if missing else "check"


def stepper(round_pk, application, missing, here) -> list[dict]:
    """The route for components/stepper.html. Before there is a draft, only the first step can be opened."""
    gaps = {item.step for item in missing}
    labels = {
        "contact": _("About you"),
        "apprenticeship": _("Your apprenticeship"),
        "stay": _("Your stay"),
        "check": _("Check and send"),
    }
    steps = []
    for step, label in labels.items():
        url = reverse(f"apprentices:apply_{step}", args=[round_pk]) if application or step == "contact" else None
        steps.append({"label": label, "url": url, "state": _state(application, step, here, gaps)})
    return steps


def _state(application, step, here, gaps):
    if step == here:
        return "here"
    if application is None or step == "check":
        return "ahead"
    if step not in gaps:
        return "done"
    begun = {"contact": "given_name", "apprenticeship": "trade_id", "stay": "english_level"}[step]
    return "gap" if getattr(application, begun) or here == "check" else "ahead"
