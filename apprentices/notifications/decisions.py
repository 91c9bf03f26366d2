"""Mails with decisions and their letters."""

from django.conf import settings
from django.urls import reverse

from apprentices.notifications.mail import FOLDER
from mobility.common import outbox


def decision_published(decision):
    """The decision with its letter, in the applicant's own written form. The text says the state the case is in.

    Returns the row of the outbox: the decision is delivered when it is sent.
    """
    application = decision.application
    return outbox.queue(
        f"{FOLDER}/decision",
        to=outbox.To(
            address=application.email,
            language=application.written_form,
            name=application.full_name,
            user=application.apprentice.user,
        ),
        office=application.office,
        context={
            "application": application,
            "decision": decision,
            "status_url": settings.SITE_URL + application.get_absolute_url(),
        },
        about={"application": application.pk, "decision": decision.pk},
        attachments=[decision.letter],
    )


def sent_to_head(round, *, number, heads, by):  # noqa: A002 - the domain's word
    """Ask every head of the office to look at the decisions."""
    for head in heads:
        _to_colleague("decisions_sent_to_head", round, head, page="approve", number=number, by=by)


def sent_back(round, *, number, words, to, by):  # noqa: A002
    """Tell whoever sent decisions to the head that some came back, with the head's words."""
    _to_colleague("decisions_sent_back", round, to, page="publish", number=number, words=words, by=by)


def publication_failed(plan):
    """Tell the office and whoever planned it that a publication did not happen, and why."""
    round, office = plan.round, plan.round.office  # noqa: A001
    context = {"round": round, "plan": plan, "url": _page("publish", round)}
    about = {"round": round.pk, "plan": plan.pk}
    person = plan.planned_by
    for to in (
        outbox.To(address=office.email, language=office.default_language, name=office.name),
        outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
    ):
        outbox.queue(f"{FOLDER}/publication_failed", to=to, office=office, context=context, about=about)


def _to_colleague(name, round, person, *, page, **context):  # noqa: A002
    outbox.queue(
        f"{FOLDER}/{name}",
        to=outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
        office=round.office,
        context={"round": round, "url": _page(page, round), **context},
        about={"round": round.pk},
    )


def _page(name, round):  # noqa: A002
    return settings.SITE_URL + reverse(f"apprentices:{name}", args=[round.pk])
