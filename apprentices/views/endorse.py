"""The training manager's answer, by signed link and without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.enums import EndorsementAnswer
from apprentices.forms.answers import EndorseForm
from apprentices.models import Endorsement
from apprentices.services.endorsements import ANSWERABLE, answer_endorsement
from apprentices.views.pages import page, posted, speak_to
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common.errors import TransitionNotAllowed

FIELDS = ("answer", "wages", "conditions", "opinion", "name")


def _asked(link):
    related = ("application__round", "application__office", "application__trade")
    return get_object_or_404(Endorsement.objects.select_related(*related), pk=link.object_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def endorse(request, token):
    """GET shows who asks for what; POST answers and spends the link."""
    link = links.open_link(token, LinkPurpose.ENDORSE)
    endorsement = _asked(link)
    office = endorsement.application.office
    speak_to(request, link)
    context = {"endorsement": endorsement, "application": endorsement.application}
    if endorsement.application.status not in ANSWERABLE:
        return page(request, "apprentices/endorse/settled.html", context, office=office)
    form = EndorseForm(posted(request), initial=_initial(endorsement))
    if request.method == "POST" and form.is_valid():
        try:
            answer_endorsement(link=link, **{name: form.cleaned_data[name] for name in FIELDS})
        except TransitionNotAllowed:
            return page(request, "apprentices/endorse/settled.html", context, office=office)
        return redirect("apprentices:endorse_thanks", token)
    return page(request, "apprentices/endorse/form.html", {"form": form, **context}, office=office)


@login_not_required
@require_safe
def endorse_thanks(request, token):
    """What was answered, behind the link that was used for it."""
    link = links.find(token, LinkPurpose.ENDORSE)
    if link.used_at is None:
        raise Http404
    endorsement = _asked(link)
    speak_to(request, link)
    context = {
        "endorsement": endorsement,
        "application": endorsement.application,
        "said_yes": endorsement.answer == EndorsementAnswer.YES,
    }
    return page(request, "apprentices/endorse/thanks.html", context, office=endorsement.application.office)


def _initial(endorsement):
    """Nothing but the name; or, with a new link after an answer, that answer, so that it can be changed."""
    if endorsement.answer == EndorsementAnswer.WAITING:
        return {"name": endorsement.name}
    return {name: getattr(endorsement, name) for name in FIELDS}
