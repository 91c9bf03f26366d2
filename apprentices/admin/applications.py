"""The applications' list and case page. Nothing of what an applicant wrote can be edited here."""

from django.contrib import admin
from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.admin.answers import Answers, fieldsets_for
from apprentices.admin.bulk import BulkActions, wishes_of
from apprentices.admin.casework import ListedFrom, OfficerFilter, UnreadFilter, casework_context
from apprentices.enums import ApplicationStatus, EligibilityLevel
from apprentices.models import Application, Round, Trade
from apprentices.selectors import cases
from apprentices.selectors.appeals import appeals_of_case, with_appeals
from apprentices.selectors.attachments import attachments_for
from apprentices.selectors.casework import unread
from apprentices.selectors.conflicts import declared_about
from apprentices.selectors.deferrals import deferrals_of_case
from apprentices.selectors.duplicates import hints_of, with_hints
from apprentices.selectors.endorsements import asked_lines, employer_of, with_employers_answer
from apprentices.selectors.interviews import ASKED_IN, interviews_of_case
from apprentices.selectors.reviewing import owes_marks
from apprentices.selectors.status import lapse_of
from apprentices.selectors.turns import turn_of, with_turns
from apprentices.templatetags.selection import answer_pill, application_pill, eligibility_pill
from mobility.common import clock, countries, formats
from mobility.common.admin import OfficeScopedAdmin, ScopedFilter
from mobility.common.models import SavedFilter
from mobility.common.search import COLUMN
from mobility.common.templatetags.utferd import pill, turn
from mobility.common.workflow import possible

ROUNDS, TRADES, SAVED = "round", "trade", "saved"


class StateFilter(admin.ChoicesFieldListFilter):
    """Without drafts: they are the applicants' own."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            if choice["display"] != ApplicationStatus.DRAFT.label:
                yield choice


class EligibilityFilter(admin.SimpleListFilter):
    """What the rules say; an exception that a coordinator made is a group of its own."""

    title = gettext_lazy("eligibility")
    parameter_name = "eligibility"

    def lookups(self, request, model_admin):
        return [*EligibilityLevel.choices, ("excepted", pgettext_lazy("eligibility", "exception made"))]

    def queryset(self, request, queryset):
        if self.value() == "excepted":
            return queryset.filter(eligibility__excepted_at__isnull=False)
        if self.value() in EligibilityLevel:
            return queryset.filter(eligibility__level=self.value(), eligibility__excepted_at=None)
        return queryset


def bar_of(request) -> dict[str, list[tuple]]:
    """What stands above the list, by kind: rounds, trades that somebody has applied with, saved filters. One query.

    Each row: (key, label, query, is shared, owner). The list may ask eight queries; three of them would be these.
    """
    if not hasattr(request, "_bar_of_applications"):
        user, empty, no = request.user, Value(""), Value(0)
        rounds = Round.objects.visible_to(user).order_by().annotate(sort=Cast("opens_at", CharField()))
        applied = Application.objects.filter(office=user.working_office, trade=OuterRef("pk")).order_by()
        name = Coalesce(NullIf(F(f"name_{get_language() or 'nb'}"), empty), F("name_nb"))
        trades = Trade.objects.filter(Exists(applied)).order_by().annotate(label=name)
        saved = SavedFilter.objects.visible_to(user).filter(of_list="apprentices.application").order_by()
        rows = rounds.values_list(Value(ROUNDS), "pk", "name", empty, no, no, "sort").union(
            trades.values_list(Value(TRADES), "pk", "label", empty, no, no, "label"),
            saved.values_list(Value(SAVED), "pk", "name", "query", Cast("is_shared", IntegerField()), "owner", "name"),
            all=True,
        )
        found: dict[str, list[tuple]] = {ROUNDS: [], TRADES: [], SAVED: []}
        for kind, *row in sorted(rows, key=lambda row: (row[6], row[1])):
            found[kind].append(tuple(row[:5]))
        found[ROUNDS].reverse()  # the newest first
        request._bar_of_applications = found  # noqa: SLF001 - for this request only
    return request._bar_of_applications  # noqa: SLF001


class RoundFilter(ScopedFilter):
    """The office's rounds, the newest first."""

    def field_choices(self, field, request, model_admin):
        return [(key, label) for key, label, *_rest in bar_of(request)[ROUNDS]]


class TradeFilter(admin.RelatedFieldListFilter):
    """Only trades that somebody in the office has applied with."""

    def field_choices(self, field, request, model_admin):
        return [(key, label) for key, label, *_rest in bar_of(request)[TRADES]]


@admin.register(Application)
class ApplicationAdmin(Answers, BulkActions, ListedFrom, OfficeScopedAdmin):
    list_display = ["who", "trade_and_wish", "state", "whose_turn", "employer", "submitted"]
    list_filter = [
        ("status", StateFilter),
        ("round", RoundFilter),
        ("trade", TradeFilter),
        EligibilityFilter,
        OfficerFilter,
        UnreadFilter,
    ]
    list_select_related = ["trade", "eligibility", "round", "office"]
    search_fields = ["reference"]  # there is a box; what it asks is the folded column
    search_columns = (COLUMN,)
    search_help_text = gettext_lazy("Name, phone, reference, e-mail or company")

    class Media:
        css = {"all": ["u/css/selection.css"]}

    def get_fieldsets(self, request, obj=None):
        return fieldsets_for(request.user, obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        queryset = with_turns(super().get_queryset(request)).annotate(is_unread=unread(request.user))
        if request.resolver_match.url_name.endswith("_changelist"):
            return with_employers_answer(queryset).defer("motivation", "wished_tasks")
        return (
            with_appeals(with_hints(cases.with_interviews_and_conflicts(queryset)))
            .select_related(
                "owner", "round", "trade", "training_office", "apprentice", "office", "eligibility__excepted_by"
            )
            .prefetch_related("endorsements__replies", "language_skills")
        )

    # --- case page --------------------------------------------------------------------------------------------------
    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        user = request.user
        sees_scores = user.has_perm("apprentices.view_ranking", obj)
        sees_marks = sees_scores and not owes_marks(user, application=obj)
        pending, published = cases.decisions_of(obj)
        moves, sheets = cases.moves_of(obj), cases.sheets_of(obj)
        context |= {
            "turn": turn_of(obj),
            "endorsements": asked_lines(obj),
            "can_chase": user.has_perm("apprentices.chase_endorsement", obj),
            "reviews": cases.reviews_of(obj, sheets) if sees_marks else [],
            "pending": pending if sees_scores else None,
            "published": published if sees_scores else None,
            "lapse": lapse_of(published) if sees_scores else None,
            "eligibility": cases.eligibility_of(obj),
            "completions": cases.completions_of(obj, moves),
            "can_except": cases.can_be_excepted(obj) and user.has_perm("apprentices.make_exception", obj),
            "can_return": bool(possible(obj, [workflow.RETURN_FOR_COMPLETION]))
            and user.has_perm("apprentices.return_application", obj),
            "can_close_completion": obj.status == ApplicationStatus.RETURNED
            and user.has_perm("apprentices.return_application", obj),
            "log": cases.log_of(obj, moves, sheets),
            "hints": hints_of(obj.apprentice_id)
            if obj.has_hints and user.has_perm("apprentices.compare_people", obj)
            else [],
            "attachments": attachments_for(user, obj),
            "has_details": obj.status == ApplicationStatus.ACCEPTED and user.has_perm("apprentices.view_details", obj),
            "can_assign": obj.status == ApplicationStatus.SUBMITTED
            and user.has_perm("apprentices.assign_reviewers", obj),
            "can_decide": cases.possible_results(obj) if user.has_perm("apprentices.decide_application", obj) else [],
            "can_publish": pending and user.has_perm("apprentices.publish_decisions", obj),
            "can_defer": bool(possible(obj, [workflow.DEFER])) and user.has_perm("apprentices.decide_application", obj),
            "deferrals": deferrals_of_case(obj),
            "appeals": appeals_of_case(obj)
            if obj.has_appeals and user.has_perm("apprentices.view_appeal", obj)
            else [],
            "can_answer_appeal": user.has_perm("apprentices.answer_appeal", obj),
            "interviews": interviews_of_case(obj)
            if obj.has_interviews and user.has_perm("apprentices.view_interviews", obj)
            else [],
            "can_plan_interviews": user.has_perm("apprentices.plan_interviews", obj),
            "conflicts": declared_about(obj) if obj.has_conflicts and sees_scores else [],
            "can_look_for_conflicts": obj.status in ASKED_IN and user.has_perm("apprentices.assign_reviewers", obj),
            "now": clock.now(),
            "can_rank": sees_scores and obj.status != ApplicationStatus.SUBMITTED,
            **casework_context(self, request, obj),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def saved_filters(self, request):
        """As the list of filters wants them, from the one query of the bar."""
        return [
            {"pk": key, "name": name, "query": query, "is_shared": bool(shared), "owner_id": owner}
            for key, name, query, shared, owner in bar_of(request)[SAVED]
        ]

    # --- columns ----------------------------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("Applicant"), ordering="family_name")
    def who(self, application):
        small = " · ".join(part for part in (application.reference, application.company_name) if part)
        new = pill("news", "dot", pgettext_lazy("case with news", "New")) if application.is_unread else ""
        return format_html('<span class="u-cell">{} {}<small>{}</small></span>', application.full_name, new, small)

    @admin.display(description=gettext_lazy("Trade, first wish"), ordering="trade__name_nb")
    def trade_and_wish(self, application):
        first, *others = application.countries or [""]
        wish = f"{countries.name(first)} +{len(others)}" if others else countries.name(first) if first else ""
        trade = application.trade.name if application.trade else ""
        return format_html(
            '<span class="u-cell"><span class="u-list-trade">{}</span><small>{}</small></span>', trade, wish
        )

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def state(self, application):
        """With a mark beside it where somebody may not be eligible, or is so by an exception."""
        found = getattr(application, "eligibility", None)
        if found is None or (found.level == EligibilityLevel.OK and not found.excepted_at):
            return application_pill(application)
        return format_html('<span class="u-cell">{}{}</span>', application_pill(application), eligibility_pill(found))

    @admin.display(description=gettext_lazy("Whose turn"))
    def whose_turn(self, application):
        found = turn_of(application)
        return turn(found.who, found.days)

    @admin.display(description=gettext_lazy("Employer"), ordering="employer_answer")
    def employer(self, application):
        endorsement = employer_of(application)
        return answer_pill(endorsement) if endorsement else pgettext_lazy("employer", "not asked")

    @admin.display(description=gettext_lazy("Submitted"), ordering="submitted_at")
    def submitted(self, application):
        return formats.day(application.submitted_at, "short")

    @admin.display(description=gettext_lazy("Wishes"))
    def all_wishes(self, application):
        wishes = wishes_of(application)
        return _("%(wishes)s, or another country") % {"wishes": wishes} if application.goes_anywhere else wishes
