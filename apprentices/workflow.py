"""How an application and a round move. Buttons, tests and the diagram in the docs are made from these tables."""

from apprentices.enums import AppealStatus as K
from apprentices.enums import ApplicationStatus as S
from apprentices.enums import InterviewStatus as I
from apprentices.enums import RoundStatus as R
from mobility.common.workflow import Transition

SUBMIT = Transition.of("submit", [S.DRAFT], S.SUBMITTED)
START_REVIEW = Transition.of("start_review", [S.SUBMITTED], S.IN_REVIEW)
RETURN_FOR_COMPLETION = Transition.of("return_for_completion", [S.SUBMITTED, S.IN_REVIEW], S.RETURNED)
# back to where it was: a table of arrows has one for each end
COMPLETE = Transition.of("complete", [S.RETURNED], S.SUBMITTED)
COMPLETE_IN_REVIEW = Transition.of("complete_in_review", [S.RETURNED], S.IN_REVIEW)
OFFER = Transition.of("offer", [S.IN_REVIEW, S.WAITING_LIST], S.OFFERED)
PUT_ON_WAITING_LIST = Transition.of("put_on_waiting_list", [S.IN_REVIEW], S.WAITING_LIST)
REJECT = Transition.of("reject", [S.IN_REVIEW, S.WAITING_LIST], S.REJECTED)
ACCEPT = Transition.of("accept", [S.OFFERED], S.ACCEPTED)
DECLINE = Transition.of("decline", [S.OFFERED], S.DECLINED)
LAPSE = Transition.of("lapse", [S.OFFERED], S.LAPSED)  # the clock, after the last day to answer
WITHDRAW = Transition.of(
    "withdraw", [S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.OFFERED, S.WAITING_LIST, S.ACCEPTED], S.WITHDRAWN
)
DEFER = Transition.of("defer", [S.IN_REVIEW, S.OFFERED, S.WAITING_LIST, S.ACCEPTED], S.DEFERRED)
# after an appeal was upheld: moves of their own, so that nobody decides anew without one
OFFER_ON_APPEAL = Transition.of("offer_on_appeal", [S.REJECTED, S.WAITING_LIST], S.OFFERED)
WAIT_ON_APPEAL = Transition.of("wait_on_appeal", [S.REJECTED], S.WAITING_LIST)

APPLICATION_MOVES = (
    SUBMIT,
    START_REVIEW,
    RETURN_FOR_COMPLETION,
    COMPLETE,
    COMPLETE_IN_REVIEW,
    OFFER,
    PUT_ON_WAITING_LIST,
    REJECT,
    ACCEPT,
    DECLINE,
    LAPSE,
    WITHDRAW,
    DEFER,
    OFFER_ON_APPEAL,
    WAIT_ON_APPEAL,
)

OPEN_ROUND = Transition.of("open", [R.PREPARED], R.OPEN)
PUBLISH_ROUND = Transition.of("publish", [R.OPEN, R.PUBLISHED], R.PUBLISHED)

ROUND_MOVES = (OPEN_ROUND, PUBLISH_ROUND)

# --- interviews -----------------------------------------------------------------------------------------------------
PICK_TIME = Transition.of("pick_time", [I.INVITED, I.BOOKED], I.BOOKED)  # from BOOKED: moved to another time
GIVE_TIME_BACK = Transition.of("give_time_back", [I.BOOKED], I.INVITED)
NOTE_OUTCOME = Transition.of("note_outcome", [I.BOOKED, I.HELD], I.HELD)
NOTE_MISSED = Transition.of("note_missed", [I.BOOKED], I.MISSED)
CALL_OFF = Transition.of("call_off", [I.INVITED, I.BOOKED], I.CALLED_OFF)

INTERVIEW_MOVES = (PICK_TIME, GIVE_TIME_BACK, NOTE_OUTCOME, NOTE_MISSED, CALL_OFF)

# --- appeals --------------------------------------------------------------------------------------------------------
ADMIT_LATE_APPEAL = Transition.of("admit_late_appeal", [K.RECEIVED], K.ADMITTED)
REFUSE_LATE_APPEAL = Transition.of("refuse_late_appeal", [K.RECEIVED], K.REFUSED)
SEND_ON_APPEAL = Transition.of("send_on_appeal", [K.RECEIVED, K.ADMITTED], K.SENT_ON)
UPHOLD_APPEAL = Transition.of("uphold_appeal", [K.RECEIVED, K.ADMITTED, K.SENT_ON], K.UPHELD)
UPHOLD_IN_PART = Transition.of("uphold_in_part", [K.RECEIVED, K.ADMITTED, K.SENT_ON], K.PARTLY)
REJECT_APPEAL = Transition.of("reject_appeal", [K.RECEIVED, K.ADMITTED, K.SENT_ON], K.REJECTED)

APPEAL_MOVES = (
    ADMIT_LATE_APPEAL,
    REFUSE_LATE_APPEAL,
    SEND_ON_APPEAL,
    UPHOLD_APPEAL,
    UPHOLD_IN_PART,
    REJECT_APPEAL,
)
