"""How a stay moves. Buttons, tests and the diagram in the docs are made from these tables."""

from mobility.common.workflow import Transition
from placements.enums import AgreementStatus as A
from placements.enums import PlacementStatus as S
from placements.enums import VisitStatus as V

FIND_HOST = Transition.of("find_host", [S.PROPOSED], S.HOST_FOUND)
REFUSE = Transition.of("refuse", [S.PROPOSED], S.REFUSED)
CONFIRM = Transition.of("confirm", [S.HOST_FOUND], S.CONFIRMED)
MAKE_READY = Transition.of("make_ready", [S.CONFIRMED], S.READY)
CONFIRM_ARRIVAL = Transition.of("confirm_arrival", [S.CONFIRMED, S.READY], S.ABROAD)
CONFIRM_RETURN = Transition.of("confirm_return", [S.ABROAD], S.RETURNED)
FINISH_EVALUATION = Transition.of("finish_evaluation", [S.RETURNED], S.EVALUATED)
CLOSE = Transition.of("close", [S.EVALUATED], S.CLOSED)
CANCEL = Transition.of("cancel", [S.PROPOSED, S.HOST_FOUND, S.CONFIRMED, S.READY], S.CANCELLED)
CHANGE_HOST = Transition.of("change_host", [S.PROPOSED, S.HOST_FOUND, S.CONFIRMED, S.READY], S.PROPOSED)
SIGN_AGAIN = Transition.of("sign_again", [S.READY], S.CONFIRMED)

PLACEMENT_MOVES = (
    FIND_HOST,
    REFUSE,
    CONFIRM,
    MAKE_READY,
    CONFIRM_ARRIVAL,
    CONFIRM_RETURN,
    FINISH_EVALUATION,
    CLOSE,
    CANCEL,
    CHANGE_HOST,
    SIGN_AGAIN,
)

SIGN_LAST = Transition.of("sign_last", [A.SIGNING], A.SIGNED)
REPLACE = Transition.of("replace", [A.SIGNING, A.SIGNED], A.REPLACED)

AGREEMENT_MOVES = (SIGN_LAST, REPLACE)

CANCEL_VISIT = Transition.of("cancel", [V.BOOKED], V.CANCELLED)

VISIT_MOVES = (CANCEL_VISIT,)
