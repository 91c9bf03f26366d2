"""What the applicant reads on the status page: the route in friendly words, and whose turn it is."""

from django.utils.translation import gettext as _

from apprentices.enums import FRIENDLY_STATUS, ApplicationStatus, EndorsementAnswer
from apprentices.selectors.endorsements import employer_of
from mobility.accounts.enums import Role
from mobility.common import clock, formats

S = ApplicationStatus
AFTER_ANSWER = {S.OFFERED, S.ACCEPTED, S.DECLINED, S.REJECTED, S.WAITING_LIST}


def stations(application, moves, decision) -> list[dict]:
    """The route for components/timeline.html: what happened with its day, where it stands, what comes."""
    happened = {move.to_status: move.at for move in moves}
    endorsement = employer_of(application)
    route = [_station(_("Your application arrived"), "done", application.submitted_at)]
    if endorsement is not None:
        route.append(_employer(endorsement, application.status))
    if application.status == S.WITHDRAWN:
        return [*route, _station(FRIENDLY_STATUS[S.WITHDRAWN], "here", application.status_since)]
    if application.status == S.RETURNED:
        route.append(_station(FRIENDLY_STATUS[S.RETURNED], "here", application.status_since))
    answered = application.status in AFTER_ANSWER
    reading = "done" if answered else "ahead" if route[-1]["state"] == "here" else "here"
    route.append(_station(_("We read your application"), reading, happened.get(S.IN_REVIEW) if answered else None))
    if not answered:
        return [*route, _station(_("You get an answer"), "ahead"), _station(_("You travel"), "ahead")]
    if application.status in {S.REJECTED, S.WAITING_LIST, S.OFFERED}:
        route.append(_station(FRIENDLY_STATUS[application.status], "here", application.status_since))
    else:
        offered_at = decision.published_at if decision else happened.get(S.OFFERED)
        route.append(_station(_("You got an offer"), "done", offered_at))
        route.append(_station(FRIENDLY_STATUS[application.status], "here", application.status_since))
    if application.status in {S.OFFERED, S.WAITING_LIST, S.ACCEPTED}:
        route.append(_station(_("You travel"), "ahead"))
    return route


def _employer(endorsement, status):
    if endorsement.answer == EndorsementAnswer.YES:
        return _station(_("Your training manager said yes"), "done", endorsement.answered_at)
    if endorsement.answer == EndorsementAnswer.NO:
        return _station(_("Your training manager said no"), "done", endorsement.answered_at)
    if status == S.RETURNED:
        return _station(_("Your training manager answers"), "ahead")
    if status in {S.SUBMITTED, S.IN_REVIEW}:
        return _station(_("Your training manager answers"), "here")
    return _station(_("Your training manager did not answer"), "done")


def _station(what, state, moment=None):
    when = formats.day(moment, "plain") if moment else ""
    if state == "here" and not when:
        when = _("Now")
    return {"what": what, "state": state, "when": when}


def published_decision(application):
    """The newest decision that the applicant may know of, with its letter, or None."""
    return application.decisions.published().select_related("letter").first()


def has_only_the_apprentices_role(user) -> bool:
    """Whether the account is an apprentice's and nothing more: then a confirmed address is enough to sign in."""
    return not user.is_superuser and {membership.role for membership in user.current_memberships} == {Role.APPRENTICE}


def answer_deadline(application, decision):
    """The last day on which an offer can be answered: the decision's own, else the round's; None without one."""
    return (decision.answer_by if decision else None) or application.round.answer_by


def can_answer(application, decision) -> bool:
    """Whether there is an offer, and its last day has not passed."""
    if application.status != S.OFFERED:
        return False
    last_day = answer_deadline(application, decision)
    return last_day is None or clock.today(application.office.tz) <= last_day
