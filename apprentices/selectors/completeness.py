"""Cases that lack something before they can go on: what, who acts, and the next step; longest waiting first."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.ages import of_age_if_born_by
from apprentices.enums import ApplicationStatus, EligibilityLevel, EndorsementAnswer, EndorsementKind
from apprentices.models import Application, CompletionRequest, Endorsement
from apprentices.selectors.drafts import needs_guardian
from apprentices.selectors.eligibility import Finding
from apprentices.selectors.eligibility_facts import UNDECIDED
from apprentices.selectors.eligibility_words import lines
from apprentices.selectors.endorsements import endorsements_of, is_needed, of_grown_ups
from mobility.common import clock, formats

S = ApplicationStatus
STOPS = (EligibilityLevel.BLOCK, EligibilityLevel.UNKNOWN)
ORDER = ("status_since", "pk")
WAITING = {
    EndorsementKind.EMPLOYER: gettext_lazy("The employer has not answered (%(name)s)."),
    EndorsementKind.TRAINING_OFFICE: gettext_lazy("The training office has not given its opinion (%(name)s)."),
    EndorsementKind.GUARDIAN: gettext_lazy("The guardian has not answered (%(name)s)."),
}
REFUSED = {
    EndorsementKind.EMPLOYER: gettext_lazy("The employer does not consent (%(name)s)."),
    EndorsementKind.GUARDIAN: gettext_lazy("The guardian does not consent (%(name)s)."),
}


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. ``who`` is a code of the tag ``turn``; ``do`` the words of the button to ``url``."""

    sentence: str
    who: str
    url: str = ""
    do: str = ""


@dataclass(frozen=True)
class Row:
    application: Application
    lacks: list[Lack]

    @property
    def days(self) -> int:
        return (clock.now() - self.application.status_since).days


def incomplete(user, *, round_id=None, owner_id=None):
    """The cases, for a page or to step through: nobody decides on them before what is missing is there, or let go."""
    asked = Endorsement.objects.filter(application=OuterRef("pk"))
    waiting = asked.filter(answer=EndorsementAnswer.WAITING).exclude(of_grown_ups())
    refused = asked.filter(answer=EndorsementAnswer.NO, kind__in=REFUSED).exclude(of_grown_ups())
    late = CompletionRequest.objects.open().filter(application=OuterRef("pk"), due_on__lt=clock.today())
    minor = Q(birth_date__gt=of_age_if_born_by(clock.today()))
    found = (
        Application.objects.visible_to(user)
        .filter(status__in=UNDECIDED)
        .filter(
            Exists(waiting)
            | Exists(refused)
            | ~Exists(asked.filter(kind=EndorsementKind.EMPLOYER))
            | minor & ~Exists(asked.filter(kind=EndorsementKind.GUARDIAN))
            | Q(eligibility__level__in=STOPS, eligibility__excepted_at=None)
            | Q(status=S.RETURNED) & Exists(late)
        )
    )
    if round_id:
        found = found.filter(round=round_id)
    return found.filter(owner=owner_id) if owner_id else found


def rows_of(user, applications) -> list[Row]:
    """Each case of a page with what it lacks; ``applications``: a page of ``incomplete`` with what ``loaded`` adds."""
    may = {
        right: user.has_perm(f"apprentices.{right}")
        for right in ("chase_endorsement", "make_exception", "return_application")
    }
    today = clock.today(user.working_office.tz)
    return [Row(each, [*_people(each, may), *_rules(each, may), *_late(each, may, today)]) for each in applications]


def loaded(applications):
    """What ``rows_of`` reads, in two more queries whatever the number of rows."""
    related = applications.select_related("office", "round", "trade", "eligibility", "owner")
    return related.prefetch_related("endorsements", "completion_requests").defer("motivation", "competence_aims")


def _people(application, may):
    rows = endorsements_of(application)
    kinds = {row.kind for row in rows}
    if EndorsementKind.EMPLOYER not in kinds:
        yield Lack(_("The employer has not been asked."), "office", **_return(application, may))
    if needs_guardian(application) and EndorsementKind.GUARDIAN not in kinds:
        yield Lack(_("The applicant is under 18, and no guardian is named."), "apprentice", **_return(application, may))
    for row in rows:
        if not is_needed(row):
            continue
        if row.answer == EndorsementAnswer.WAITING:
            url = reverse("apprentices:remind_endorsement", args=[row.pk]) if may["chase_endorsement"] else ""
            yield Lack(str(WAITING[row.kind]) % {"name": row.name}, row.kind, url, _("Remind now …"))
        elif row.answer == EndorsementAnswer.NO and row.kind in REFUSED:
            yield Lack(str(REFUSED[row.kind]) % {"name": row.name}, "office")


def _rules(application, may):
    found = getattr(application, "eligibility", None)
    if found is None or found.excepted_at:
        return
    findings = [Finding.from_json(stored) for stored in found.findings]
    for line in lines([each for each in findings if each.level in STOPS], to_office=True):
        is_broken = line.level == EligibilityLevel.BLOCK
        url = reverse("apprentices:make_exception", args=[application.pk])
        step = {"url": url, "do": _("Make an exception …")} if is_broken and may["make_exception"] else {}
        yield Lack(line.sentence, "office", **(step or _return(application, may)))


def _late(application, may, today):
    if application.status != S.RETURNED:
        return
    for asked in application.completion_requests.all():
        if asked.answered_at is None and asked.due_on < today:
            words = _("What was to be completed by %(day)s has not come.") % {"day": formats.day(asked.due_on, "near")}
            url = reverse("apprentices:close_completion", args=[application.pk]) if may["return_application"] else ""
            yield Lack(words, "apprentice", url, _("Go on without the answer …"))


def _return(application, may):
    """The step that asks the applicant, where it is possible."""
    if application.status == S.RETURNED or not may["return_application"]:
        return {}
    url = reverse("apprentices:return_application", args=[application.pk])
    return {"url": url, "do": _("Return for completion …")}
