"""The pages of those who are asked about an application: by signed link and mailed code, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.enums import EndorsementAnswer
from apprentices.forms.endorsements import FORMS
from apprentices.models import Endorsement
from apprentices.selectors.endorsements import ANSWERABLE
from apprentices.services.endorsements import answer_endorsement
from apprentices.views.pages import page, posted, speak_to
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.views import gate
from mobility.common.errors import TransitionNotAllowed


def _asked(link):
    related = ("application__round", "application__office", "application__trade")
    return get_object_or_404(Endorsement.objects.select_related(*related), pk=link.object_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def endorse(request, token):
    """Behind the code: GET shows who asks for what; POST answers and spends the link."""
    link = links.open_link(token, LinkPurpose.ENDORSE)
    speak_to(request, link)
    shut = gate.require_code(request, link)
    if shut is not None:
        return shut
    endorsement = _asked(link)
    office = endorsement.application.office
    context = {"endorsement": endorsement, "application": endorsement.application}
    if endorsement.application.status not in ANSWERABLE:
        return page(request, "apprentices/endorse/settled.html", context, office=office)
    form = FORMS[endorsement.kind](posted(request), initial=_initial(endorsement))
    if request.method == "POST" and form.is_valid():
        try:
            answer_endorsement(link=link, **form.cleaned_data)
        except TransitionNotAllowed:
            return page(request, "apprentices/endorse/settled.html", context, office=office)
        return redirect("apprentices:endorse_thanks", token)
    return page(request, f"apprentices/endorse/{endorsement.kind}.html", {"form": form, **context}, office=office)


@login_not_required
@require_safe
def endorse_thanks(request, token):
    """What was answered, in the browser that answered; anywhere else the link is a used one."""
    link = links.find(token, LinkPurpose.ENDORSE)
    if link.used_at is None:
        raise Http404
    speak_to(request, link)
    if not gate.is_open(request, link):
        links.require_unspent(link)
    endorsement = _asked(link)
    context = {
        "endorsement": endorsement,
        "application": endorsement.application,
        "link": link,
        "said_yes": endorsement.answer == EndorsementAnswer.YES,
        "can_change": endorsement.application.status in ANSWERABLE,
    }
    return page(request, "apprentices/endorse/thanks.html", context, office=endorsement.application.office)


def _initial(endorsement):
    """Nothing but the name; or, with a new link after an answer, that answer, so that it can be changed."""
    if endorsement.answer == EndorsementAnswer.WAITING:
        return {"name": endorsement.name, "phone": endorsement.phone}
    return {name: getattr(endorsement, name) for name in FORMS[endorsement.kind].base_fields}
