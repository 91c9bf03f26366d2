"""Signing a learning agreement: signed in, or by a link that was mailed. GET shows, POST signs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import files
from mobility.common.errors import LinkSpent, Refused
from placements import documents
from placements.enums import AgreementStatus, Party
from placements.forms.agreements import SignForm
from placements.forms.placements import add_refusal
from placements.models import LearningAgreement, Signature
from placements.selectors import placing as selectors
from placements.services import signatures as services


@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """For the apprentice, the coordinator, and a partner that hosts itself."""
    mine = Signature.objects.filter(agreement__in=LearningAgreement.objects.visible_to(request.user))
    signature = get_object_or_404(_with_facts(mine), pk=pk)
    if not request.user.has_perm("placements.sign_agreement", signature):
        raise PermissionDenied
    form = SignForm(request.POST or None)
    if form.is_valid():
        try:
            services.sign(signature=signature, by=request.user, typed_name=form.cleaned_data["typed_name"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Thank you. You have signed the learning agreement."))
            return redirect(_home_of(signature))
    document_url = reverse("placements:agreement_document", args=[signature.agreement_id])
    return _page(request, signature, form, document_url=document_url, back_url=_home_of(signature))


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_by_link(request, token):
    """For a guardian, the employer and a host company: the mailed token is the right to sign once."""
    link, signature = _linked(request, token)
    form = SignForm(request.POST or None)
    if form.is_valid():
        try:
            services.sign(signature=signature, link=link, typed_name=form.cleaned_data["typed_name"])
        except LinkSpent:
            raise
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("placements:signed")
    return _page(request, signature, form, document_url=reverse("placements:sign_document", args=[token]))


@login_not_required
@require_safe
def sign_document(request, token):
    """The PDF behind the same link."""
    _link, signature = _linked(request, token)
    agreement = signature.agreement
    return files.download(agreement.signed_document or agreement.document)


@login_not_required
@require_safe
def signed(request):
    """What a signer by link sees afterwards; it names nobody."""
    return render(request, "placements/signed.html")


def _linked(request, token):
    """The open link and its signature, and the page in the language of the mail."""
    link = links.open_link(token, LinkPurpose.SIGN_AGREEMENT)
    signature = get_object_or_404(
        _with_facts(Signature.objects.filter(agreement__placement__office=link.office)), pk=link.object_id
    )
    request.office = link.office
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(link.language)
        request.LANGUAGE_CODE = translation.get_language()
    return link, signature


def _with_facts(signatures):
    return signatures.select_related(
        "agreement__document",
        "agreement__signed_document",
        "agreement__placement__apprentice__trade",
        "agreement__placement__application",
        "agreement__placement__partner",
        "agreement__placement__host_company",
        "agreement__placement__office",
        "agreement__placement__project",
    )


def _home_of(signature):
    placement = signature.agreement.placement
    pages = {Party.APPRENTICE: "placements:my_stay", Party.HOST: "placements:candidate"}
    return reverse(pages.get(signature.party, "placements:placement"), args=[placement.pk])


def _page(request, signature, form, *, document_url, back_url=""):
    waiting = selectors.next_signature(signature.agreement)
    is_open = signature.agreement.status == AgreementStatus.SIGNING
    context = {
        **documents.agreement_context(signature.agreement),
        "mine": signature,
        "is_own": signature.party == Party.APPRENTICE,
        "form": form,
        "document_url": document_url,
        "back_url": back_url,
        "may_sign": is_open and waiting is not None and waiting.pk == signature.pk,
        "waiting": waiting if is_open else None,
    }
    return render(request, "placements/sign.html", context)
