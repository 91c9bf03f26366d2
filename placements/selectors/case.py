"""What the office's page of one stay shows beside its facts: the next steps, the signatures, the log."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from placements import workflow
from placements.enums import MOVE_WORDS, AgreementStatus, PlacementStatus
from placements.pricing import missing_for_price
from placements.selectors import placing
from placements.selectors.changes import CHANGED_IN
from placements.selectors.prices import price_of

OPEN_FOR_AGREEMENT = (PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)


@dataclass(frozen=True)
class Action:
    """A button of the case page. ``kind``: primary, plain or stop."""

    words: str
    url: str
    icon: str
    kind: str = "plain"


def status_words(status) -> str:
    return PlacementStatus(status).label


def case_context(user, placement, agreement) -> dict:
    signatures = signature_rows(user, agreement)
    may_view_grant = user.has_perm("placements.view_grant", placement)
    return {
        "actions": actions_for(user, placement, agreement, signatures),
        "missing": missing_for_next(placement),
        "signatures": signatures,
        "may_remind": bool(agreement)
        and agreement.status == AgreementStatus.SIGNING
        and user.has_perm("placements.make_agreement", placement),
        "older": list(placement.learning_agreements.filter(status=AgreementStatus.REPLACED)),
        "stations": log_of(placement),
        "employer": placing.employer_of(placement),
        "contract": placing.contract_of(placement),
        "age": placement.apprentice.age_on(placement.starts_on),
        "host_contact": placing.host_signer(placement),
        "price": price_of(placement, user) if may_view_grant else None,
        "price_missing": missing_for_price(placement),
        "may_view_grant": may_view_grant,
        "may_price": user.has_perm("placements.price_placement", placement),
    }


def actions_for(user, placement, agreement, signatures) -> list[Action]:
    """What this person may do with the stay now; the first one is the next step."""
    found = [Action(_("Sign for the office"), row["url"], "sign", "primary") for row in signatures if row["may_sign"]]
    status, may = placement.status, lambda right: user.has_perm(f"placements.{right}", placement)
    if status == PlacementStatus.HOST_FOUND and may("confirm_placement"):
        found.append(Action(_("Confirm the placement"), _url("confirm", placement), "check", "primary"))
    if status in OPEN_FOR_AGREEMENT and may("make_agreement"):
        words = _("Replace the learning agreement") if agreement else _("Make the learning agreement")
        kind = "plain" if agreement or status == PlacementStatus.ABROAD else "primary"
        found.append(Action(words, _url("make_agreement", placement), "file", kind))
    if status == PlacementStatus.CONFIRMED and may("make_ready"):
        is_next = not placing.missing_for_readiness(placement)
        found.append(
            Action(_("Ready to travel"), _url("make_ready", placement), "plane", "primary" if is_next else "plain")
        )
    if status in placing.NOT_LIVING and _may_place_again(user, placement):
        url = reverse("placements:place", args=[placement.application_id])
        found.append(Action(_("Find another place"), url, "search", "primary"))
    if status in CHANGED_IN and may("change_placement"):
        found.append(Action(_("Change dates or host"), _url("change", placement), "calendar"))
    if status in OPEN_FOR_AGREEMENT and may("set_lodging"):
        found.append(Action(_("Change the lodging"), _url("lodging", placement), "bed"))
    if status in workflow.CANCEL.sources and may("cancel_placement"):
        found.append(Action(_("Cancel the stay"), _url("cancel", placement), "x-circle", "stop"))
    return sorted(found, key=lambda action: action.kind != "primary")


def missing_for_next(placement) -> list[str]:
    """What stands in the way of the next step of a stay that has not begun."""
    if placement.status == PlacementStatus.HOST_FOUND:
        return placing.missing_for_confirmation(placement)
    if placement.status == PlacementStatus.CONFIRMED:
        return placing.missing_for_readiness(placement)
    return []


def signature_rows(user, agreement) -> list[dict]:
    """Each party's place in order: signed, asked (its turn), or later."""
    if agreement is None:
        return []
    rows, is_next = [], agreement.status == AgreementStatus.SIGNING
    for signature in agreement.signatures.all():
        waiting = is_next and signature.signed_at is None
        may_sign = waiting and user.has_perm("placements.sign_agreement", signature)
        state = "done" if signature.signed_at else "here" if waiting else "ahead"
        rows.append(
            {
                "signature": signature,
                "state": state,
                "may_sign": may_sign,
                "url": reverse("placements:sign", args=[signature.pk]) if may_sign else "",
            }
        )
        is_next = is_next and not waiting
    return rows


def log_of(placement) -> list[dict]:
    """The moves of the stay, newest first."""
    return [
        {
            "what": MOVE_WORDS.get(change.name, change.name),
            "who": str(change.by) if change.by else "",
            "at": change.at,
            "note": change.note,
        }
        for change in placement.status_changes.select_related("by").order_by("-at", "-pk")
    ]


def _may_place_again(user, placement):
    application = placement.application
    if application is None or not user.has_perm("placements.propose_placement", application):
        return False
    return not application.placements.exclude(status__in=placing.NOT_LIVING).exists()


def _url(name, placement):
    return reverse(f"placements:{name}", args=[placement.pk])
