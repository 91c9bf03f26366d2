"""The criteria of a round: what they say, and what a change of them would do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from apprentices.enums import RoundStatus
from apprentices.models import CriteriaChange, Criterion, Decision, ReviewMark
from apprentices.selectors.ranking import Standing, hundredths, standings

TEXTS = ("name_nb", "name_nn", "name_sv", "name_en")


@dataclass(frozen=True)
class Effect:
    """What other weights would do to the list: whose score and rank change, who gets above the line and who falls below."""

    scores: int
    ranks: int
    rising: list[int]
    falling: list[int]
    pending: int


def snapshot(criteria) -> dict[str, dict]:
    """The whole set by code: what a row of the log keeps."""
    return {
        each.code: {"weight": each.weight, "anchors": each.anchors, **{name: getattr(each, name) for name in TEXTS}}
        for each in criteria
    }


def missing_for_change(round) -> list[str]:  # noqa: A002 - the domain's word
    """What keeps the criteria of an opened round from being corrected. Page and guard share it."""
    if round.status == RoundStatus.PREPARED:
        return [_("The round is not open yet: change the criteria on its own page.")]
    published = Decision.objects.published().filter(application__round=round)
    if round.status == RoundStatus.PUBLISHED or published.exists():
        return [_("Decisions of this round are published: its criteria stay as they are.")]
    return []


def effect_of(round, weights: Mapping[int, int]) -> Effect:  # noqa: A002
    """What the ranking would be with these weights (by the criterion's key) instead of the present ones."""
    now = standings(round)
    after = with_weights(round, now, weights)
    scores = {line.application_id: line for line in after}
    above_now = {line.application_id for line in now if line.score is not None and line.position <= round.places}
    above_after = {line.application_id for line in after if line.score is not None and line.position <= round.places}
    return Effect(
        scores=sum(line.score != scores[line.application_id].score for line in now),
        ranks=sum(line.rank != scores[line.application_id].rank for line in now),
        rising=sorted(above_after - above_now),
        falling=sorted(above_now - above_after),
        pending=Decision.objects.pending().filter(application__round=round).count(),
    )


def with_weights(round, now: list[Standing], weights: Mapping[int, int]) -> list[Standing]:  # noqa: A002
    """The same list in the order that other weights would give; spread and number of reviews are not computed anew."""
    sums: dict[int, list[int]] = {}
    given = ReviewMark.objects.filter(review__application__round=round, review__given_at__isnull=False)
    totals: dict[tuple[int, int], int] = {}
    for application, review, criterion, mark in given.values_list("review__application", "review", "criterion", "mark"):
        key = (application, review)
        totals[key] = totals.get(key, 0) + mark * weights[criterion]
    for (application, _review), total in totals.items():
        sums.setdefault(application, []).append(total)
    return rank([(line, sums.get(line.application_id, [])) for line in now])


def rank(lines) -> list[Standing]:
    """Order (line, totals of its reviews) as the database does: the same score, the same rank."""
    scored = [
        (line, (2 * sum(totals) + len(totals)) // (2 * len(totals)) if totals else None) for line, totals in lines
    ]
    ordered = sorted(scored, key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0].position))
    ranks: dict[int, int] = {}
    found = []
    for position, (line, cents) in enumerate(ordered, start=1):
        place = ranks.setdefault(cents, position) if cents is not None else None
        found.append(replace(line, position=position, score=hundredths(cents), rank=place))
    return found


def totals_of(round):  # noqa: A002
    """(review, sum of mark x weight) of every given review of the round, as the criteria weigh now."""
    return (
        ReviewMark.objects.filter(review__application__round=round, review__given_at__isnull=False)
        .order_by()
        .values_list("review")
        .annotate(total=Sum(F("mark") * F("criterion__weight")))
    )


def change_log(round) -> list[dict]:  # noqa: A002
    """Every change of the frozen criteria, newest first, with what became what, in words."""
    return [
        {"change": change, "lines": _lines(change)}
        for change in CriteriaChange.objects.filter(round=round).select_related("by")
    ]


def _lines(change):
    lines = []
    for code, after in change.after.items():
        before = change.before[code]
        name = before["name_nb"] or code
        for field, value in after.items():
            if value == before[field]:
                continue
            if field == "anchors":
                lines += [
                    {"what": f"{name}, {place}", "before": old, "after": new}
                    for place, old, new in _anchor_lines(before[field], value)
                ]
            else:
                label = Criterion._meta.get_field(field).verbose_name  # noqa: SLF001 - Django's documented name
                lines.append({"what": f"{name}, {label}", "before": before[field], "after": value})
    return lines


def _anchor_lines(before, after):
    """(mark and language, old text, new text) of each anchor text that changed."""
    old, new = _flat(before), _flat(after)
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield key, old.get(key, "–"), new.get(key, "–")


def _flat(anchors):
    """One text for every language, or one for each, by "mark" or "mark language"."""
    flat = {}
    for key, text in (anchors or {}).items():
        if isinstance(text, dict):
            flat |= {f"{mark} {key}": words for mark, words in text.items()}
        else:
            flat[key] = text
    return flat
