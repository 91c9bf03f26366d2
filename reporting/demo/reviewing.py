"""What reviewers and interviews leave behind: a tie, a declared conflict, times, invitations and their outcome."""

import datetime

from apprentices.enums import ApplicationStatus, InterviewStatus, TieKind
from apprentices.models import (
    Application,
    Conflict,
    CriteriaChange,
    Interview,
    InterviewPlace,
    InterviewStatusChange,
    InterviewTime,
    Review,
    Tie,
)
from apprentices.selectors.criteria import snapshot
from mobility.accounts.enums import Role
from mobility.accounts.models import User
from reporting.demo.home import INTSEK
from reporting.demo.source import Demo, save_all

LENGTH, STEP = 20, datetime.timedelta(minutes=30)


def load(demo: Demo) -> None:
    """The round that is being judged now gets interviews; nothing here where no round is."""
    judged = list(
        Application.objects.filter(office=demo[INTSEK], status=ApplicationStatus.IN_REVIEW)
        .select_related("round", "apprentice__user")
        .order_by("-round__opens_at", "reference")
    )
    load_tie(demo)
    if not judged:
        return
    found = judged[0].round
    load_criteria_change(demo, found)
    load_conflict(demo, judged)
    load_interviews(demo, found, [each for each in judged if each.round_id == found.pk])


def load_tie(demo: Demo) -> None:
    reviewer = (
        User.objects.filter(memberships__office=demo[INTSEK], memberships__role=Role.REVIEWER).order_by("pk").first()
    )
    if reviewer is not None:
        Tie.objects.create(
            office=demo[INTSEK],
            person=reviewer,
            kind=TieKind.COMPANY,
            name="Skrubbsulten",
            note="Søsteren min er daglig leder",
            declared_at=demo.at(-60),
        )


def load_criteria_change(demo: Demo, found) -> None:
    """The English name of one criterion was corrected after opening."""
    criteria = list(found.criteria.all())
    after = snapshot(criteria)
    code = criteria[0].code
    before = {**after, code: {**after[code], "name_en": f"{after[code]['name_en']}s"}}
    CriteriaChange.objects.create(
        round=found,
        version=found.criteria_version,
        before=before,
        after=after,
        reason="Skrivefeil i det engelske navnet.",
        at=demo.at(-20, "09:15"),
        by=demo["user:staff-01"],
    )


def load_conflict(demo: Demo, judged) -> None:
    """Somebody could not judge one of them; the other reviewers were free."""
    for application in judged:
        readers = set(Review.objects.filter(application=application).values_list("reviewer", flat=True))
        free = (
            User.objects.filter(memberships__office=demo[INTSEK], memberships__role=Role.REVIEWER)
            .exclude(pk__in=readers)
            .order_by("pk")
            .first()
        )
        if free is not None:
            Conflict.objects.create(
                application=application, person=free, reason="Nabo av familien", declared_at=demo.at(-5, "18:40")
            )
            return


def load_interviews(demo: Demo, found, applications) -> None:
    """Last week two came; next week one time is chosen and three are free; one has not chosen yet."""
    days = [(-3, "09:00"), (-3, "09:30"), (9, "13:00"), (9, "13:30"), (9, "14:00"), (10, "09:00")]
    staff = demo["user:staff-01"]
    times = save_all(
        InterviewTime,
        [
            InterviewTime(
                round=found, starts_at=demo.at(day, clock), minutes=LENGTH, where="Parkgata 64, Hamar",
                interviewer=staff, opened_at=demo.at(-9), opened_by=staff,
            )
            for day, clock in days
        ],
    )  # fmt: skip
    places = save_all(InterviewPlace, [InterviewPlace(time=time, number=1) for time in times])
    courses = [
        (InterviewStatus.HELD, places[0], "Vet hvorfor hun vil reise, og har lest seg opp på verten."),
        (InterviewStatus.HELD, places[1], "Stille, men modnere enn søknaden viser."),
        (InterviewStatus.BOOKED, places[2], ""),
        (InterviewStatus.INVITED, None, ""),
    ]
    for application, (status, place, outcome) in zip(applications, courses, strict=False):
        interview = Interview.objects.create(
            application=application,
            status=status,
            status_since=demo.at(-2),
            place=place,
            pick_by=demo.on(8),
            invited_at=demo.at(-8),
            invited_by=staff,
            outcome=outcome,
            outcome_by=staff if outcome else None,
        )
        log = [("invite", "", InterviewStatus.INVITED, demo.at(-8), staff)]
        if place is not None:
            picked = application.apprentice.user
            log.append(("pick_time", InterviewStatus.INVITED, InterviewStatus.BOOKED, demo.at(-6), picked))
        if outcome:
            log.append(
                ("note_outcome", InterviewStatus.BOOKED, InterviewStatus.HELD, place.time.starts_at + STEP, staff)
            )
        save_all(
            InterviewStatusChange,
            [
                InterviewStatusChange(interview=interview, name=name, from_status=before, to_status=after, at=at, by=by)
                for name, before, after, at, by in log
            ],
        )
