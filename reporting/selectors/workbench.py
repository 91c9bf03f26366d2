"""The workbench: cases by stage, what waits for whom, deadlines, who is abroad. A bounded number of queries."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apprentices.enums import ApplicationStatus as A
from apprentices.enums import EndorsementAnswer, RoundStatus
from apprentices.models import Application, Decision, Endorsement, Review, Round
from mobility.common import clock, countries, formats
from mobility.common.models import OutboundMail
from placements.enums import AgreementStatus, Party
from placements.enums import PlacementStatus as P
from placements.models import Placement, Signature, WeeklyLog

SHOWN = 3  # cases of one kind that are named; the others are one line with their number
SILENT_AFTER = datetime.timedelta(days=14)  # an employer who has not answered
ANSWER_SOON = datetime.timedelta(days=7)  # an offer whose deadline is near
AHEAD = datetime.timedelta(days=90)  # deadlines that are shown
DEADLINES = 8
ROUNDS = 20
CITIES = 12
BAR = 50  # height of the tallest bar of the pipeline, in units of its SVG
GAP = 1.5


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline: a count that opens the list it counts; ``waiting`` of them wait for the office."""

    label: str
    count: int
    waiting: int
    url: str
    tallest: int

    @property
    def rest_height(self):
        return round(BAR * (self.count - self.waiting) / self.tallest, 1)

    @property
    def waiting_height(self):
        return round(max(BAR * self.waiting / self.tallest - GAP, 1), 1) if self.waiting else 0

    @property
    def rest_top(self):
        return round(BAR + 1 - self.rest_height, 1)

    @property
    def waiting_top(self):
        return round(self.rest_top - GAP - self.waiting_height, 1) if self.count > self.waiting else round(
            BAR + 1 - self.waiting_height, 1
        )  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    on: datetime.date
    what: str
    sub: str
    url: str
    days: int

    @property
    def is_soon(self):
        return self.days <= 7


@dataclass(frozen=True)
class City:
    name: str
    country: str
    count: int
    share: int
    lacks_end: bool = False


def workbench(user) -> dict:
    """Everything that the admin's front page shows to this person, each part by its right."""
    office = user.working_office
    if office is None:
        return {"greeting": _("Hello"), "tasks": [], "stages": [], "deadlines": [], "cities": [], "is_new": False}
    now = clock.now().astimezone(office.tz)
    today = now.date()
    sees_cases = user.has_perm("apprentices.view_application")
    rounds = _rounds(user) if sees_cases else []
    stages = _stages(user) if sees_cases else []
    stays = _waiting_stays(user, today) if sees_cases else []
    tasks = [*_own_reviews(user, today)]
    if sees_cases:
        tasks += _case_tasks(user, today, rounds, stays)
    tasks.sort(key=lambda task: ("stop", "you", "open").index(task["state"]))
    cities = _cities(user) if sees_cases else []
    return {
        "greeting": _greeting(now.hour, user.get_short_name()),
        "today": today,
        "week": today.isocalendar().week,
        "sees_cases": sees_cases,
        "stages": stages,
        "cases": sum(stage.count for stage in stages),
        "tasks": tasks,
        "mine": sum(task["state"] != "open" for task in tasks),
        "deadlines": _deadlines(user, today, rounds) if sees_cases else [],
        "cities": cities,
        "abroad": sum(city.count for city in cities if not city.lacks_end),
        "is_new": sees_cases and not rounds and not any(stage.count for stage in stages),
        "can_begin": user.has_perm("apprentices.add_round"),
        "round_url": url("admin:apprentices_round_add"),
        "abroad_url": url("placements:who_is_abroad"),
    }


def url(name, *args, query="") -> str:
    """The address of a page, with a filter; "" where this installation has no such page."""
    try:
        return reverse(name, args=args) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""


def _greeting(hour, name):
    if hour < 10:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


# --- cases by stage ---------------------------------------------------------------------------------------------------
def _stages(user):
    """Two queries. Each figure is the length of the list that its link opens."""
    being_reviewed = Review.objects.filter(application=OuterRef("pk"), given_at=None)
    placed = Placement.objects.filter(application=OuterRef("pk"))
    accepted = Q(status=A.ACCEPTED, is_placed=False)
    applications = (
        Application.objects.visible_to(user)
        .annotate(is_being_reviewed=Exists(being_reviewed), is_placed=Exists(placed))
        .aggregate(
            submitted=Count("pk", filter=Q(status=A.SUBMITTED)),
            in_review=Count("pk", filter=Q(status=A.IN_REVIEW)),
            to_decide=Count("pk", filter=Q(status=A.IN_REVIEW, is_being_reviewed=False)),
            offered=Count("pk", filter=Q(status=A.OFFERED)),
            accepted=Count("pk", filter=accepted),
        )
    )
    stays = dict(
        Placement.objects.visible_to(user)
        .order_by()
        .values("status")
        .annotate(n=Count("pk"))
        .values_list("status", "n")
    )
    cases, case_list = applications, "admin:apprentices_application_changelist"
    stay_list = "admin:placements_placement_changelist"
    found = [
        (pgettext("stage", "Submitted"), cases["submitted"], cases["submitted"], case_list, "status__exact=submitted"),
        (pgettext("stage", "In review"), cases["in_review"], cases["to_decide"], case_list, "status__exact=in_review"),
        (pgettext("stage", "Offered"), cases["offered"], 0, case_list, "status__exact=offered"),
        (pgettext("stage", "To be placed"), cases["accepted"], cases["accepted"], case_list,
         "status__exact=accepted&placements__isnull=True"),
        (pgettext("stage", "Proposed"), stays.get(P.PROPOSED, 0), 0, stay_list, "status__exact=proposed"),
        (pgettext("stage", "Host found"), stays.get(P.HOST_FOUND, 0), stays.get(P.HOST_FOUND, 0), stay_list,
         "status__exact=host_found"),
        (pgettext("stage", "Confirmed"), stays.get(P.CONFIRMED, 0), 0, stay_list, "status__exact=confirmed"),
        (pgettext("stage", "Ready"), stays.get(P.READY, 0), 0, stay_list, "status__exact=ready"),
        (pgettext("stage", "Abroad"), stays.get(P.ABROAD, 0), 0, stay_list, "status__exact=abroad"),
        (pgettext("stage", "Home"), stays.get(P.RETURNED, 0), stays.get(P.RETURNED, 0), stay_list,
         "status__exact=returned"),
        (pgettext("stage", "Evaluated"), stays.get(P.EVALUATED, 0), stays.get(P.EVALUATED, 0), stay_list,
         "status__exact=evaluated"),
    ]  # fmt: skip
    tallest = max(count for _label, count, *_rest in found) or 1
    return [
        Stage(label, count, waiting, url(name, query=query), tallest) for label, count, waiting, name, query in found
    ]


# --- what waits -------------------------------------------------------------------------------------------------------
def _task(what, sub, address, state, *, days=None, turn=None):
    return {"what": what, "sub": sub, "url": address or None, "state": state, "turn": turn, "days": days}


def _days_since(moment, today):
    return max((today - moment.date()).days, 0)


def _named(rows, total, task, more):
    """The first cases by name, and one line that counts the others: ``more`` is its task, made from the number."""
    tasks = [task(row) for row in rows[:SHOWN]]
    left = total - len(tasks)
    return [*tasks, more(left)] if left > 0 else tasks


def _counted(rows):
    """A list cut off at SHOWN + 1 rows, each with ``total`` from a window, as (rows, total)."""
    rows = list(rows[:SHOWN])
    return rows, rows[0].total if rows else 0


def _own_reviews(user, today):
    """What this person has to score; everybody sees only the own."""
    if not user.has_perm("apprentices.give_review"):
        return []
    waiting = (
        Review.objects.visible_to(user)
        .filter(reviewer=user.pk, given_at=None, application__status=A.IN_REVIEW)
        .select_related("application")
        .annotate(total=Window(Count("pk")))
        .order_by("assigned_at", "pk")
    )
    rows, total = _counted(waiting)
    return _named(
        rows,
        total,
        lambda review: _task(
            _("Score %(name)s") % {"name": review.application.full_name},
            review.application.reference,
            url("apprentices:review", review.pk),
            "you",
            days=_days_since(review.assigned_at, today),
        ),
        lambda left: _task(
            ngettext("%(count)s more application to score", "%(count)s more applications to score", left)
            % {"count": left},
            "",
            url("apprentices:reviews"),
            "you",
        ),
    )


def _case_tasks(user, today, rounds, stays):
    tasks = [*_stay_tasks(user, today, stays), *_call_tasks(user, today)]
    if user.has_perm("apprentices.publish_decisions"):
        tasks += [
            _task(
                ngettext("Publish %(count)s decision", "Publish %(count)s decisions", row.pending)
                % {"count": row.pending},
                row.name,
                url("apprentices:publish", row.pk),
                "you",
            )
            for row in rounds
            if row.pending
        ]
    if user.has_perm("placements.make_agreement"):
        tasks += _signature_tasks(user, today)
    tasks += _employer_tasks(user, today) + _offer_tasks(user, today)
    if user.has_perm("common.view_outboundmail"):
        tasks += _mail_tasks(user)
    return tasks


def _waiting_stays(user, today):
    """The oldest stays of each kind that need somebody, with ``kind`` and ``total``: one query."""
    again = Placement.objects.filter(application=OuterRef("application")).exclude(status__in=[P.REFUSED, P.CANCELLED])
    kind = Case(
        When(status__in=[P.CONFIRMED, P.READY], starts_on__lte=today, then=Value("not_arrived")),
        When(status=P.ABROAD, ends_on__lt=today, then=Value("overdue")),
        When(status=P.HOST_FOUND, then=Value("host_found")),
        When(status=P.PROPOSED, then=Value("proposed")),
        When(status=P.RETURNED, then=Value("returned")),
        When(status=P.REFUSED, application__status=A.ACCEPTED, has_another=False, then=Value("refused")),
        default=Value(""),
        output_field=CharField(),
    )
    return list(
        Placement.objects.visible_to(user)
        .annotate(has_another=Exists(again))
        .annotate(kind=kind)
        .exclude(kind="")
        .annotate(
            total=Window(Count("pk"), partition_by=[F("kind")]),
            place_in_kind=Window(RowNumber(), partition_by=[F("kind")], order_by=["status_since", "pk"]),
        )
        .filter(place_in_kind__lte=SHOWN)
        .select_related("apprentice", "partner")
        .order_by("kind", "place_in_kind")
    )


def _stay_tasks(user, today, stays):
    """Stays that need the office (or, for a proposal, the partner), by kind."""
    may_decide = user.has_perm("placements.confirm_placement")
    changelist = "admin:placements_placement_changelist"
    kinds = {
        "not_arrived": (_("%(name)s has not been reported as arrived"), "stop", "placements:who_is_abroad", ""),
        "overdue": (_("%(name)s should be home: confirm the return"), "stop", "placements:who_is_abroad", ""),
        "refused": (_("Find another place for %(name)s"), "stop", changelist, "status__exact=refused"),
        "host_found": (_("Confirm the place of %(name)s"), "you", changelist, "status__exact=host_found"),
        "returned": (_("Assess the stay of %(name)s"), "you", changelist, "status__exact=returned"),
        "proposed": (_("%(name)s: the partner has not answered"), "open", changelist, "status__exact=proposed"),
    }
    found = {kind: list(rows) for kind, rows in groupby(stays, key=lambda stay: stay.kind)}
    tasks = []
    for kind, (words, state, list_name, query) in kinds.items():
        rows = found.get(kind, [])
        if not rows or (kind in {"refused", "host_found", "returned"} and not may_decide):
            continue
        tasks += _named(
            rows,
            rows[0].total,
            lambda stay, words=words, state=state: _stay_task(stay, words, state, today),
            lambda left, state=state, name=list_name, query=query, words=words: _task(
                ngettext("%(count)s more: %(what)s", "%(count)s more: %(what)s", left)
                % {"count": left, "what": (words % {"name": "…"})},
                "",
                url(name, query=query),
                state,
                turn="partner" if state == "open" else None,
            ),
        )
    return tasks


def _stay_task(stay, words, state, today):
    since = {"not_arrived": stay.starts_on, "overdue": stay.ends_on}.get(stay.kind)
    days = (today - since).days if since else _days_since(stay.status_since, today)
    return _task(
        words % {"name": stay.apprentice.full_name},
        f"{stay.partner.name}, {stay.partner.city}",
        url("placements:placement", stay.pk),
        state,
        days=days,
        turn="partner" if state == "open" else None,
    )


def _call_tasks(user, today):
    """Apprentices who asked for a call in their weekly log."""
    logs = (
        WeeklyLog.objects.visible_to(user)
        .waiting_for_a_call()
        .select_related("placement__apprentice", "placement__partner")
        .annotate(total=Window(Count("pk")))
        .order_by("written_at", "pk")
    )
    rows, total = _counted(logs)
    return _named(
        rows,
        total,
        lambda log: _task(
            _("Call %(name)s in %(city)s")
            % {"name": log.placement.apprentice.full_name, "city": log.placement.partner.city},
            " · ".join(part for part in (_("Asked for a call"), str(log.placement.apprentice.phone)) if part),
            url("placements:placement", log.placement_id),
            "you",
            days=_days_since(log.written_at, today),
        ),
        lambda left: _task(
            ngettext("%(count)s more asks for a call", "%(count)s more ask for a call", left) % {"count": left},
            "", url("placements:who_is_abroad"), "you",
        ),
    )  # fmt: skip


def _signature_tasks(user, today):
    """Learning agreements whose turn it is to be signed by the office."""
    earlier = Signature.objects.filter(
        agreement=OuterRef("agreement"), position__lt=OuterRef("position"), signed_at=None
    )
    waiting = (
        Signature.objects.filter(
            agreement__placement__in=Placement.objects.visible_to(user),
            agreement__status=AgreementStatus.SIGNING,
            party=Party.OFFICE,
            signed_at=None,
        )
        .exclude(Exists(earlier))
        .select_related("agreement__placement__apprentice", "agreement__placement__partner")
        .annotate(total=Window(Count("pk")))
        .order_by("agreement__created_at", "pk")
    )
    rows, total = _counted(waiting)
    return _named(
        rows,
        total,
        lambda signature: _task(
            _("Sign the learning agreement of %(name)s")
            % {"name": signature.agreement.placement.apprentice.full_name},
            str(signature.agreement.placement.partner),
            url("placements:placement", signature.agreement.placement_id),
            "you",
            days=_days_since(signature.asked_at or signature.agreement.created_at, today),
        ),
        lambda left: _task(
            ngettext("%(count)s more agreement to sign", "%(count)s more agreements to sign", left) % {"count": left},
            "", url("admin:placements_placement_changelist"), "you",
        ),
    )  # fmt: skip


def _employer_tasks(user, today):
    """Employers who have been asked more than two weeks ago and have not answered."""
    silent = (
        Endorsement.objects.filter(
            application__in=Application.objects.visible_to(user),
            application__status__in=[A.SUBMITTED, A.IN_REVIEW],
            answer=EndorsementAnswer.WAITING,
            asked_at__lt=clock.now() - SILENT_AFTER,
        )
        .select_related("application")
        .annotate(total=Window(Count("pk")))
        .order_by("asked_at", "pk")
    )
    rows, total = _counted(silent)
    changelist = "admin:apprentices_application_changelist"
    return _named(
        rows,
        total,
        lambda row: _task(
            _("%(name)s: the employer has not answered") % {"name": row.application.full_name},
            " · ".join(part for part in (row.application.company_name, row.name) if part),
            url("admin:apprentices_application_change", row.application_id),
            "open",
            days=_days_since(row.asked_at, today),
            turn="employer",
        ),
        lambda left: _task(
            ngettext("%(count)s more employer is silent", "%(count)s more employers are silent", left)
            % {"count": left},
            "", url(changelist), "open", turn="employer",
        ),
    )  # fmt: skip


def _offer_tasks(user, today):
    """Offers without an answer whose deadline is near or has passed."""
    newest = Q(application__status=A.OFFERED) & ~Q(published_at=None) & Q(answer_by__lte=today + ANSWER_SOON)
    open_ones = (
        Decision.objects.visible_to(user)
        .filter(newest, application__in=Application.objects.visible_to(user), result="offer")
        .select_related("application")
        .annotate(total=Window(Count("pk")))
        .order_by("answer_by", "pk")
    )
    rows, total = _counted(open_ones)
    return _named(
        rows,
        total,
        lambda row: _task(
            _("%(name)s has not answered the offer") % {"name": row.application.full_name},
            _("Answer by %(day)s") % {"day": formats.day(row.answer_by, "near")},
            url("admin:apprentices_application_change", row.application_id),
            "stop" if row.answer_by < today else "open",
            days=_days_since(row.published_at, today),
            turn="apprentice",
        ),
        lambda left: _task(
            ngettext("%(count)s more offer without an answer", "%(count)s more offers without an answer", left)
            % {"count": left},
            "", url("admin:apprentices_application_changelist", query="status__exact=offered"), "open",
            turn="apprentice",
        ),
    )  # fmt: skip


def _mail_tasks(user):
    failed = OutboundMail.objects.filter(office=user.working_office, state=OutboundMail.State.FAILED).count()
    if not failed:
        return []
    words = ngettext("%(count)s mail did not arrive", "%(count)s mails did not arrive", failed) % {"count": failed}
    return [_task(words, _("Correct the address and send it again"), url("accounts:outbox"), "you")]


# --- deadlines --------------------------------------------------------------------------------------------------------
def _rounds(user):
    """The newest rounds with what they hold: one query."""
    mine = Q(applications__in=Application.objects.visible_to(user).values("pk"))
    return list(
        Round.objects.visible_to(user)
        .select_related("office")
        .annotate(
            sent=Count("applications", filter=mine, distinct=True),
            unanswered=Count("applications", filter=mine & Q(applications__status=A.OFFERED), distinct=True),
            pending=Count(
                "applications__decisions",
                filter=Q(applications__decisions__isnull=False, applications__decisions__published_at=None),
                distinct=True,
            ),
        )
        .order_by("-opens_at")[:ROUNDS]
    )


def _deadlines(user, today, rounds):
    found = [*_round_deadlines(today, rounds), *_travel_deadlines(user, today)]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.what))[:DEADLINES]


def _round_deadlines(today, rounds):
    applications = "admin:apprentices_application_changelist"
    for row in rounds:
        closes = row.closes_at.astimezone(row.office.tz).date() if row.status == RoundStatus.OPEN else None
        if closes and today <= closes <= today + AHEAD:
            words = ngettext("%(count)s application so far", "%(count)s applications so far", row.sent)
            yield Deadline(
                closes, _("%(round)s closes") % {"round": row.name}, words % {"count": row.sent},
                url(applications, query=f"round__id__exact={row.pk}"), (closes - today).days,
            )  # fmt: skip
        if row.answer_by and row.unanswered and today <= row.answer_by <= today + AHEAD:
            words = ngettext("%(count)s has not answered", "%(count)s have not answered", row.unanswered)
            yield Deadline(
                row.answer_by, _("Answers to offers, %(round)s") % {"round": row.name},
                words % {"count": row.unanswered}, url(applications, query="status__exact=offered"),
                (row.answer_by - today).days,
            )  # fmt: skip


def _travel_deadlines(user, today):
    """Departures and returns by day: two queries."""
    stays, changelist = Placement.objects.visible_to(user).order_by(), "admin:placements_placement_changelist"
    leaving = (
        stays.filter(status__in=[P.CONFIRMED, P.READY], starts_on__gt=today, starts_on__lte=today + AHEAD)
        .values("starts_on")
        .annotate(n=Count("pk"), ready=Count("pk", filter=Q(status=P.READY)))
        .order_by("starts_on")[:DEADLINES]
    )
    for row in leaving:
        words = ngettext("Departure, %(count)s apprentice", "Departure, %(count)s apprentices", row["n"])
        yield Deadline(
            row["starts_on"], words % {"count": row["n"]},
            ngettext("%(count)s is ready", "%(count)s are ready", row["ready"]) % {"count": row["ready"]},
            url(changelist, query=f"starts_on__exact={row['starts_on']:%Y-%m-%d}"),
            (row["starts_on"] - today).days,
        )  # fmt: skip
    coming = (
        stays.filter(status=P.ABROAD, ends_on__gte=today, ends_on__lte=today + AHEAD)
        .values("ends_on")
        .annotate(n=Count("pk"))
        .order_by("ends_on")[:DEADLINES]
    )
    for row in coming:
        words = ngettext("Return, %(count)s apprentice", "Return, %(count)s apprentices", row["n"])
        yield Deadline(
            row["ends_on"], words % {"count": row["n"]}, "",
            url(changelist, query=f"ends_on__exact={row['ends_on']:%Y-%m-%d}"), (row["ends_on"] - today).days,
        )  # fmt: skip


# --- who is abroad ----------------------------------------------------------------------------------------------------
def _cities(user):
    """Those abroad by city, most first, then those whose last day is missing: one query."""
    rows = list(
        Placement.objects.visible_to(user)
        .abroad()
        .order_by()
        .values("partner__country", city=_city())
        .annotate(n=Count("pk"), open_end=Count("pk", filter=Q(ends_on=None)))
        .order_by("-n", "city")
    )
    if not rows:
        return []
    most = max(rows[0]["n"], sum(row["n"] for row in rows[CITIES:]))
    cities = [
        City(row["city"], countries.name(row["partner__country"]), row["n"], round(100 * row["n"] / most))
        for row in rows[:CITIES]
    ]
    others, missing = sum(row["n"] for row in rows[CITIES:]), sum(row["open_end"] for row in rows)
    if others:
        cities.append(City(_("Other places"), "", others, round(100 * others / most)))
    if missing:
        cities.append(City(_("Date missing"), "", missing, round(100 * missing / most), lacks_end=True))
    return cities


def _city():
    return Case(When(host_company=None, then=F("partner__city")), default=F("host_company__city"))
