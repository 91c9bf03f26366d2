"""What the applicant's pages share: the office's time and name in the frame, and what this browser may open."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.enums import ApplicationStatus
from apprentices.models import Application
from apprentices.selectors.on_behalf import held_by
from mobility.common import clock, files

DRAFTS, SENT, PROVED = "drafts", "sent", "proved"  # session: {round: application}, the same, [application]
PROVED_ADDRESS, KEPT = "proved_address", "kept"  # the address proved last; [application] chosen before another draft
SIGN_IN_WITHIN = 3600  # s after sending, in the browser that sent
MAIL_ALONE = gettext_lazy("No letter goes with this answer: your words stand in the mail.")


def own_application(request, pk, right, *, prepare=None):
    """The person's own application, or 404; 403 without the right to do this with it.

    ``prepare``: a selector that takes the queryset and adds what the page needs.
    """
    related = ("round", "office", "apprentice__user", "trade", "eligibility")
    own = Application.objects.owned_by(request.user).select_related(*related).prefetch_related("endorsements")
    application = get_object_or_404(prepare(own) if prepare else own, pk=pk)
    if not request.user.has_perm(f"apprentices.{right}", application):
        raise PermissionDenied
    return application


def letter_of(row):
    """The letter that a row keeps (a decision, an appeal), as a file; 404 where there is none."""
    if row is None or row.letter is None:
        raise Http404
    return files.download(row.letter)


def page(request, template, context, *, office, status=200):
    """Render in the office's time zone, with the office in head and foot."""
    request.office = office
    with timezone.override(office.tz):
        return render(request, template, {"office": office, **context}, status=status)


def elsewhere_words(labels):
    return _("Changed meanwhile in another tab or on another phone: %(fields)s. Load the page to see it.") % {
        "fields": ", ".join(labels)
    }


def tell_elsewhere(request, *forms):
    """Say which answers another tab or phone has changed since these pages were shown."""
    labels = [label for form in forms for label in form.changed_elsewhere()]
    if labels:
        messages.info(request, elsewhere_words(labels))


def speak_to(request, link):
    """Somebody who came by a mailed link reads in the mail's language, unless this browser has chosen another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(link.language)
        request.LANGUAGE_CODE = translation.get_language()


def draft_of(request, round_):
    """The draft for this round that this browser holds, or None; its round and office come with it."""
    pk = request.session.get(DRAFTS, {}).get(str(round_.pk))
    if pk is None:
        return None
    drafts = Application.objects.filter(pk=pk, status=ApplicationStatus.DRAFT, replaced_by=None)
    found = drafts.select_related("trade", "training_office", "late_admission", "entry").first()
    if found is not None and not _may_write(request, found):
        return None
    if found is not None:
        found.round, found.office = round_, round_.office
    return found


def _may_write(request, application):
    """Whether a draft that was begun on somebody's behalf is in this person's hands now: the writer's, or the own."""
    entry = getattr(application, "entry", None)
    if entry is None:
        return True
    if entry.is_theirs:
        return held_by(request.user, entry)
    return application.pk in request.session.get(PROVED, [])


def hold_draft(request, application, *, proved=False):
    """Tie the draft to this browser. ``proved``: the person at this browser has shown to read the address."""
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), str(application.round_id): application.pk}
    if proved:
        request.session[PROVED] = [*request.session.get(PROVED, []), application.pk][-20:]
        request.session[PROVED_ADDRESS] = application.email


def keep_draft(request, application):
    """The person has seen that there is another draft, and goes on with this one."""
    request.session[KEPT] = [*request.session.get(KEPT, []), application.pk][-20:]


def is_proved_here(request, application):
    """Whether this browser has proved to read the draft's address, and has not yet chosen between two drafts.

    A confirmation in another browser is not enough: whoever typed somebody else's address must not learn of its drafts.
    """
    return (
        application is not None
        and application.email_confirmed_at is not None
        and application.pk in request.session.get(PROVED, [])
        and application.pk not in request.session.get(KEPT, [])
    )


def let_go(request, round_pk):
    """Untie what this browser holds of one round: the next person at it begins anew."""
    for key in (DRAFTS, SENT):
        request.session[key] = {
            round_: pk for round_, pk in request.session.get(key, {}).items() if round_ != str(round_pk)
        }


def hold_receipt(request, application):
    """The draft has been sent: from now on this browser shows the receipt, and no draft."""
    let_go(request, application.round_id)
    request.session[SENT] = {**request.session.get(SENT, {}), str(application.round_id): application.pk}


def receipt_of(request, round_pk):
    """The application that this browser sent in this round, or None."""
    pk = request.session.get(SENT, {}).get(str(round_pk))
    if pk is None:
        return None
    owner = ("round", "office", "apprentice__user")
    return Application.objects.submitted().select_related(*owner).filter(pk=pk).first()


def proved_here(request, application):
    """Whether this browser confirmed the address, and sent the application a short while ago."""
    fresh = (clock.now() - application.submitted_at).total_seconds() < SIGN_IN_WITHIN
    return fresh and application.pk in request.session.get(PROVED, [])


def posted(request):
    """What a bound form takes: an empty POST is an answer, too."""
    return request.POST if request.method == "POST" else None
