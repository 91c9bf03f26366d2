"""The findings of eligibility as sentences: to the applicant (you) and to the office (the case)."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apprentices.enums import EligibilityLevel
from apprentices.selectors.eligibility import Finding
from mobility.common import formats

TO_APPLICANT = {
    "age": _("You are %(age)s when the first group leaves: that is fine."),
    "age_unknown": _("We do not know your date of birth yet."),
    "too_young": _(
        "You are %(age)s when the first group leaves. This round is for those who are %(minimum)s or older."
    ),
    "too_old": _("You are %(age)s when the last group leaves. This round is for those who are %(maximum)s or younger."),
    "guardian_consents": _("You are under 18: your guardian has to consent with you."),
    "months": _("Months that you have trained when you leave: %(months)s. That is fine."),
    "months_unknown": _("We do not know yet when your training period began."),
    "few_months": _(
        "Months that you have trained when you leave: %(months)s. This round asks for at least %(minimum)s."
    ),
    "trade": _("Your trade is part of this round."),
    "trade_unknown": _("We do not know your trade yet."),
    "trade_not_in_round": _("This round is not for your trade."),
    "training_end_unknown": _("We do not know yet when your training period ends."),
    "training_ends_before_return": _(
        "Your training period ends before the stay does: you cannot take part in this round"
    ),
    "training_ends_in_return_window": _(
        "Your training period ends on %(ends_on)s, before the last return on %(returns_on)s. You must be home earlier."
    ),
    "return_near_final_test": _(
        "You may come home as late as %(returns_on)s. Your training period ends on %(ends_on)s, and the final test can be "
        "in the three months before. Talk to your training manager about when yours is."
    ),
    "training_lasts": _("Your training period lasts well beyond the stay."),
    "contract_not_in_register": _(
        "We have not seen your contract in the county's register yet. You need not do anything."
    ),
    "contract_not_approved": _("The county has not approved your contract yet."),
    "contract_approved": _("The county has approved your contract."),
    "contract_does_not_cover": _("Your contract in the county's register does not cover the stay."),
    "contract_covers_partly": _("Your contract in the county's register covers only some of the possible dates."),
    "contract_without_end": _("Your contract in the county's register has no last day."),
    "contract_covers": _("Your contract covers the stay."),
    "no_earlier_stays": _("You have not been abroad with Erasmus+ before: all of twelve months may count."),
    "earlier_stays_unknown": _("We do not know whether you have been abroad with Erasmus+ before."),
    "earlier_days_unknown": _("You have been abroad with Erasmus+ before. We do not know for how many days."),
    "earlier_stays": _(
        "Days that you have been abroad before: %(earlier)s. Together with this stay all of them may count."
    ),
    "many_days_abroad": _(
        "Days that you have been abroad before: %(earlier)s. Together with this stay it is more than twelve months, and "
        "only twelve months count as training."
    ),
    "not_the_first_stay": _("This round is for those who have not been abroad with Erasmus+ before."),
}

TO_OFFICE = {
    "age": _("Age at the first departure: %(age)s."),
    "age_unknown": _("The date of birth is missing."),
    "too_young": _("Age at the first departure: %(age)s; the round asks for at least %(minimum)s."),
    "too_old": _("Age at the last departure: %(age)s; the round asks for at most %(maximum)s."),
    "guardian_consents": _("Under 18: a guardian must consent."),
    "months": _("Months served at the first departure: %(months)s."),
    "months_unknown": _(
        "The first day of the training period is missing; the round asks for %(minimum)s months served."
    ),
    "few_months": _("Months served at the first departure: %(months)s; the round asks for at least %(minimum)s."),
    "trade": _("The trade is among those of the round."),
    "trade_unknown": _("The trade is missing."),
    "trade_not_in_round": _("The trade is not among those of the round."),
    "training_end_unknown": _("The last day of the training period is missing."),
    "training_ends_before_return": _(
        "The training period ends on %(ends_on)s, before the first return on %(returns_on)s."
    ),
    "training_ends_in_return_window": _(
        "The training period ends on %(ends_on)s, before the last return on %(returns_on)s: only an earlier return fits."
    ),
    "return_near_final_test": _(
        "The last return on %(returns_on)s lies in the three months before the training period ends on %(ends_on)s: the "
        "final test may fall into the stay."
    ),
    "training_lasts": _("The training period lasts until %(ends_on)s."),
    "contract_not_in_register": _("No contract of the county's register belongs to this person: approval unknown."),
    "contract_not_approved": _("The contract in the register is not approved."),
    "contract_approved": _("The contract was approved on %(approved_on)s."),
    "contract_does_not_cover": _(
        "The contract in the register does not cover the stay (%(starts_on)s to %(ends_on)s)."
    ),
    "contract_covers_partly": _(
        "The contract in the register covers only some of the dates (%(starts_on)s to %(ends_on)s)."
    ),
    "contract_without_end": _("The contract in the register has no last day."),
    "contract_covers": _("The contract covers the stay (%(starts_on)s to %(ends_on)s)."),
    "no_earlier_stays": _("No earlier Erasmus+ stay."),
    "earlier_stays_unknown": _("Not said whether there were earlier Erasmus+ stays."),
    "earlier_days_unknown": _("Earlier Erasmus+ stays, number of days not said."),
    "earlier_stays": _(
        "Earlier stays: %(earlier)s days; with this one at most %(planned)s more, within twelve months."
    ),
    "many_days_abroad": _(
        "Earlier stays: %(earlier)s days; with up to %(planned)s more it exceeds the twelve months that may count."
    ),
    "not_the_first_stay": _("Has been abroad with Erasmus+ before; the round is for first stays only."),
}

MARKS = {  # level -> (kind of pill, icon)
    EligibilityLevel.OK: ("ok", "check"),
    EligibilityLevel.UNKNOWN: ("quiet", "help"),
    EligibilityLevel.WARN: ("wait", "alert"),
    EligibilityLevel.BLOCK: ("stop", "x-circle"),
}


@dataclass(frozen=True)
class Line:
    """One finding as a page shows it; kind and icon are those of the ``pill`` tag."""

    code: str
    level: str
    sentence: str
    kind: str
    icon: str
    label: str


def sentence(finding: Finding, *, to_office=False) -> str:
    """The finding in the active language; ISO dates become dates as the reader writes them."""
    words = (TO_OFFICE if to_office else TO_APPLICANT)[finding.code]
    params = {name: _readable(value) for name, value in finding.params.items()}
    return str(words) % params


def lines(findings, *, to_office=False) -> list[Line]:
    """For a page: the findings with their marks."""
    return [
        Line(
            finding.code,
            finding.level,
            sentence(finding, to_office=to_office),
            *MARKS[finding.level],
            str(EligibilityLevel(finding.level).label),
        )
        for finding in findings
    ]


def _readable(value):
    return formats.day(datetime.date.fromisoformat(value), "plain") if isinstance(value, str) and value else value
