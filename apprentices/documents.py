"""Documents about applications: the letters with a decision, about a lapsed offer or a later round, and to an appeal."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from apprentices.appeal_days import last_day_to_appeal
from apprentices.enums import AppealStatus, DecisionResult
from apprentices.models import Decision
from mobility.common import formats, pdf

LETTER_VERSION = "decision-2"


@dataclass(frozen=True)
class Letter:
    """The words of one letter, in the language of the person who gets it. Page and PDF are made from it."""

    language: str
    title: str
    reference: str
    dated: str
    addressee: str
    address: str
    opening: str
    facts: list[tuple[str, str]]
    sections: list[tuple[str, list[str]]]
    signed_by: str
    signed_for: str
    approved_by: str = ""


def decision_letter(decision: Decision, *, by, on: datetime.date) -> Letter:
    """The letter with a decision, in the applicant's written form. ``on`` is its date, ``by`` who signs it."""
    application = decision.application
    with override(application.written_form):
        return Letter(
            language=application.written_form,
            title=_title(decision),
            reference=application.reference or "",
            dated=formats.day(on, "plain"),
            addressee=application.full_name,
            address=application.email,
            opening=_opening(decision),
            facts=_facts(decision),
            sections=[*_reasons(decision), *_what_to_do(decision), *_appeal(application.office, on)],
            signed_by=str(by),
            signed_for=application.office.name,
            approved_by=str(decision.approved_by) if decision.approved_by else "",
        )


def lapse_letter(decision: Decision, *, last_day: datetime.date, on: datetime.date) -> Letter:
    """The letter about an offer that nobody answered by ``last_day``. The clock writes it: no person signs."""
    application, office = decision.application, decision.application.office
    with override(application.written_form):
        round_, offered_on = application.round, (decision.published_at or decision.decided_at).astimezone(office.tz)
        return Letter(
            language=application.written_form,
            title=_("Your offer is not open any more"),
            reference=application.reference or "",
            dated=formats.day(on, "plain"),
            addressee=application.full_name,
            address=application.email,
            opening=_(
                "Hello %(name)s. We offered you a place in the round %(round)s, and we have no answer from you. The last "
                "day to answer has passed."
            )
            % {"name": application.given_name, "round": round_.name},
            facts=[
                *_case(application),
                *_stay(round_),
                (_("Our offer is of"), formats.day(offered_on.date(), "plain")),
                (_("Last day to answer"), formats.day(last_day)),
            ],
            sections=[
                (
                    _("What this means"),
                    [
                        _("The offer has lapsed: it cannot be answered any more."),
                        _("The place goes to whoever is next in line."),
                    ],
                ),
                (_("Talk to us"), _whom_to_ask(application)),
            ],
            signed_by="",
            signed_for=office.name,
        )


def _whom_to_ask(application):
    """Appeals are against decisions, and nobody has decided this: whoever disagrees talks to the office (ADR 0190)."""
    office, officer = application.office, application.owner
    ways = ", ".join(part for part in (office.email, formats.phone(office.phone)) if part)
    texts = [
        _("Call or write if something kept you from answering, or if you have answered: %(ways)s.") % {"ways": ways},
    ]
    if officer is not None:
        texts.append(_("%(officer)s has your case.") % {"officer": officer})
    if office.has_appeals:
        texts.append(
            _(
                "The office has not decided anew, so there is no new decision to appeal against. Tell us if you disagree."
            )
        )
    return [
        *texts,
        _("You are welcome to apply again in a later round. Ask us if you want to talk about your application."),
    ]


def lapse_letter_name(decision) -> str:
    """The file name of the letter about a lapsed offer."""
    with override(decision.application.written_form):
        return _("offer-%(reference)s.pdf") % {"reference": decision.application.reference}


def deferral_letter(deferral, *, by, on: datetime.date) -> Letter:
    """The letter that confirms that an application waits for a later round."""
    application = deferral.application
    with override(application.written_form):
        return Letter(
            language=application.written_form,
            title=_("Your application waits for a later round"),
            reference=application.reference or "",
            dated=formats.day(on, "plain"),
            addressee=application.full_name,
            address=application.email,
            opening=_("Hello %(name)s. Your application to the round %(round)s is put off to a later round.")
            % {"name": application.given_name, "round": application.round.name},
            facts=[(_("Application"), application.reference or "")],
            sections=[
                (_("Why it waits"), _paragraphs(deferral.reason) + _paragraphs(deferral.words)),
                (
                    _("What happens next"),
                    [
                        _(
                            "When the office prepares a later round, we make your application anew there and write to you."
                        ),
                        _("Among applicants with the same score you come first. The score itself is given anew."),
                    ],
                ),
            ],
            signed_by=str(by),
            signed_for=application.office.name,
        )


def appeal_letter(appeal, *, outcome: str, by, on: datetime.date) -> Letter:
    """The letter with the answer to an appeal; ``appeal.words`` are its reasons."""
    application, office = appeal.application, appeal.application.office
    with override(application.written_form):
        received = appeal.received_at.astimezone(office.tz).date()
        return Letter(
            language=application.written_form,
            title=_APPEAL_TITLES[outcome](),
            reference=application.reference or "",
            dated=formats.day(on, "plain"),
            addressee=application.full_name,
            address=application.email,
            opening=_(
                "Hello %(name)s. You have appealed against our decision in the round %(round)s. This is the answer."
            )
            % {"name": application.given_name, "round": application.round.name},
            facts=[
                (_("Application"), application.reference or ""),
                (_("Your appeal came on"), formats.day(received, "plain")),
                (_("Last day to appeal"), formats.day(appeal.due_on, "plain")),
            ],
            sections=[
                (_("Why"), _paragraphs(appeal.words)),
                (_("What happens next"), [_after_appeal(outcome, appeal, office)]),
            ],
            signed_by=str(by),
            signed_for=office.name,
        )


_APPEAL_TITLES: dict[str, Callable[[], str]] = {
    AppealStatus.UPHELD: lambda: _("Your appeal is upheld"),
    AppealStatus.PARTLY: lambda: _("Your appeal is upheld in part"),
    AppealStatus.REJECTED: lambda: _("Your appeal is not upheld"),
    AppealStatus.REFUSED: lambda: _("Your appeal came too late"),
}


def _after_appeal(outcome, appeal, office):
    if outcome in {AppealStatus.UPHELD, AppealStatus.PARTLY}:
        return _("We decide anew. The new decision comes to you in a letter of its own.")
    if outcome == AppealStatus.REFUSED:
        return _("We have not looked at what you want changed. The decision stands as it is.")
    if appeal.sent_on_at is not None:
        return _("%(body)s has decided. The decision stands as it is.") % {"body": office.appeal_body}
    return _("The decision stands as it is.")


def appeal_letter_name(appeal) -> str:
    """The file name of the answer to an appeal."""
    with override(appeal.application.written_form):
        return _("appeal-%(reference)s.pdf") % {"reference": appeal.application.reference}


def letter_pdf(letter: Letter, *, office) -> bytes:
    """The letter as PDF/A-3a and PDF/UA-1."""
    html = pdf.document_html(
        "apprentices/pdf/decision.html", {"letter": letter, "office": office}, language=letter.language
    )
    return pdf.render_pdf(html)


def letter_name(decision) -> str:
    """The file name under which the applicant gets the letter."""
    with override(decision.application.written_form):
        return _("decision-%(reference)s.pdf") % {"reference": decision.application.reference}


_TITLES: dict[str, Callable[[], str]] = {
    DecisionResult.OFFER: lambda: _("You are offered a place"),
    DecisionResult.WAITING_LIST: lambda: _("You are on the waiting list"),
    DecisionResult.REJECTION: lambda: _("You did not get a place this time"),
}


def _title(decision):
    return _("A place has become free for you") if decision.is_moving_up else _TITLES[decision.result]()


def _opening(decision):
    names = {"name": decision.application.given_name, "round": decision.application.round.name}
    if decision.is_moving_up:
        return (
            _(
                "Hello %(name)s. You were on the waiting list. A place in the round %(round)s has become free: it is yours."
            )
            % names
        )
    if decision.result == DecisionResult.OFFER:
        return _("Hello %(name)s. We are glad to offer you a stay abroad in the round %(round)s.") % names
    if decision.result == DecisionResult.WAITING_LIST:
        return (
            _("Hello %(name)s. All places in the round %(round)s are offered, and you are on the waiting list.") % names
        )
    return (
        _("Hello %(name)s. We have read your application to the round %(round)s, and you did not get a place.") % names
    )


def _facts(decision):
    application, round_ = decision.application, decision.application.round
    facts = _case(application)
    if decision.result != DecisionResult.REJECTION:
        facts += _stay(round_)
    if decision.score is not None:
        facts.append((_("Score"), _("%(score)s of 5") % {"score": formats.number(decision.score, 2)}))
    if decision.answer_by and decision.result == DecisionResult.OFFER:
        facts.append((_("Answer by"), formats.day(decision.answer_by)))
    return facts


def _case(application):
    facts = [(_("Application"), application.reference)]
    if application.trade:
        facts.append((_("Trade"), application.trade.name))
    return facts


def _stay(round_):
    return [
        (_("Departure"), _between(round_.departs_from, round_.departs_to)),
        (_("Return"), _between(round_.returns_from, round_.returns_to)),
    ]


def _between(first, last):
    if first == last:
        return formats.day(first, "plain")
    return _("%(first)s to %(last)s") % {"first": formats.day(first, "plain"), "last": formats.day(last, "plain")}


def _paragraphs(words: str) -> list[str]:
    return [part.strip() for part in words.split("\n") if part.strip()]


def _reasons(decision):
    heading = {
        DecisionResult.OFFER: _("Why you got a place"),
        DecisionResult.WAITING_LIST: _("Why you are on the waiting list"),
        DecisionResult.REJECTION: _("Why you did not get a place"),
    }[decision.result]
    paragraphs = []
    if decision.criterion:
        paragraphs.append(_("The decisive criterion was: %(criterion)s.") % {"criterion": decision.criterion.name})
    paragraphs += _paragraphs(decision.reasons)
    if not paragraphs:
        paragraphs.append(_standard_reason(decision))
    return [(heading, paragraphs)]


def _standard_reason(decision):
    if decision.is_moving_up:
        return _("Two reviewers scored every application by the same criteria. You were the next on the waiting list.")
    if decision.result == DecisionResult.OFFER:
        return _("Two reviewers scored every application by the same criteria. Yours is among the best.")
    return _("Two reviewers scored every application by the same criteria. Others had a higher score.")


def _what_to_do(decision):
    if decision.result == DecisionResult.OFFER:
        texts = [
            _("Answer the offer on your page by %(date)s.") % {"date": formats.day(decision.answer_by)},
            _("If you say no, the place goes to the next person on the waiting list."),
        ]
    elif decision.result == DecisionResult.WAITING_LIST:
        texts = [_("There is nothing for you to do now. We write to you if a place becomes free.")]
    else:
        texts = [
            _("You are welcome to apply again in a later round. Ask us if you want to talk about your application.")
        ]
    return [(_("What you do now"), texts)]


def _appeal(office, on):
    if not office.has_appeals:
        return []
    last_day = last_day_to_appeal(on, weeks=office.appeal_weeks, country=office.country)
    deadline = ngettext(
        "You may appeal against the decision. Send the appeal to us within %(weeks)s week of receiving this letter: by "
        "%(day)s, if it reaches you on the day on which it is written.",
        "You may appeal against the decision. Send the appeal to us within %(weeks)s weeks of receiving this letter: by "
        "%(day)s, if it reaches you on the day on which it is written.",
        office.appeal_weeks,
    ) % {"weeks": office.appeal_weeks, "day": formats.day(last_day)}
    paragraphs = [deadline, _("Say what you want changed and why. We are glad to help you write it.")]
    if office.appeal_body:
        paragraphs.append(_("If we do not change the decision, %(body)s decides.") % {"body": office.appeal_body})
    return [(_("Your right to appeal"), paragraphs)]
