"""The office's pages of one stay: placing, the case, its moves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.ages import ADULT
from apprentices.models import Application
from mobility.common import formats
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, confirm_page, office_context
from mobility.grants.enums import ActivityType
from placements import workflow
from placements.forms.placements import LodgingForm, PlaceForm, ReasonForm, add_refusal
from placements.selectors import case as case_selectors
from placements.selectors import placing as selectors
from placements.selectors.stays import stay_of
from placements.services import placements as services
from placements.views.pages import found_stay


@require_safe
def unplaced(request):
    """Who has accepted an offer and has no place yet."""
    if not request.user.has_perm("placements.propose_placement"):
        raise PermissionDenied
    context = office_context(request, title=_("Without a place"), applications=list(selectors.unplaced(request.user)))
    return render(request, "placements/unplaced.html", context)


@require_http_methods(["GET", "POST"])
def place(request, pk):
    """Choose an opening for an accepted application; the effect is shown before anything is saved."""
    applications = Application.objects.visible_to(request.user).select_related(
        "apprentice__trade", "trade", "round", "office"
    )
    application = get_object_or_404(applications, pk=pk)
    if not request.user.has_perm("placements.propose_placement", application):
        raise PermissionDenied
    living = application.placements.exclude(status__in=selectors.NOT_LIVING).first()
    if living and request.method == "GET":
        return redirect(living)
    form = PlaceForm(request.POST or None, application=application, user=request.user)
    if form.is_valid():
        if "confirm" not in request.POST:
            return _show_effect(request, application, form.cleaned_data)
        try:
            placement = services.propose_placement(application=application, by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Sent to %(partner)s.") % {"partner": placement.partner})
            return redirect(placement)
    return _show_openings(request, application, form)


@require_safe
def placement(request, pk):
    """The case page of one stay."""
    stay = _stay(request, pk, "placements.view_placement")
    agreement = selectors.agreement_in_force(stay)
    context = office_context(
        request,
        title=stay.apprentice.full_name,
        placement=stay,
        agreement=agreement,
        stay=stay_of(stay, request.user),
        turn=selectors.whose_turn(stay, agreement),
        **case_selectors.case_context(request.user, stay, agreement),
    )
    return render(request, "placements/placement.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request, pk):
    stay = _stay(request, pk, "placements.confirm_placement")
    if request.method == "POST":
        attempt(
            request,
            lambda: services.confirm_placement(placement=stay, by=request.user),
            done=_("The placement is confirmed. Everybody gets a mail."),
        )
        return redirect(stay)
    missing = selectors.missing_for_confirmation(stay)
    if missing or stay.status not in workflow.CONFIRM.sources:
        return _not_yet(request, stay, _("The placement cannot be confirmed yet"), missing)
    employer = selectors.employer_of(stay)
    return confirm_page(
        request,
        title=_("Confirm the placement of %(name)s?") % {"name": stay.apprentice.full_name},
        eyebrow=_case_words(stay),
        submit=_("Confirm %(host)s in %(city)s") % {"host": stay.host.name, "city": stay.host.city},
        back_url=stay.get_absolute_url(),
        effects=[
            _effect(_("State"), stay.get_status_display(), workflow.CONFIRM),
            {
                "what": _("Learning agreement"),
                "now": "–",
                "after": _("can be made"),
                "follows": _("The parties sign in the browser."),
            },
        ],
        told=[
            {"who": stay.apprentice.full_name, "what": _("You have a place")},
            {"who": employer.name, "what": employer.organisation},
            {"who": stay.partner.name, "what": _("The placement is confirmed")},
        ],
    )


@require_http_methods(["GET", "POST"])
def make_ready(request, pk):
    stay = _stay(request, pk, "placements.make_ready")
    if request.method == "POST":
        attempt(
            request,
            lambda: services.make_ready(placement=stay, by=request.user),
            done=_("%(name)s is ready to travel.") % {"name": stay.apprentice.full_name},
        )
        return redirect(stay)
    missing = selectors.missing_for_readiness(stay)
    if missing or stay.status not in workflow.MAKE_READY.sources:
        return _not_yet(request, stay, _("Not ready to travel yet"), missing)
    return confirm_page(
        request,
        title=_("Is %(name)s ready to travel?") % {"name": stay.apprentice.full_name},
        eyebrow=_case_words(stay),
        submit=_("Ready to travel on %(day)s") % {"day": formats.day(stay.starts_on, "plain")},
        back_url=stay.get_absolute_url(),
        effects=[_effect(_("State"), stay.get_status_display(), workflow.MAKE_READY)],
        told=[{"who": stay.apprentice.full_name, "what": _("You are ready to travel")}],
    )


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    stay = _stay(request, pk, "placements.cancel_placement")
    if request.method == "GET" and stay.status not in workflow.CANCEL.sources:
        return _not_yet(request, stay, _("The stay cannot be cancelled any more"), [])
    form = ReasonForm(request.POST or None, help_text=_("The apprentice and the partner read it."))
    if form.is_valid():
        attempt(
            request,
            lambda: services.cancel_placement(placement=stay, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("The stay is cancelled."),
        )
        return redirect(stay)
    return confirm_page(
        request,
        title=_("Cancel the stay of %(name)s?") % {"name": stay.apprentice.full_name},
        eyebrow=_case_words(stay),
        submit=_("Cancel the stay"),
        back_url=stay.get_absolute_url(),
        effects=[_effect(_("State"), stay.get_status_display(), workflow.CANCEL)],
        told=[{"who": who, "what": _("The stay is cancelled, with your reason")} for who in _told_of_the_end(stay)],
        form=form,
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def lodging(request, pk):
    stay = _stay(request, pk, "placements.set_lodging")
    if not request.user.has_perm("placements.view_placement", stay):
        raise PermissionDenied  # the partner has a page of its own for it
    form = LodgingForm(request.POST or None, initial={"lodging": stay.lodging})
    if form.is_valid():
        attempt(
            request,
            lambda: services.set_lodging(placement=stay, by=request.user, **form.cleaned_data),
            done=_("The lodging is saved."),
        )
        return redirect(stay)
    return confirm_page(
        request,
        title=_("Where will %(name)s live?") % {"name": stay.apprentice.full_name},
        lead=_("The apprentice sees it on the page of the stay."),
        eyebrow=_case_words(stay),
        submit=_("Save the lodging"),
        back_url=stay.get_absolute_url(),
        form=form,
    )


def _stay(request, pk, right):
    related = ("apprentice__trade", "application__round", "partner", "host_company", "opening", "project")
    return found_stay(request, pk, right, *related)


def _told_of_the_end(stay):
    """Names of those whom cancelling mails: the employer hears of a stay when it is confirmed."""
    employer = selectors.employer_of(stay) if stay.status in services.TOLD_THE_EMPLOYER else None
    return [stay.apprentice.full_name, stay.partner.name, *([employer.name] if employer else [])]


def _case_words(stay):
    return f"{stay.apprentice.full_name} · {stay.host.city}"


def _effect(what, now, transition, follows=""):
    return {"what": what, "now": now, "after": case_selectors.status_words(transition.target), "follows": follows}


def _not_yet(request, stay, title, missing):
    context = office_context(request, title=title, eyebrow=_case_words(stay), placement=stay, missing=missing)
    return render(request, "placements/placement_not_yet.html", context)


def _show_openings(request, application, form):
    rows = selectors.suggestions_for(application)
    context = office_context(
        request,
        title=_("Find a place for %(name)s") % {"name": application.full_name},
        eyebrow=application.reference,
        application=application,
        form=form,
        fitting=[row for row in rows if row.fits],
        others=[row for row in rows if not row.fits],
        chosen=str(form["opening"].value() or ""),
    )
    return render(request, "placements/place.html", context)


def _show_effect(request, application, facts):
    opening, days = facts["opening"], selectors.stay_days(facts["starts_on"], facts["ends_on"])
    activity = ActivityType(selectors.activity_for(days))
    left = opening.places - opening.taken
    age = application.apprentice.age_on(facts["starts_on"])
    dates = f"{formats.day(facts['starts_on'], 'plain')} – {formats.day(facts['ends_on'], 'plain')}"
    trade = application.apprentice.trade or application.trade
    trade_words = "" if selectors.teaches(opening, trade) else _("Another trade than the apprentice's.")
    return confirm_page(
        request,
        title=_("Send %(name)s to %(partner)s?") % {"name": application.full_name, "partner": opening.partner},
        eyebrow=application.reference,
        submit=_("Send to %(partner)s") % {"partner": opening.partner},
        back_url=reverse("placements:place", args=[application.pk]),
        hidden=[(name, _plain(value)) for name, value in facts.items() if value not in (False, None)]
        + [("confirm", 1)],
        effects=[
            _fact(_("Host"), opening.host_company or opening.partner, trade_words),
            _fact(_("Stay"), dates, _("%(days)s days, first and last counted") % {"days": days}),
            _fact(_("Activity"), activity.label, _("10–89 days are short-term, 90–365 days long-term.")),
            _fact(_("Age at departure"), age, _("A guardian signs, too.") if age < ADULT else ""),
            {"what": _("Places left in the opening"), "now": left, "after": left - 1, "follows": ""},
        ],
        told=[{"who": opening.partner.name, "what": _("A candidate, to be answered in the portal")}],
    )


def _fact(what, after, follows):
    return {"what": what, "now": "–", "after": after, "follows": follows}


def _plain(value):
    if hasattr(value, "pk"):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value
