"""The applications' list and case page. Nothing of what an applicant wrote can be edited here."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apprentices import workflow
from apprentices.admin.answers import Answers, fieldsets_for
from apprentices.admin.casework import ListedFrom, OfficerFilter, UnreadFilter, casework_context
from apprentices.enums import ApplicationStatus, EligibilityLevel
from apprentices.models import Application, Round, Trade
from apprentices.selectors import cases
from apprentices.selectors.attachments import attachments_for
from apprentices.selectors.casework import unread
from apprentices.selectors.duplicates import hints_of
from apprentices.selectors.endorsements import asked_lines, employer_of, with_employers_answer
from apprentices.selectors.turns import turn_of, with_turns
from apprentices.templatetags.selection import answer_pill, application_pill, eligibility_pill
from mobility.common import countries, formats
from mobility.common.admin import OfficeScopedAdmin, ScopedFilter
from mobility.common.exports import csv_response
from mobility.common.templatetags.utferd import pill, turn
from mobility.common.workflow import possible

AT_ONCE = 200  # applications in one address: browsers and proxies cut longer ones


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


class TradeFilter(admin.RelatedFieldListFilter):
    """Only trades that somebody in the office has applied with."""

    def field_choices(self, field, request, model_admin):
        applied = Application.objects.filter(office=request.user.working_office, trade=OuterRef("pk")).order_by()
        return [(trade.pk, trade.name) for trade in Trade.objects.filter(Exists(applied))]


@admin.register(Application)
class ApplicationAdmin(Answers, ListedFrom, OfficeScopedAdmin):
    list_display = ["who", "trade", "state", "whose_turn", "wishes", "employer", "eligible", "submitted"]
    list_filter = [
        ("status", StateFilter),
        ("round", ScopedFilter),
        ("trade", TradeFilter),
        EligibilityFilter,
        OfficerFilter,
        UnreadFilter,
    ]
    list_select_related = ["trade", "eligibility", "round", "office"]
    search_fields = ["reference", "given_name", "family_name", "email", "company_name"]
    search_help_text = gettext_lazy("Name, reference, e-mail or company")
    actions = ["choose_reviewers", "give_cases", "export_csv"]

    class Media:
        css = {"all": ["u/css/selection.css"]}

    def get_fieldsets(self, request, obj=None):
        return fieldsets_for(request.user, obj)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        queryset = with_turns(super().get_queryset(request))
        if request.resolver_match.url_name.endswith("_changelist"):
            queryset = queryset.annotate(is_unread=unread(request.user))
            return with_employers_answer(queryset).defer("motivation", "wished_tasks")
        return (
            queryset.annotate(is_unread=unread(request.user))
            .select_related(
                "owner", "round", "trade", "training_office", "apprentice", "office", "eligibility__excepted_by"
            )
            .prefetch_related("endorsements__replies", "language_skills")
        )

    def get_search_results(self, request, queryset, search_term):
        """Every word in one of the fields; also as the name is written, where the database knows A-Z only."""
        for word in search_term.split():
            found = Q()
            for field in self.search_fields:
                for form in {word, word.capitalize(), word.lower()}:
                    found |= Q(**{f"{field}__icontains": form})
            queryset = queryset.filter(found)
        return queryset, False

    def get_actions(self, request):
        rights = {"choose_reviewers": "assign_reviewers", "give_cases": "give_case", "export_csv": "export_application"}
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name not in rights or request.user.has_perm(f"apprentices.{rights[name]}")
        }

    # --- case page --------------------------------------------------------------------------------------------------
    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        user = request.user
        sees_scores = user.has_perm("apprentices.view_ranking", obj)
        pending, published = cases.decisions_of(obj)
        moves, sheets = cases.moves_of(obj), cases.sheets_of(obj)
        context |= {
            "turn": turn_of(obj),
            "endorsements": asked_lines(obj),
            "can_chase": user.has_perm("apprentices.chase_endorsement", obj),
            "reviews": cases.reviews_of(obj, sheets) if sees_scores else [],
            "pending": pending if sees_scores else None,
            "published": published if sees_scores else None,
            "eligibility": cases.eligibility_of(obj),
            "completions": cases.completions_of(obj, moves),
            "can_except": cases.can_be_excepted(obj) and user.has_perm("apprentices.make_exception", obj),
            "can_return": bool(possible(obj, [workflow.RETURN_FOR_COMPLETION]))
            and user.has_perm("apprentices.return_application", obj),
            "can_close_completion": obj.status == ApplicationStatus.RETURNED
            and user.has_perm("apprentices.return_application", obj),
            "log": cases.log_of(obj, moves, sheets),
            "hints": hints_of(obj.apprentice_id) if user.has_perm("apprentices.compare_people", obj) else [],
            "attachments": attachments_for(user, obj),
            "has_details": obj.status == ApplicationStatus.ACCEPTED and user.has_perm("apprentices.view_details", obj),
            "can_assign": obj.status == ApplicationStatus.SUBMITTED
            and user.has_perm("apprentices.assign_reviewers", obj),
            "can_decide": cases.possible_results(obj) if user.has_perm("apprentices.decide_application", obj) else [],
            "can_publish": pending and user.has_perm("apprentices.publish_decisions", obj),
            "can_rank": sees_scores and obj.status != ApplicationStatus.SUBMITTED,
            **casework_context(self, request, obj),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # --- actions of the list ----------------------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Choose reviewers …"))
    def choose_reviewers(self, request, queryset):
        """To the confirm page, with the chosen applications in its address."""
        chosen = list(queryset.order_by("pk").values_list("pk", "round")[: AT_ONCE + 1])
        rounds = {round_id for _pk, round_id in chosen}
        if len(rounds) > 1:
            messages.error(request, _("Choose applications of one round at a time."))
            return None
        if len(chosen) > AT_ONCE:
            messages.error(request, _("Choose at most %(number)s applications at a time.") % {"number": AT_ONCE})
            return None
        found = get_object_or_404(Round.objects.visible_to(request.user), pk__in=rounds)
        query = urlencode([("application", pk) for pk, _round in chosen])
        return HttpResponseRedirect(f"{reverse('apprentices:assign_reviewers', args=[found.pk])}?{query}")

    @admin.action(description=gettext_lazy("Give to a colleague …"))
    def give_cases(self, request, queryset):
        """To the page that asks who, with the chosen applications in its address."""
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            messages.error(request, _("Choose at most %(number)s applications at a time.") % {"number": AT_ONCE})
            return None
        query = urlencode([("application", pk) for pk in chosen])
        return HttpResponseRedirect(f"{reverse('apprentices:give_cases')}?{query}")

    @admin.action(description=gettext_lazy("Download as CSV"))
    def export_csv(self, request, queryset):
        """The chosen rows of this list, read while they are written."""
        header = [
            _("Reference"), _("Given name"), _("Family name"), _("E-mail"), _("Mobile"), _("Trade"),
            _("Training company"), _("State"), _("Whose turn"), _("Wishes"), _("Employer's answer"),
            _("Submitted at"), _("Round"),
        ]  # fmt: skip
        return csv_response("applications.csv", header, _csv_rows(queryset))

    # --- columns ----------------------------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("Applicant"), ordering="family_name")
    def who(self, application):
        small = " · ".join(part for part in (application.reference, application.company_name) if part)
        new = pill("news", "dot", pgettext_lazy("case with news", "New")) if application.is_unread else ""
        return format_html('<span class="u-cell">{} {}<small>{}</small></span>', application.full_name, new, small)

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def state(self, application):
        return application_pill(application)

    @admin.display(description=gettext_lazy("Whose turn"))
    def whose_turn(self, application):
        found = turn_of(application)
        return turn(found.who, found.days)

    @admin.display(description=gettext_lazy("First wish"), ordering="first_country")
    def wishes(self, application):
        first, *others = application.countries or [""]
        more = format_html(' <span class="u-muted">+{}</span>', len(others)) if others else ""
        return format_html('<span class="u-nowrap">{}{}</span>', countries.name(first) if first else "", more)

    @admin.display(description=gettext_lazy("Employer"), ordering="employer_answer")
    def employer(self, application):
        endorsement = employer_of(application)
        return answer_pill(endorsement) if endorsement else pgettext_lazy("employer", "not asked")

    @admin.display(description=gettext_lazy("Eligibility"), ordering="eligibility__level")
    def eligible(self, application):
        found = getattr(application, "eligibility", None)
        return eligibility_pill(found) if found else ""

    @admin.display(description=gettext_lazy("Submitted"), ordering="submitted_at")
    def submitted(self, application):
        return formats.day(application.submitted_at, "short")

    @admin.display(description=gettext_lazy("Wishes"))
    def all_wishes(self, application):
        wishes = _wishes(application)
        return _("%(wishes)s, or another country") % {"wishes": wishes} if application.goes_anywhere else wishes


def _wishes(application):
    return ", ".join(countries.name(code) for code in application.countries)


def _csv_rows(queryset):
    for application in queryset.select_related("trade", "round").iterator(chunk_size=500):
        endorsement = employer_of(application)
        yield [
            application.reference,
            application.given_name,
            application.family_name,
            application.email,
            str(application.phone),
            application.trade.name if application.trade else "",
            application.company_name,
            application.get_status_display(),
            turn_of(application).who,
            _wishes(application),
            endorsement.answer_words if endorsement else "",
            application.submitted_at,
            application.round.name,
        ]
