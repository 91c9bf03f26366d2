"""What the form must know about a draft: what is missing, who is under age, which steps are done."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.ages import of_age_if_born_by
from apprentices.enums import ApplicationStatus, TrainingOfficeAnswer
from apprentices.models import Application
from apprentices.selectors.eligibility_facts import blocks_of
from apprentices.selectors.eligibility_words import sentence
from mobility.common import clock

STEPS = ("contact", "person", "apprenticeship", "stay", "motivation")
GUARDIANS = ("guardian_name", "guardian_email", "second_guardian_name", "second_guardian_email")
BEGUN = {
    "contact": "given_name",
    "person": "birth_date",
    "apprenticeship": "trade_id",
    "stay": "english_level",
    "motivation": "motivation",
}
"""A step with something missing is marked only once this field of it is filled in, or on the check page."""


PUT_RIGHT = {
    "too_young": ("person", "birth_date"),
    "too_old": ("person", "birth_date"),
    "trade_not_in_round": ("apprenticeship", "trade_id"),
    "few_months": ("apprenticeship", "contract_starts_on"),
    "training_ends_before_return": ("apprenticeship", "contract_ends_on"),
    "contract_does_not_cover": ("apprenticeship", "contract_ends_on"),
    "not_the_first_stay": ("stay", "has_earlier_stays"),
}
"""Finding that blocks -> the step and field where a slip of the hand is put right."""


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

    The round and the confirmed address are not in it: no field of the steps puts them right.
    """
    return [
        *_of_contact(application),
        *_of_person(application),
        *_of_apprenticeship(application),
        *_of_stay(application),
        *_asked(application, "motivation", {"motivation": _("Tell why you want to go")}),
        *_of_rules(application),
    ]


def needs_guardian(application) -> bool:
    """Whether the applicant is under 18 today or at the first departure (which is never earlier)."""
    if application.birth_date is None:
        return False
    return application.birth_date > adult_if_born_by(application)


def adult_if_born_by(application) -> datetime.date:
    """The latest date of birth of somebody who is 18 today, and at the first departure."""
    return of_age_if_born_by(min(clock.today(application.office.tz), application.round.departs_from))


def sent_already(application):
    """Another application of the same address in the same round that was sent and not withdrawn, or None."""
    return (
        Application.objects.filter(round=application.round_id, email__iexact=application.email)
        .exclude(pk=application.pk)
        .exclude(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN])
        .first()
    )


def drafts_of(address):
    """Every unsent draft of an address, the one that was saved last first. Only for who has proved the address."""
    return (
        Application.objects.held_by_applicant()
        .filter(email__iexact=address, status=ApplicationStatus.DRAFT, replaced_by=None)
        .select_related("round", "office", "late_admission")
        .order_by("-saved_at", "-pk")
    )


def other_drafts(application):
    """Unsent drafts of the same address in the same round, without this one. Only for who has proved the address."""
    return drafts_of(application.email).filter(round=application.round_id).exclude(pk=application.pk)


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


def _of_person(application):
    sentences = {"birth_date": _("Write your date of birth")}
    if needs_guardian(application):
        sentences["guardian_name"] = _("Write the name of your guardian")
        sentences["guardian_email"] = _("Write the e-mail address of your guardian")
        if application.second_guardian_name:
            sentences["second_guardian_email"] = _("Write the e-mail address of your second guardian")
    sentences["gender"] = _("Choose a gender, or that you would rather not say")
    sentences["nationality"] = _("Choose your nationality")
    if not application.has_protected_address:
        sentences["address"] = _("Write your address")
        sentences["postal_code"] = _("Write your postal code")
        sentences["postal_place"] = _("Write your postal place")
        sentences["municipality"] = _("Write your municipality")
    found = _asked(application, "person", sentences)
    if needs_guardian(application):
        words = _("Your guardian cannot have the same e-mail address as you")
        for field in ("guardian_email", "second_guardian_email"):
            found += _own_address(application, "person", field, words)
    return found


def _of_apprenticeship(application):
    sentences = {
        "trade_id": _("Choose your trade"),
        "contract_kind": _("Choose the kind of contract"),
        "contract_starts_on": _("Write when your training period began"),
        "contract_ends_on": _("Write when your training period ends"),
        "company_name": _("Write the name of your training company"),
        "training_office_answer": _("Choose your training office, or that you have none"),
    }
    if application.training_office_answer == TrainingOfficeAnswer.OTHER:
        sentences["training_office_name"] = _("Write the name of your training office")
    sentences["manager_name"] = _("Write the name of your training manager")
    sentences["manager_email"] = _("Write the e-mail address of your training manager")
    found = _asked(application, "apprenticeship", sentences)
    words = _("The training manager cannot have the same e-mail address as you")
    found += _own_address(application, "apprenticeship", "manager_email", words)
    return found


def _of_rules(application):
    """Rules of eligibility that the applicant's own statements show to be broken. A draft with one is not sent."""
    return [Missing(*PUT_RIGHT[finding.code], sentence(finding)) for finding in blocks_of(application)]


def _of_stay(application):
    sentences = {
        "english_level": _("Choose how well you speak English"),
        "has_earlier_stays": _("Answer whether you have been abroad with Erasmus+ before"),
    }
    if application.has_earlier_stays:
        sentences["earlier_where"] = _("Write where you have been with Erasmus+")
    found = _asked(application, "stay", sentences)
    has_dates = application.earlier_starts_on and application.earlier_ends_on
    if application.has_earlier_stays and not (application.earlier_days or has_dates):
        found.append(Missing("stay", "earlier_days", _("Write from when to when you were away, or how many days")))
    if not application.countries and not application.goes_anywhere:
        found.insert(0, Missing("stay", "first_country", _("Choose at least one country")))
    return found


def _own_address(application, step, field, words):
    address = getattr(application, field)
    return [Missing(step, field, words)] if address and address.lower() == application.email.lower() else []


def first_gap(missing: list[Missing]) -> str:
    """The step where the form goes on: the first with something missing, else the check."""
    return missing[0].step if missing else "check"


def stepper(round_pk, application, missing, here) -> list[dict]:
    """The route for components/stepper.html. Before there is a draft, only the first step can be opened."""
    gaps = {item.step for item in missing}
    labels = {
        "contact": _("How we reach you"),
        "person": _("About you"),
        "apprenticeship": _("Your apprenticeship"),
        "stay": _("Your stay"),
        "motivation": _("Your motivation"),
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
    return "gap" if getattr(application, BEGUN[step]) or here == "check" else "ahead"
