"""Mails about applications. Each is queued in the transaction of the step that causes it."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse

from apprentices.selectors.completion import topics_of
from apprentices.selectors.drafts import other_drafts
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox

FOLDER = "apprentices/email"
OTHERS_NAMED = 3  # other drafts of one address that the mail with a code names


# --- application, draft, employer's answer, answer to an offer -----------------------------------------------------
def draft_code(application):
    """A fresh code and link that open the draft and confirm its address.

    Other drafts of this address in this round are named with a link of their own: only here, where nobody but the
    reader of the address learns of them.
    """
    fresh = _draft_link(application, with_code=True)
    others = [(draft, _draft_link(draft)) for draft in other_drafts(application)[:OTHERS_NAMED]]
    _queue(
        application,
        "draft_code",
        to=_draft_owner(application),
        secrets=[*fresh.secrets, *(link.url for _draft, link in others)],
        url=fresh.url,
        code=fresh.code,
        others=[(draft.saved_at, link.url) for draft, link in others],
    )


def draft_reminder(application, *, days):
    """An unsent draft, and the deadline comes near: the days left, and a fresh link."""
    fresh = _draft_link(application)
    _queue(application, "draft_reminder", to=_draft_owner(application), secrets=fresh.secrets, url=fresh.url, days=days)


def late_admission(admission):
    """A coordinator lets the applicant in after closing: until when, and a fresh link."""
    application = admission.application
    fresh = _draft_link(application)
    _queue(
        application,
        "late_admission",
        to=_draft_owner(application),
        secrets=fresh.secrets,
        url=fresh.url,
        until=admission.until,
    )


def application_received(application):
    """The receipt: reference, what happens next, where to see it."""
    _queue(application, "received", to=_applicant(application), status_url=_status_url(application))


def endorsement_asked(endorsement):
    """The request to the employer, the training office or a guardian, by signed link."""
    _mail_link(endorsement, f"endorsement_{endorsement.kind}")


def endorsement_reminder(endorsement):
    """The same request once more, with a fresh link; says since when it waits and where the application stands."""
    _mail_link(endorsement, "endorsement_reminder")


def endorsement_reminder_preview(endorsement) -> tuple[str, str]:
    """Subject and text of the reminder that would go out now; where the link stands, it says so."""
    url = settings.SITE_URL + "/endorse/…/"
    context = _context(endorsement.application, endorsement=endorsement, url=url)
    return outbox.written(
        f"{FOLDER}/endorsement_reminder", to=_asked(endorsement), office=endorsement.application.office, context=context
    )


def _mail_link(endorsement, name):
    application = endorsement.application
    fresh = links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=application.office,
        address=endorsement.email,
        language=endorsement.written_form,
        name=endorsement.name,
    )
    _queue(application, name, to=_asked(endorsement), secrets=fresh.secrets, url=fresh.url, endorsement=endorsement)


def _asked(endorsement):
    return outbox.To(address=endorsement.email, language=endorsement.written_form, name=endorsement.name)


def endorsement_answered(endorsement):
    """Tell the applicant that somebody answered, yes or no where it is a consent; opinions stay with the office."""
    application = endorsement.application
    _queue(
        application,
        "endorsement_answered",
        to=_applicant(application),
        endorsement=endorsement,
        status_url=_status_url(application),
    )


def offer_accepted(application):
    _queue(application, "offer_accepted", to=_applicant(application), status_url=_status_url(application))


def offer_declined(application):
    _queue(application, "offer_declined", to=_applicant(application))


def application_withdrawn(application):
    _queue(application, "withdrawn", to=_applicant(application))


# --- written on behalf ----------------------------------------------------------------------------------------------
def entry_asked(entry):
    """Ask the apprentice to look at what was written, by signed link."""
    application = entry.application
    fresh = links.create(
        purpose=LinkPurpose.APPROVE_ENTRY,
        object_id=entry.pk,
        office=entry.office,
        address=application.email,
        language=application.written_form,
        name=application.given_name,
    )
    who = str(entry.training_office or entry.office)
    _queue(
        application, "entry_asked", to=_draft_owner(application), secrets=fresh.secrets, url=fresh.url,
        entered_by=entry.entered_by, who=who,
    )  # fmt: skip


def entry_answered(entry):
    """Tell who entered the application what the apprentice made of it."""
    person = entry.entered_by
    to = outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person)
    _queue(entry.application, "entry_answered", to=to, entry=entry, url=settings.SITE_URL + entry.get_absolute_url())


# --- selection ----------------------------------------------------------------------------------------------------
def reviews_assigned(reviews):
    """One mail to each reviewer, with the number of applications that wait for marks."""
    by_person = defaultdict(list)
    for review in reviews:
        by_person[review.reviewer].append(review)
    for person, mine in by_person.items():
        office = mine[0].application.office
        outbox.queue(
            f"{FOLDER}/reviews_assigned",
            to=outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person),
            office=office,
            context={
                "number": len(mine),
                "round": mine[0].application.round,
                "url": settings.SITE_URL + reverse("apprentices:reviews"),
            },
            about={"reviews": [review.pk for review in mine]},
        )


def decision_published(decision):
    """The decision with its letter, in the applicant's own written form. The text says the state the case is in."""
    application = decision.application
    outbox.queue(
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


def _queue(application, name, *, to, secrets=(), **context):
    return outbox.queue(
        f"{FOLDER}/{name}",
        to=to,
        office=application.office,
        context=_context(application, **context),
        about={"application": application.pk},
        secrets=secrets,
    )


def _draft_link(application, *, with_code=False):
    return links.create(
        purpose=LinkPurpose.OPEN_DRAFT,
        object_id=application.pk,
        office=application.office,
        address=application.email,
        language=application.written_form,
        name=application.given_name,
        with_code=with_code,
    )


def _context(application, **more):
    return {"application": application, "round": application.round, **more}


def _draft_owner(application):
    return outbox.To(address=application.email, language=application.written_form, name=application.given_name)


def _applicant(application):
    return outbox.To(
        address=application.apprentice.email,
        language=application.apprentice.written_form,
        name=application.given_name,
        user=application.apprentice.user,
    )


def _status_url(application):
    return settings.SITE_URL + reverse("apprentices:status", args=[application.pk])


# --- returned for completion ---------------------------------------------------------------------------------------
def completion_mail(application, *, message, due_on, fields):
    """(subject, text) of the request for completion as it would go out now: the coordinator reads it first."""
    return outbox.written(
        f"{FOLDER}/completion_asked",
        to=_applicant(application),
        office=application.office,
        context={
            "application": application,
            "round": application.round,
            **_completion(application, message, due_on, fields),
        },
    )


def completion_asked(asked):
    """What is missing, by when, and where to write it."""
    context = _completion(asked.application, asked.message, asked.due_on, asked.fields)
    _queue(asked.application, "completion_asked", to=_applicant(asked.application), **context)


def completion_reminder(asked):
    context = _completion(asked.application, asked.message, asked.due_on, asked.fields)
    _queue(asked.application, "completion_reminder", to=_applicant(asked.application), **context)


def completion_closed(asked):
    """The office goes on without the answer."""
    _queue(
        asked.application,
        "completion_closed",
        to=_applicant(asked.application),
        status_url=_status_url(asked.application),
    )


def completion_answered(asked):
    """Tell the coordinator who asked that the application is complete."""
    person, application = asked.asked_by, asked.application
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    to = outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person)
    _queue(application, "completion_answered", to=to, asked=asked, case_url=settings.SITE_URL + case)


def _completion(application, message, due_on, fields):
    return {
        "message": message,
        "due_on": due_on,
        "topics": topics_of(fields),
        "complete_url": settings.SITE_URL + reverse("apprentices:complete", args=[application.pk]),
    }


# --- the office ----------------------------------------------------------------------------------------------------
def accepted_withdrawn(application):
    """Tell the office that somebody with a place has withdrawn: host, journey and papers may have to be undone."""
    office = application.office
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    to = outbox.To(address=office.email, language=office.default_language, name=office.name)
    _queue(application, "accepted_withdrawn", to=to, case_url=settings.SITE_URL + case)
