"""What the programme says of each activity. Source: Programme Guide 2026, vocational and adult education.

Lengths are days of the physical part with both ends; travel days are left out, and a recess is not counted.
"""

from dataclasses import dataclass

from mobility.grants.enums import ActivityType, ParticipantKind

A = ActivityType
LEARNER, STAFF = ParticipantKind.VET_LEARNER, ParticipantKind.STAFF


@dataclass(frozen=True)
class Activity:
    """``rates``: whose daily rates pay it, None where nothing is paid by the day. ``least`` and ``most``: days.

    ``least_with_fewer_opportunities``: how short it may be, with a reason, for them. ``goes_outside``: allowed in
    countries that are not associated to the programme (accredited projects only).
    """

    rates: ParticipantKind | None
    least: int | None = None
    most: int | None = None
    least_with_fewer_opportunities: int | None = None
    has_linguistic_support: bool = False
    has_reinforced_linguistic_support: bool = False
    has_course_fee: bool = False
    goes_outside: bool = False


ACTIVITIES = {
    A.SHORT_TERM_LEARNER: Activity(LEARNER, 10, 89, 2, has_linguistic_support=True, goes_outside=True),
    A.LONG_TERM_LEARNER: Activity(
        LEARNER, 90, 365, has_linguistic_support=True, has_reinforced_linguistic_support=True, goes_outside=True
    ),
    A.GROUP_MOBILITY: Activity(LEARNER, 2, 30),
    A.SKILLS_COMPETITION: Activity(LEARNER, 1, 10, goes_outside=True),
    A.JOB_SHADOWING: Activity(STAFF, 2, 60, has_linguistic_support=True, goes_outside=True),
    A.TEACHING_OR_TRAINING: Activity(STAFF, 2, 365, has_linguistic_support=True, goes_outside=True),
    A.COURSES_AND_TRAINING: Activity(STAFF, 2, 10, has_course_fee=True),
    A.INVITED_EXPERT: Activity(STAFF, 2, 60),
    A.HOSTED_TEACHER: Activity(STAFF, 10, 365, has_linguistic_support=True),
    A.PREPARATORY_VISIT: Activity(None),
    A.ADU_SHORT_TERM: Activity(LEARNER, 2, 29, has_linguistic_support=True),
    A.ADU_LONG_TERM: Activity(LEARNER, 30, 365, has_linguistic_support=True, has_reinforced_linguistic_support=True),
    A.ADU_GROUP: Activity(LEARNER, 2, 30),
}
LEARNER_STAYS = (A.SHORT_TERM_LEARNER, A.LONG_TERM_LEARNER)
"""What an apprentice's stay can be; which of the two follows from its length."""

NEVER = frozenset({"BY", "RU"})
"""Belarus and Russia take no part, in whatever role."""
