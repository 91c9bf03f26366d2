"""What waits on the workbench: tasks of the reader and of the office, each kind by one query whatever its size."""

import datetime
from itertools import groupby

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import Lower, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apprentices.enums import ApplicationStatus as A
from apprentices.enums import DecisionResult, EndorsementAnswer, EndorsementKind
from apprentices.models import Application, CompletionRequest, Decision, Endorsement, Review, SamePersonHint
from apprentices.selectors.endorsements import REMINDED_IN, of_grown_ups
from mobility.common import clock, formats
from mobility.common.models import OutboundMail
from placements.enums import AgreementStatus, Party
from placements.enums import PlacementStatus as P
from placements.models import Placement, Signature, WeeklyLog
from reporting.selectors.decision_tasks import decision_tasks

SHOWN = 3  # cases of one kind that are named; the others are one line with their number
SILENT_AFTER = datetime.timedelta(days=14)  # somebody who was asked by a link
STILL_OPEN = (P.PROPOSED, P.HOST_FOUND, P.CONFIRMED, P.READY, P.ABROAD)  # a place that somebody is expected in
ANSWER_SOON = datetime.timedelta(days=7)  # an offer whose deadline is near


def url(name, *args, query="") -> str:
    """The address of a page, with a filter. A page that does not exist is an error, not a task without a way to it."""
    return reverse(name, args=args) + (f"?{query}" if query else "")


def _task(what, sub, address, state, *, days=None, turn=None):
    return {"what": what, "sub": sub, "url": address, "state": state, "turn": turn, "days": days, "cases": 1}


def _days_since(moment, today):
    """Days that something has waited; None on its first day."""
    return max((today - timezone.localtime(moment).date()).days, 0) or None


def _named(rows, total, task, more):
    """The first cases by name, and one line that counts the others: ``more`` is its task, made from the number."""
    tasks = [task(row) for row in rows[:SHOWN]]
    left = total - len(tasks)
    return [*tasks, {**more(left), "cases": left}] if left > 0 else tasks


def _counted(rows):
    """A list cut off at SHOWN + 1 rows, each with ``in_all`` from a window, as (rows, total)."""
    rows = list(rows[:SHOWN])
    return rows, rows[0].in_all if rows else 0


def own_reviews(user, today):
    """What this person has to score; everybody sees only the own."""
    if not user.has_perm("apprentices.give_review"):
        return []
    waiting = (
        Review.objects.visible_to(user)
        .filter(reviewer=user.pk, given_at=None, application__status=A.IN_REVIEW)
        .select_related("application")
        .annotate(in_all=Window(Count("pk")))
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


def case_tasks(user, today, rounds):
    """Everything of the office that waits, for those who may see cases; ``rounds`` with their ``pending`` decisions."""
    tasks = [*_stay_tasks(user, today, waiting_stays(user, today)), *_call_tasks(user, today)]
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
    tasks += decision_tasks(
        user, rounds, lambda what, sub, page, state: _task(what, sub, url(page[0], *page[1:]), state)
    )
    if user.has_perm("placements.make_agreement"):
        tasks += _signature_tasks(user, today)
    tasks += _late_completions(user, today)
    tasks += _endorsement_tasks(user, today) + _offer_tasks(user, today)
    if user.has_perm("apprentices.compare_people"):
        tasks += _same_person_tasks(user)
    if user.has_perm("common.view_outboundmail"):
        tasks += _mail_tasks(user)
    return tasks


def _same_person_tasks(user):
    """Pairs of the register that nobody has looked at: one line with their number."""
    number = SamePersonHint.objects.visible_to(user).open().count()
    words = ngettext("%(count)s pair may be the same person", "%(count)s pairs may be the same person", number)
    task = _task(words % {"count": number}, "", url("apprentices:same_person"), "you")
    return [{**task, "cases": number}] if number else []


def waiting_stays(user, today):
    """The oldest stays of each kind that need somebody, with ``kind`` and ``in_all``: one query."""
    again = Placement.objects.filter(application=OuterRef("application")).exclude(status__in=[P.REFUSED, P.CANCELLED])
    kind = Case(
        When(status__in=STILL_OPEN, application__status__in=[A.WITHDRAWN, A.DEFERRED], then=Value("withdrawn")),
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
            in_all=Window(Count("pk"), partition_by=[F("kind")]),
            place_in_kind=Window(RowNumber(), partition_by=[F("kind")], order_by=["status_since", "pk"]),
        )
        .filter(place_in_kind__lte=SHOWN)
        .select_related("apprentice", "partner", "application")
        .order_by("kind", "place_in_kind")
    )


def _stay_tasks(user, today, stays):
    """Stays that need the office (or, for a proposal, the partner), by kind."""
    may_decide = user.has_perm("placements.confirm_placement")
    changelist = "admin:placements_placement_changelist"
    kinds = {
        "withdrawn": (_("%(name)s withdrew: cancel the place"), "stop", changelist, ""),
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
        if not rows or (kind in {"withdrawn", "refused", "host_found", "returned"} and not may_decide):
            continue
        tasks += _named(
            rows,
            rows[0].in_all,
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
    moment = stay.application.status_since if stay.kind == "withdrawn" else stay.status_since
    days = (today - since).days or None if since else _days_since(moment, today)
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
        .annotate(in_all=Window(Count("pk")))
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
        .annotate(in_all=Window(Count("pk")))
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


def _late_completions(user, today):
    """Applications that were returned for completion, and whose last day has passed."""
    late = (
        CompletionRequest.objects.open()
        .filter(application__in=Application.objects.visible_to(user), application__status=A.RETURNED, due_on__lt=today)
        .select_related("application")
        .annotate(in_all=Window(Count("pk")))
        .order_by("due_on", "pk")
    )
    rows, total = _counted(late)
    return _named(
        rows,
        total,
        lambda row: _task(
            _("%(name)s is late with what is to be completed") % {"name": row.application.full_name},
            _("The last day was %(day)s") % {"day": formats.day(row.due_on, "near")},
            url("admin:apprentices_application_change", row.application_id),
            "stop",
            days=(today - row.due_on).days,
        ),
        lambda left: _task(
            ngettext("%(count)s more application is late", "%(count)s more applications are late", left)
            % {"count": left},
            "", url("admin:apprentices_application_changelist", query="status__exact=returned"), "stop",
        ),
    )  # fmt: skip


SILENT = {
    EndorsementKind.EMPLOYER: gettext_lazy("%(name)s: the employer has not answered"),
    EndorsementKind.TRAINING_OFFICE: gettext_lazy("%(name)s: the training office has not answered"),
    EndorsementKind.GUARDIAN: gettext_lazy("%(name)s: the guardian has not answered"),
}


def _endorsement_tasks(user, today):
    """Employers, training offices and guardians who were asked more than two weeks ago and have not answered."""
    silent = (
        Endorsement.objects.filter(
            application__in=Application.objects.visible_to(user),
            application__status__in=REMINDED_IN,
            answer=EndorsementAnswer.WAITING,
            asked_at__lt=clock.now() - SILENT_AFTER,
        )
        .exclude(of_grown_ups())
        .select_related("application")
        .annotate(in_all=Window(Count("pk")))
        .order_by("asked_at", "pk")
    )
    rows, total = _counted(silent)
    changelist = "admin:apprentices_application_changelist"
    return _named(
        rows,
        total,
        lambda row: _task(
            SILENT[row.kind] % {"name": row.application.full_name},
            " · ".join(part for part in (row.application.company_name, row.name) if part),
            url("admin:apprentices_application_change", row.application_id),
            "open",
            days=_days_since(row.asked_at, today),
            turn=row.kind,
        ),
        lambda left: _task(
            ngettext("%(count)s more answer is missing", "%(count)s more answers are missing", left)
            % {"count": left},
            "", url(changelist), "open", turn="employer",
        ),
    )  # fmt: skip


def _offer_tasks(user, today):
    """Offers without an answer whose deadline is near or has passed."""
    newest = Q(application__status=A.OFFERED) & ~Q(published_at=None) & Q(answer_by__lte=today + ANSWER_SOON)
    open_ones = (
        Decision.objects.visible_to(user)
        .filter(newest, application__in=Application.objects.visible_to(user), result=DecisionResult.OFFER)
        .select_related("application")
        .annotate(in_all=Window(Count("pk")))
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
    """Addresses that mails did not reach: one line, and each address is a task on its page."""
    mails = OutboundMail.objects.filter(office=user.working_office, state=OutboundMail.State.FAILED)
    found = mails.aggregate(mails=Count("pk"), addresses=Count(Lower("to_address"), distinct=True))
    if not found["mails"]:
        return []
    words = ngettext(
        "Mail did not reach %(count)s address", "Mail did not reach %(count)s addresses", found["addresses"]
    )
    waiting = ngettext("%(count)s mail waits: correct the address", "%(count)s mails wait: correct the addresses",
                       found["mails"])  # fmt: skip
    task = _task(words % {"count": found["addresses"]}, waiting % {"count": found["mails"]},
                 url("accounts:failed_addresses"), "you")  # fmt: skip
    return [{**task, "cases": found["addresses"]}]
