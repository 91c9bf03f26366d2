"""What a coordinator does with a mail of the office: hold, release, correct, send again, give up, a wrong address."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.accounts import mail_text, selectors
from mobility.accounts.forms import AddressForm, MailCorrectionForm, ReasonForm
from mobility.accounts.services import addresses, mails
from mobility.common.models import OutboundMail
from mobility.common.office_page import attempt, confirm_page, office_context

State = OutboundMail.State


def found_mail(request, pk, permission):
    """The mail; 404 for what the office does not have, 403 without the right."""
    found = get_object_or_404(selectors.mails_of_office(request.user), pk=pk)
    if not request.user.has_perm(permission, found):
        raise PermissionDenied
    return found


@require_POST
def retry_mail(request, pk):
    """Queue a failed mail again."""
    found = found_mail(request, pk, "common.retry_outboundmail")
    attempt(request, lambda: mails.retry_mail(mail=found, by=request.user), done=_("The mail is queued again."))
    return redirect("accounts:mail", pk=pk)


@require_POST
def hold_mail(request, pk):
    """Keep a queued mail back."""
    found = found_mail(request, pk, "common.change_outboundmail")
    done = _("The mail is held. It goes out when you release it.")
    attempt(request, lambda: mails.hold_mail(mail=found, by=request.user), done=done)
    return redirect("accounts:mail", pk=pk)


@require_POST
def release_mail(request, pk):
    """Let a held mail go."""
    found = found_mail(request, pk, "common.change_outboundmail")
    attempt(request, lambda: mails.release_mail(mail=found, by=request.user), done=_("The mail is queued again."))
    return redirect("accounts:mail", pk=pk)


@require_http_methods(["GET", "POST"])
def correct_mail(request, pk):
    """Address, subject and text of a mail that is held or has failed."""
    found = found_mail(request, pk, "common.change_outboundmail")
    now = {"to_address": found.to_address, "subject": found.subject, "body": mail_text.editable(found), "send": True}
    form = MailCorrectionForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        done = _("Corrected and queued.") if form.cleaned_data["send"] else _("Corrected.")
        if attempt(request, lambda: mails.correct_mail(mail=found, by=request.user, **form.cleaned_data), done=done):
            return redirect("accounts:mail", pk=pk)
    return confirm_page(
        request,
        title=_("Correct the mail"),
        eyebrow=found.subject,
        lead=_(
            "The log of the mail keeps who changed what. Where the address is wrong in the case, too, correct it there."
        ),
        submit=_("Save the correction"),
        back_url=reverse("accounts:mail", args=[pk]),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def send_mail_again(request, pk):
    """A sent mail once more: a new one, with the text of the first."""
    found = found_mail(request, pk, "common.change_outboundmail")
    back = reverse("accounts:mail", args=[pk])
    if request.method == "POST":
        seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else -1
        attempt(
            request,
            lambda: mails.send_again(mail=found, by=request.user, seen=seen),
            done=_("The mail is queued once more, as a new one."),
        )
        return redirect(back)
    return confirm_page(
        request,
        title=_("Send this mail once more?"),
        eyebrow=found.subject,
        lead=_(
            "The mail that went out stays as it is. A new one with the same text and files goes to the same address."
        ),
        submit=_("Send once more"),
        back_url=back,
        told=[{"who": found.to_address, "what": found.subject}],
        hidden=[("seen", found.resends.count())],
    )


@require_http_methods(["GET", "POST"])
def give_up_mail(request, pk):
    """A held or failed mail that shall never go out."""
    found = found_mail(request, pk, "common.change_outboundmail")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("accounts:mail", args=[pk])
    if request.method == "POST" and form.is_valid():
        done = _("The mail is given up. It stays here, and is never sent.")
        attempt(request, lambda: mails.give_up_mail(mail=found, by=request.user, **form.cleaned_data), done=done)
        return redirect(back)
    return confirm_page(
        request,
        title=_("Give this mail up?"),
        eyebrow=found.subject,
        lead=_("It stays in the outbox with your reason, and is never sent."),
        submit=_("Give the mail up"),
        back_url=back,
        form=form,
        danger=True,
    )


@require_safe
def failed_addresses(request):
    """Addresses that mails did not reach, one task each."""
    if not request.user.has_perm("common.view_outboundmail"):
        raise PermissionDenied
    context = office_context(
        request,
        title=_("Addresses that mails did not reach"),
        eyebrow=_("Outbox"),
        rows=selectors.failed_addresses(request.user),
        may_correct=request.user.has_perm("common.change_outboundmail"),
    )
    return render(request, "accounts/failed_addresses.html", context)


@require_http_methods(["GET", "POST"])
def correct_address(request):
    """The right address instead of a wrong one (``?address=``): where it stands, and for the mails that wait."""
    if not request.user.has_perm("common.change_outboundmail"):
        raise PermissionDenied
    wrong = request.GET.get("address", "")
    rows = selectors.failed_addresses(request.user, address=wrong) if wrong else []
    if not rows:
        raise Http404
    row = rows[0]
    keys = [source.key for source in row.sources if source.can_correct]
    form = AddressForm(
        request.POST if request.method == "POST" else None,
        address=row.address,
        sources=row.sources,
        initial={"new": row.address, "keys": keys},
    )
    if request.method == "POST" and form.is_valid() and _corrected(request, row, form):
        return redirect("accounts:failed_addresses")
    return confirm_page(
        request,
        title=_("Correct %(address)s") % {"address": row.address},
        eyebrow=_("Outbox"),
        lead=_("The mails below go to the right address. Tick where else the wrong one stands."),
        submit=_("Correct and send"),
        back_url=reverse("accounts:failed_addresses"),
        told=[{"who": mail.subject, "what": mail.last_error} for mail in row.mails],
        form=form,
    )


def _corrected(request, row, form):
    done = []

    def act():
        done.append(
            addresses.correct_address(
                office=request.user.working_office,
                address=row.address,
                new=form.cleaned_data["new"],
                keys=form.cleaned_data.get("keys", []),
                by=request.user,
            )
        )

    if not attempt(request, act):
        return False
    words = ngettext(
        "Corrected in %(places)s places; %(count)s mail is queued again.",
        "Corrected in %(places)s places; %(count)s mails are queued again.",
        done[0].sent,
    )
    messages.success(request, words % {"places": done[0].places, "count": done[0].sent})
    return True
