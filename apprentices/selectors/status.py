"""What the applicant reads on the status page: the route in friendly words, and whose turn it is."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from apprentices.enums import FRIENDLY_STATUS, SEVERITY, ApplicationStatus, EligibilityLevel, EndorsementAnswer
from apprentices.models import Appeal, ApplicationStatusChange, Deferral
from apprentices.selectors.attachments import with_attachments
from apprentices.selectors.eligibility import Finding
from apprentices.selectors.eligibility_words import lines
from apprentices.selectors.endorsements import employer_of
from apprentices.selectors.turns import with_interviews
from mobility.accounts.enums import Role
from mobility.common import clock, formats

S = ApplicationStatus
AFTER_ANSWER = {S.OFFERED, S.ACCEPTED, S.DECLINED, S.LAPSED, S.REJECTED, S.WAITING_LIST, S.DEFERRED}


def for_status_page(applications):
    """What the page shows of one application, in two queries: ``review_began_at``, ``offered_at``, ``deferral_key``,
    ``appeal_key``, details, files."""
    moves = ApplicationStatusChange.objects.filter(application=OuterRef("pk")).order_by("-at", "-pk")
    return with_attachments(
        with_interviews(applications.select_related("details")).annotate(
            review_began_at=Subquery(moves.filter(to_status=S.IN_REVIEW).values("at")[:1]),
            offered_at=Subquery(moves.filter(to_status=S.OFFERED).values("at")[:1]),
            appeal_key=Subquery(Appeal.objects.filter(decision__application=OuterRef("pk")).values("pk")[:1]),
            deferral_key=Subquery(Deferral.objects.filter(application=OuterRef("pk")).values("pk")[:1]),
        )
    )


def stations(application, decision, appeal=None) -> list[dict]:
    """The route for components/timeline.html: what happened with its day, where it stands, what comes.

    ``application`` comes from ``for_status_page``.
    """
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
    route.append(_station(_("We read your application"), reading, application.review_began_at if answered else None))
    if not answered:
        return [*route, _station(_("You get an answer"), "ahead"), _station(_("You travel"), "ahead")]
    was_offered = application.status != S.DEFERRED or application.offered_at
    is_answered_anew = appeal is not None and decision is not None and appeal.decision_id != decision.pk
    route += _appeal(appeal) if is_answered_anew else []
    if application.status in {S.REJECTED, S.WAITING_LIST, S.OFFERED} or not was_offered:
        is_waiting = (
            appeal is not None and appeal.is_open and not is_answered_anew
        )  # then the appeal is where it stands
        state = "done" if is_waiting else "here"
        route.append(_station(FRIENDLY_STATUS[application.status], state, application.status_since))
    else:
        offered_at = decision.published_at if decision else application.offered_at
        route.append(_station(_("You got an offer"), "done", offered_at))
        route.append(_station(FRIENDLY_STATUS[application.status], "here", application.status_since))
    route += [] if is_answered_anew else _appeal(appeal)
    if application.status in {S.OFFERED, S.WAITING_LIST, S.ACCEPTED}:
        route.append(_station(_("You travel"), "ahead"))
    return route


def _appeal(appeal):
    if appeal is None:
        return []
    came = _station(_("You appealed"), "done", appeal.received_at)
    return [came, _station(appeal.friendly_status, "here" if appeal.is_open else "done", appeal.status_since)]


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


WHO = {
    "apprentice": pgettext_lazy("whose turn", "You"),
    "office": gettext_lazy("We at the office"),
    "reviewer": gettext_lazy("We at the office"),
    "employer": gettext_lazy("Your training manager"),
    "training_office": gettext_lazy("Your training office"),
    "guardian": gettext_lazy("Your guardian"),
}


def turn_words(application, turn) -> str:
    """``Your training manager, since 3 March (4 days)``: the office's day counts. Empty when it is nobody's turn."""
    if turn.since is None:
        return ""
    tz = application.office.tz
    since = turn.since.astimezone(tz)
    days = (clock.today(tz) - since.date()).days
    words = {"who": WHO[turn.who], "day": formats.day(since.date(), "date")}
    if days < 1:
        return _("%(who)s, since today") % words
    counted = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return _("%(who)s, since %(day)s (%(days)s)") % {**words, "days": counted}


def outlook(application, turn) -> str:
    """What comes, when it is not the applicant's turn: with the day of the round, or honestly without one."""
    if application.status in {S.SUBMITTED, S.IN_REVIEW}:
        by = application.round.decisions_by
        if by is None:
            return _("You get an answer by e-mail. The office has not said yet on which day.")
        if by < clock.today(application.office.tz):
            return _("You should have had an answer by %(date)s. It takes longer than we had planned.") % {
                "date": formats.day(by, "near")
            }
        return _("You get an answer by %(date)s.") % {"date": formats.day(by, "near")}
    if application.status == S.WAITING_LIST:
        return _("We write to you if a place becomes free.")
    return ""


def eligibility_lines(application) -> list:
    """The kept findings in the applicant's words, what needs a look first; what is fine comes last."""
    found = getattr(application, "eligibility", None)
    if found is None:
        return []
    findings = [Finding.from_json(stored) for stored in found.findings]
    return lines(sorted(findings, key=lambda finding: -SEVERITY.index(EligibilityLevel(finding.level))))


def published_decision(application):
    """The newest decision that the applicant may know of, with its letter and that of its lapse, or None."""
    return application.decisions.published().select_related("letter", "mail", "lapse__letter").first()


def lapse_of(decision):
    """How the offer of a published decision ran out (a LapsedOffer), or None. No query after ``published_decision``."""
    return getattr(decision, "lapse", None)


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
