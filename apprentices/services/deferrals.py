"""Waiting for a later round: asked for, confirmed or refused, and carried over with priority among equals."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import documents, workflow
from apprentices.enums import ApplicationStatus, DeferralState, Stage
from apprentices.models import Application, Deferral, Round
from apprentices.notifications import deferrals as notifications
from apprentices.selectors.casework import officer_for
from apprentices.selectors.deferrals import rounds_for
from apprentices.services.applications import fresh_reference
from apprentices.services.completion import drop_completion
from apprentices.services.eligibility import check_eligibility
from apprentices.services.endorsements import ask_everybody
from apprentices.services.letters import store_letter
from apprentices.services.waiting_list import holds_a_place, propose_next
from mobility.common import clock, files
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require

NOT_CARRIED = {
    "id", "round", "status", "status_since", "reference", "created_at", "saved_at", "submitted_at", "is_late", "owner",
    "news_at", "replaced_by", "withdrawn_reason",
}  # fmt: skip
"""What the new application has of its own; everything else the applicant has written goes along."""


@transaction.atomic
def ask_to_defer(*, application, by, reason) -> Deferral:
    """Ask to wait for a later round. The office answers; until then nothing changes, and no offer lapses.

    Raises TransitionNotAllowed (settled, or not read yet) or Refused (asked already, no reason).
    """
    application = lock(application)
    require(application, workflow.DEFER)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Write in a few words why."))
    if application.deferrals.filter(state__in=[DeferralState.ASKED, DeferralState.CONFIRMED]).exists():
        raise Refused(_("This application is deferred, or somebody has asked for it already."))
    application.news_at = clock.now()
    application.save(update_fields=["news_at"])
    return Deferral.objects.create(application=application, reason=reason, asked_by=by)


@files.only_if_kept()
@transaction.atomic
def confirm_deferral(*, deferral, by, words="") -> Deferral:
    """Let the application wait for a later round: letter and mail to the applicant; a place goes to the next in line.

    Raises TransitionNotAllowed: answered already, or the application stands elsewhere now.
    """
    deferral, round = _asked(deferral)  # noqa: A001
    application = lock(deferral.application)
    require(application, workflow.DEFER)
    frees_place = holds_a_place(application)
    deferral.state, deferral.words = DeferralState.CONFIRMED, words.strip()
    deferral.settled_at, deferral.settled_by = clock.now(), by
    move(application, workflow.DEFER, by=by, note=deferral.reason)
    deferral.application = application
    deferral.letter = _letter(deferral, by)
    deferral.save()
    application.decisions.pending().delete()
    drop_completion(application=application, by=by)
    notifications.deferral_confirmed(deferral)
    if frees_place:
        propose_next(round, freed_by=application)
    return deferral


@transaction.atomic
def refuse_deferral(*, deferral, by, words) -> Deferral:
    """Say no to the wish, with words that the applicant gets by mail. The application stays as it is."""
    deferral, _round = _asked(deferral)
    words = words.strip()
    if not words:
        raise Refused(_("Write to the applicant why."))
    deferral.state, deferral.words = DeferralState.REFUSED, words
    deferral.settled_at, deferral.settled_by = clock.now(), by
    deferral.save()
    notifications.deferral_refused(deferral)
    return deferral


@files.only_if_kept()
@transaction.atomic
def defer_application(*, application, by, reason) -> Deferral:
    """The office lets an application wait on its own account: asked and confirmed in one step."""
    return confirm_deferral(deferral=ask_to_defer(application=application, by=by, reason=reason), by=by)


@files.only_if_kept()
@transaction.atomic
def carry_over(*, deferral, round: Round, by) -> Application:  # noqa: A002
    """Make the application anew in a later round, with a reference of its own and priority among equals.

    The old case stays as it was. Employer and guardians are asked again: the dates are others. Mails the applicant.
    Raises Refused (not a later round of the office, not confirmed, carried over already) or AlreadyTaken.
    """
    deferral = lock(deferral)
    if deferral.state != DeferralState.CONFIRMED or deferral.carried_to_id:
        raise TransitionNotAllowed(_("This application is carried over already, or was never deferred."))
    old = Application.objects.select_related("round", "office").get(pk=deferral.application_id)
    if not rounds_for(old).filter(pk=round.pk).exists():
        raise Refused(_("Choose a later round of the office that is open or being prepared."))
    if round.applications.filter(apprentice=old.apprentice_id).exclude(
        status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]
    ).exists():  # fmt: skip
        raise AlreadyTaken(_("%(name)s has applied in that round already.") % {"name": old.full_name})
    new = _copy(old, round)
    move(
        new,
        workflow.SUBMIT,
        by=by,
        note=_("Carried over from %(reference)s") % {"reference": old.reference},
        reference=fresh_reference(round.reference_prefix),
        submitted_at=clock.now(),
        owner=officer_for(round),
    )
    deferral.carried_to, deferral.carried_at, deferral.to_round = new, clock.now(), round
    deferral.save()
    check_eligibility(application=new)
    notifications.carried_over(deferral)
    ask_everybody(application=new)
    return new


def _asked(deferral):
    """The wish, held, and its round, which is locked before it and before the application."""
    round = lock(Deferral.objects.select_related("application__round").get(pk=deferral.pk).application.round)  # noqa: A001
    deferral = lock(deferral)
    if deferral.state != DeferralState.ASKED:
        raise TransitionNotAllowed(_("This wish is answered already."))
    return deferral, round


def letter_of(deferral: Deferral, *, by) -> documents.Letter:
    """The letter of a yes as it goes out today. Nothing is saved."""
    return documents.deferral_letter(deferral, by=by, on=clock.today(deferral.application.office.tz))


def _letter(deferral, by):
    letter, name = letter_of(deferral, by=by), documents.letter_name(deferral)
    return store_letter(letter=letter, office=deferral.application.office, kind="deferral-letter", name=name, by=by)


def _copy(old, round):  # noqa: A002
    """A draft in the other round with everything that the applicant wrote, files of the first stage included."""
    names = [field.name for field in Application._meta.concrete_fields if field.name not in NOT_CARRIED]  # noqa: SLF001
    new = Application.objects.create(round=round, saved_at=clock.now(), **{name: getattr(old, name) for name in names})
    for skill in old.language_skills.all():
        new.language_skills.create(language=skill.language, level=skill.level)
    for attachment in old.attachments.of_stage(Stage.FIRST):
        new.attachments.create(kind=attachment.kind, file=_again(attachment.file), preview=_again(attachment.preview))
    return new


def _again(stored):
    """The same file once more: each attachment has its own."""
    if stored is None:
        return None
    with stored.content.open("rb") as content:
        return files.store(
            office=stored.office, kind=stored.kind, name=stored.original_name, content=content.read(),
            content_type=stored.content_type, by=stored.created_by, language=stored.language,
        )  # fmt: skip
