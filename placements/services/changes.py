"""Dates or host of a stay are changed: what follows is reckoned first, shown, and carried out only if it still holds."""

import copy
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock, files, formats
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.history import sign
from mobility.common.workflow import lock, move
from mobility.grants.arithmetic import Line, Pricing, activity_for
from mobility.grants.distance import km_between
from partners.models import Opening
from placements import workflow
from placements.enums import PlacementStatus
from placements.models import LearningAgreement, Placement, Visit
from placements.notifications import changes as notifications
from placements.notifications import placing as placing_notifications
from placements.selectors import changes as selectors
from placements.selectors.distance import origin_of, suggested_venue
from placements.selectors.placing import agreement_in_force
from placements.services.agreements import replace_agreement, withdraw_agreement
from placements.services.grants import price_again, reckon
from placements.services.visits import cancel_visit, lies_inside

CHANGED_IN = selectors.CHANGED_IN
CHANGE = "change"  # the row of the log where the state stays
FIELDS = (
    "starts_on", "ends_on", "activity", "opening", "partner", "host_company", "host_contact", "lodging", "origin_place",
    "venue_place", "distance_km", "distance_reason",
)  # fmt: skip


class ChangedMeanwhile(Refused):
    """What follows from the change is no longer what was shown: the new effect has to be seen first."""


@dataclass(frozen=True)
class Change:
    """What is asked for; ``opening`` None: the host stays."""

    starts_on: date
    ends_on: date
    opening: Opening | None = None


@dataclass(frozen=True)
class LinePair:
    """One line of the grant before and after; None where there is none."""

    before: Line | None
    after: Line | None

    @property
    def difference(self) -> Decimal:
        nothing = Decimal(0)
        return (self.after.amount if self.after else nothing) - (self.before.amount if self.before else nothing)


@dataclass(frozen=True)
class Effect:
    """All that follows from a change. ``before`` and ``after`` are the stay as it is and as it would be, not saved."""

    before: Placement
    after: Placement
    price_before: Pricing | None
    price_after: Pricing | None
    why_no_price: str
    agreement: LearningAgreement | None
    visits: list[Visit]

    @property
    def moves_partner(self) -> bool:
        return self.before.partner_id != self.after.partner_id

    @property
    def moves_host(self) -> bool:
        return self.before.opening_id != self.after.opening_id

    @property
    def signs_again(self) -> bool:
        """A new version of the agreement follows at once; with another partner, only once that one has said yes."""
        return self.agreement is not None and self.after.status != PlacementStatus.PROPOSED

    @property
    def lines(self) -> list[LinePair]:
        """Line by line, in the order of the report; the two sides of a rule beside each other."""
        before, after = _by_rule(self.price_before), _by_rule(self.price_after)
        return [LinePair(before.get(rule), after.get(rule)) for rule in dict.fromkeys([*before, *after])]

    @property
    def difference(self) -> Decimal | None:
        """What the grant changes by (EUR); None where one of the sides has no price."""
        if self.price_before is None or self.price_after is None:
            return None
        return self.price_after.total - self.price_before.total

    @property
    def fingerprint(self) -> str:
        """Names everything that was shown: another effect, another fingerprint."""
        facts = [
            [self.before.pk, *(_plain(side) for side in (self.before, self.after))],
            [[pair.before and pair.before.facts, pair.after and pair.after.facts] for pair in self.lines],
            [str(pair.difference) for pair in self.lines],
            [self.agreement and self.agreement.pk, [visit.pk for visit in self.visits]],
        ]
        return hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()


def effect_of(placement, change: Change) -> Effect:
    """What would follow. Nothing is written. Raises TransitionNotAllowed, or NotReady with what speaks against it."""
    if placement.status not in CHANGED_IN:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": placement.get_status_display()}
        )
    after = planned(placement, change)
    problems = [words for _field, words in selectors.problems_of(placement, after)]
    if problems:
        raise NotReady(problems)
    agreement = agreement_in_force(placement)
    moves = after.partner_id != placement.partner_id
    after.status = _state_after(placement.status, moves_partner=moves, has_agreement=agreement is not None)
    price_after, why = _reckoned(after)
    booked = Visit.objects.booked().filter(placement=placement).select_related("slot__visit_day")
    return Effect(
        before=copy.copy(placement),
        after=after,
        price_before=_reckoned(placement)[0],
        price_after=price_after,
        why_no_price=why,
        agreement=agreement,
        visits=[visit for visit in booked if moves or not lies_inside(after, visit.slot.visit_day.on)],
    )


def planned(placement, change: Change) -> Placement:
    """The stay as it would be, not saved: activity, host and distance follow."""
    after = copy.copy(placement)
    after.starts_on, after.ends_on = change.starts_on, change.ends_on
    after.activity = activity_for(change.starts_on, change.ends_on, placement.interruption_days)
    if change.opening is not None and change.opening.pk != placement.opening_id:
        after.opening, after.partner = change.opening, change.opening.partner
        after.host_company, after.host_contact = change.opening.host_company, None
        after.lodging = change.opening.lodging
        _measure(after)
    return after


@files.only_if_kept()
@transaction.atomic
def change_placement(*, placement, change: Change, fingerprint, by) -> Placement:
    """Carry a change out as its effect was shown.

    Writes the log, cancels the visits that fall outside, puts a new version in the agreement's place, prices the stay
    anew and mails those concerned. With another partner an unstarted stay is proposed to that one. The same change
    asked for twice is carried out once. Raises ChangedMeanwhile when something else follows now than was shown,
    TransitionNotAllowed and NotReady.
    """
    placement = lock(placement)
    if change.opening is not None:
        change = Change(change.starts_on, change.ends_on, lock(change.opening))
    if selectors.is_as_asked(placement, change.starts_on, change.ends_on, change.opening):
        return placement
    effect = effect_of(placement, change)
    if effect.fingerprint != fingerprint:
        raise ChangedMeanwhile(_("Something has changed meanwhile. Look at the effect once more before you confirm."))
    _save(placement, effect, by)
    for visit in effect.visits:
        cancel_visit(visit=visit, by=by, note=_("The dates or the host of the stay have changed."))
    if effect.agreement is not None:
        _renew_agreement(effect, by)
    price_again(placement=placement, by=by)
    if effect.moves_partner and placement.status == PlacementStatus.PROPOSED:
        placing_notifications.tell_proposed(placement)
    notifications.tell_changed(effect.before, placement)
    return placement


def _save(placement, effect, by):
    for name in FIELDS:
        setattr(placement, name, getattr(effect.after, name))
    sign(placement, by)
    placement.save(update_fields=list(FIELDS))
    note, target = change_in_words(effect), effect.after.status
    if effect.moves_partner and target == PlacementStatus.PROPOSED:
        move(placement, workflow.CHANGE_HOST, by=by, note=note)
    elif target != placement.status:
        move(placement, workflow.SIGN_AGAIN, by=by, note=note)
    else:
        placement.status_changes.create(
            name=CHANGE, from_status=target, to_status=target, by=by, at=clock.now(), note=note
        )


def change_in_words(effect) -> str:
    """What changed, for the log: dates and host, before and after."""
    before, after = effect.before, effect.after
    parts = []
    if (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
        parts.append((dates_in_words(before), dates_in_words(after)))
    if effect.moves_host:
        parts.append((f"{before.host.name}, {before.host.city}", f"{after.host.name}, {after.host.city}"))
    return "\n".join(_("%(before)s became %(after)s.") % {"before": old, "after": new} for old, new in parts)


def dates_in_words(stay) -> str:
    end = formats.day(stay.ends_on, "plain") if stay.ends_on else _("last day missing")
    return f"{formats.day(stay.starts_on, 'plain')} – {end}"


def _renew_agreement(effect, by):
    old = effect.agreement
    if not effect.signs_again:
        withdraw_agreement(agreement=old, by=by)
        return
    replace_agreement(
        agreement=old,
        language=old.language,
        tasks=old.tasks,
        outcomes=[outcome.text for outcome in old.outcomes.all()],
        monitoring=old.monitoring,
        recognition=old.recognition,
        by=by,
    )


def _state_after(status, *, moves_partner, has_agreement):
    if moves_partner and status in workflow.CHANGE_HOST.sources:
        return PlacementStatus.PROPOSED
    if has_agreement and status in workflow.SIGN_AGAIN.sources:
        return workflow.SIGN_AGAIN.target
    return status


def _measure(after):
    """The way to another host: from where it began, to the town of the new one; None where we know no such town."""
    origin, venue = origin_of(after), suggested_venue(after)
    after.origin_place, after.venue_place = (origin.key if origin else ""), (venue.key if venue else "")
    after.distance_km = km_between(origin, venue) if origin and venue else None
    after.distance_reason = ""


def _reckoned(stay):
    try:
        return reckon(stay), ""
    except Refused as refused:
        return None, str(refused)


def _by_rule(pricing):
    """Lines by what they are: two real costs of one kind stay two lines."""
    found = {}
    for number, line in enumerate(pricing.lines if pricing else ()):
        key = (line.heading, line.rule if line.heading == "linguistic_support" else "")
        found[key if key not in found else (*key, number)] = line
    return found


def _plain(stay):
    dates = (stay.status, stay.starts_on, stay.ends_on, stay.activity)
    return [*dates, stay.opening_id, stay.partner_id, stay.host_company_id, stay.distance_km, stay.lodging]
