"""Other dates or another host: the effect is shown before anything is saved."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common import countries, formats
from mobility.common.errors import Refused
from mobility.common.office_page import confirm_page, office_context, report_refusal
from mobility.common.templatetags.utferd import eur_change
from mobility.grants.enums import ActivityType, BudgetHeading
from mobility.grants.words import explain
from placements.forms.changes import ChangeForm
from placements.forms.placements import add_refusal
from placements.notifications.changes import told_of
from placements.selectors.case import status_words
from placements.services import changes as services
from placements.views.pages import found_stay


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """First the form, then the effect, then the change. What was typed comes back with every answer."""
    related = ("apprentice", "application__round", "partner", "host_company", "opening__partner", "project")
    stay = found_stay(request, pk, "placements.change_placement", *related)
    typed = request.POST or None
    form = ChangeForm(typed, placement=stay, initial={name: request.GET[name] for name in request.GET})
    if request.method == "POST" and "confirm" in request.POST:
        done = _carry_out(request, stay, form)
        if done:
            return done
    elif form.is_valid():
        return _show_effect(request, stay, form)
    context = office_context(
        request,
        title=_("Change dates or host of %(name)s") % {"name": stay.apprentice.full_name},
        eyebrow=f"{stay.host.name} · {stay.host.city}",
        lead=_("You see what follows, in days and in money, before anything is saved."),
        placement=stay,
        form=form,
        is_open=stay.status in services.CHANGED_IN,
    )
    return render(request, "placements/change.html", context)


def _carry_out(request, stay, form):
    """The answer to a confirmed change; None shows the form with what speaks against it."""
    if not form.is_valid():
        if _is_done(request, stay, form):  # a second click
            return redirect(stay)
        return None
    try:
        services.change_placement(
            placement=stay, change=form.change, fingerprint=request.POST.get("fingerprint", ""), by=request.user
        )
    except services.ChangedMeanwhile as changed:
        messages.warning(request, str(changed))
        return _show_effect(request, stay, form)
    except Refused as refused:
        add_refusal(form, refused)
        return None
    messages.success(request, _("The stay is changed. Everybody concerned gets a mail."))
    return redirect(stay)


def _is_done(request, stay, form):
    """Whether the stay is as was asked already."""
    values = form.cleaned_data
    same_dates = (stay.starts_on, stay.ends_on) == (values.get("starts_on"), values.get("ends_on"))
    return same_dates and request.POST.get("opening", "") in ("", str(stay.opening_id))


def _show_effect(request, stay, form):
    try:
        effect = services.effect_of(stay, form.change)
    except Refused as refused:
        report_refusal(request, refused)
        return redirect(stay)
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return confirm_page(
        request,
        title=_("Change the stay of %(name)s?") % {"name": stay.apprentice.full_name},
        eyebrow=f"{stay.host.name} · {stay.host.city}",
        submit=_("Change the stay"),
        back_url=f"{reverse('placements:change', args=[stay.pk])}?{urlencode(typed)}",
        hidden=[*typed.items(), ("fingerprint", effect.fingerprint), ("confirm", 1)],
        effects=[*_facts(effect), *_money(effect), *_papers(effect)],
        told=[{"who": who, "what": TOLD[kind]()} for kind, who in told_of(effect)],
    )


TOLD = {
    "changed": lambda: _("The stay has changed"),
    "left": lambda: _("The apprentice does not come"),
    "proposed": lambda: _("A candidate, to be answered in the portal"),
}


def _facts(effect):
    before, after = effect.before, effect.after
    inside = after.opening is None or (
        after.opening.starts_on <= after.starts_on and after.ends_on <= after.opening.ends_on
    )
    yield _row(
        _("Stay"),
        services.dates_in_words(before),
        services.dates_in_words(after),
        "" if inside else _("Outside the dates of the opening: ask the partner first."),
    )
    yield _row(_("Days"), before.days, after.days, _("First and last day counted, without interruption."))
    crosses = before.activity != after.activity
    yield _row(
        _("Activity"),
        capfirst(ActivityType(before.activity).label),
        capfirst(ActivityType(after.activity).label),
        _("The boundary between 89 and 90 days is crossed: other support is paid.") if crosses else "",
    )
    if effect.moves_host:
        hosts = [f"{stay.host.name}, {stay.host.city}" for stay in (before, after)]
        yield _row(_("Host"), *hosts, _("The partner is asked first.") if effect.moves_partner else "")
        yield _row(_("Country"), *(countries.name(stay.partner.country) for stay in (before, after)))
        yield _row(_("Lodging"), before.lodging, after.lodging)
        yield _row(_("Distance"), *(_km(stay) for stay in (before, after)), _the_way(after))
    if before.status != after.status:
        yield _row(_("State"), status_words(before.status), status_words(after.status))


def _money(effect):
    for pair in effect.lines:
        side = pair.after or pair.before
        amounts = [formats.eur(line.amount) if line else "" for line in (pair.before, pair.after)]
        words = f"{eur_change(pair.difference)}: {explain(side)}" if pair.after else eur_change(pair.difference)
        yield _row(capfirst(BudgetHeading(side.heading).label), *amounts, words)
    totals = [formats.eur(price.total) if price else "" for price in (effect.price_before, effect.price_after)]
    follows = eur_change(effect.difference) if effect.difference is not None else effect.why_no_price
    yield _row(_("Grant in all"), *totals, follows)


def _papers(effect):
    if effect.agreement is not None:
        version = effect.agreement.version
        if effect.signs_again:
            after, follows = _("version %(number)s") % {"number": version + 1}, _("Everybody signs again.")
        else:
            after, follows = _("out of force"), _("A new one is made when the new host is confirmed.")
        yield _row(_("Learning agreement"), _("version %(number)s") % {"number": version}, after, follows)
    if effect.visits:
        days = ", ".join(formats.day(visit.slot.visit_day.on, "short") for visit in effect.visits)
        yield _row(_("Visits"), days, _("cancelled"), _("The instructor, the partner and the apprentice get a mail."))


def _row(what, now, after, follows=""):
    blank = "–"
    return {"what": what, "now": now or blank, "after": after or blank, "follows": follows}


def _km(stay):
    return f"{formats.number(stay.distance_km)} km" if stay.distance_km is not None else ""


def _the_way(after):
    if after.distance_km is None:
        return _("We know no town of this name: enter the distance afterwards.")
    return _("As the crow flies, from where the journey begins.")
