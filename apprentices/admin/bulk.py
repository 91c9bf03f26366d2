"""Actions on many applications: each says how many are chosen and what will happen, and acts on a second click only."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apprentices.models import Round
from apprentices.notifications.endorsements import endorsement_reminder_preview
from apprentices.selectors.bulk import reminders_of_employers
from apprentices.selectors.endorsements import employer_of
from apprentices.selectors.turns import turn_of
from apprentices.services import bulk
from mobility.common import countries
from mobility.common.exports import csv_response
from mobility.common.office_page import attempt, office_context

AT_ONCE = 200  # applications in one address or one form: browsers and proxies cut longer ones
MAILS_SHOWN = 5  # in full, of many that differ in names only
RIGHTS = {
    "choose_reviewers": "assign_reviewers",
    "give_cases": "give_case",
    "remind_employers": "chase_endorsement",
    "export_csv": "export_application",
}


class BulkActions:
    """Mixin of the admin of applications."""

    actions = tuple(RIGHTS)

    def get_actions(self, request):
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name not in RIGHTS or request.user.has_perm(f"apprentices.{RIGHTS[name]}")
        }

    @admin.action(description=gettext_lazy("Choose reviewers …"))
    def choose_reviewers(self, request, queryset):
        """To the confirm page, with the chosen applications in its address."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        rounds = {application.round_id for application in chosen}
        if len(rounds) > 1:
            messages.error(request, _("Choose applications of one round at a time."))
            return None
        found = get_object_or_404(Round.objects.visible_to(request.user), pk__in=rounds)
        return self._to_page(request, reverse("apprentices:assign_reviewers", args=[found.pk]), chosen)

    @admin.action(description=gettext_lazy("Give to a colleague …"))
    def give_cases(self, request, queryset):
        """To the page that asks to whom, with the chosen applications in its address."""
        chosen = self._chosen(request, queryset)
        return self._to_page(request, reverse("apprentices:give_cases"), chosen) if chosen is not None else None

    @admin.action(description=gettext_lazy("Remind employers who have not answered …"))
    def remind_employers(self, request, queryset):
        """First the mails and who is left out; then, confirmed, one mail to each."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        plan = reminders_of_employers(chosen)
        if self._is_confirmed(request):
            self._remind(request, plan)
            return None
        shown = [
            {"who": endorsement.name, "email": endorsement.email, "about": str(application), "mail": mail}
            for application, endorsement, mail in (
                (application, endorsement, endorsement_reminder_preview(endorsement))
                for application, endorsement in plan.does[:MAILS_SHOWN]
            )
        ]
        number = len(plan.does)
        return self._confirm(
            request,
            [row.pk for row in chosen],
            title=ngettext("Remind %(count)s employer?", "Remind %(count)s employers?", number) % {"count": number},
            submit=ngettext("Send %(count)s reminder", "Send %(count)s reminders", number) % {"count": number},
            happens=[
                _("Each gets a mail of their own, with a fresh link. Earlier links go on working."),
                _("The log of each case says that you reminded."),
            ],
            told=[(endorsement.name, endorsement.email, str(application)) for application, endorsement in plan.does],
            mails=shown,
            left_out=[(reason, rows) for reason, rows in plan.left_out.items()],
            is_empty=not number,
        )

    @admin.action(description=gettext_lazy("Download as CSV …"))
    def export_csv(self, request, queryset):
        """First what the file holds; then, confirmed, the file, read while it is written."""
        if self._is_confirmed(request):
            header = [
                _("Reference"), _("Given name"), _("Family name"), _("E-mail"), _("Mobile"), _("Trade"),
                _("Training company"), _("State"), _("Whose turn"), _("Wishes"), _("Employer's answer"),
                _("Submitted at"), _("Round"),
            ]  # fmt: skip
            chosen = request.POST.get("chosen", "")
            rows = queryset.filter(pk__in=_numbers(chosen)) if chosen else queryset
            return csv_response("applications.csv", header, _csv_rows(rows))
        number = queryset.count()
        is_all = request.POST.get("select_across") == "1"
        return self._confirm(
            request,
            [] if is_all else list(queryset.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]),
            number=number,
            title=ngettext("Download %(count)s application?", "Download %(count)s applications?", number)
            % {"count": number},
            submit=_("Download as CSV"),
            happens=[
                _("The file holds names, e-mail addresses and phone numbers; nothing of health, bank or address."),
                _(
                    "It leaves Utferd and its rights behind: keep it where others do not read it, and delete it when done."
                ),
            ],
        )

    # --- parts ----------------------------------------------------------------------------------------------------------
    def _is_confirmed(self, request):
        return request.POST.get("confirmed") == "1"

    def _chosen(self, request, queryset):
        """The chosen applications with what the confirm pages say of them; None, and a message, if they are too many.

        A confirmed form names its rows: also those that another filter hides by now.
        """
        if self._is_confirmed(request):
            queryset = self.get_queryset(request).filter(pk__in=_numbers(request.POST.get("chosen", "")))
        rows = list(queryset.select_related("round", "office").order_by("pk")[: AT_ONCE + 1])
        if len(rows) > AT_ONCE:
            messages.error(
                request,
                _("Choose at most %(number)s applications at a time: filter the list further, and go on with the rest.")
                % {"number": AT_ONCE},
            )
            return None
        return rows

    def _to_page(self, request, address, chosen):
        messages.info(request, self._of_all(request, len(chosen)))
        return HttpResponseRedirect(f"{address}?{urlencode([('application', row.pk) for row in chosen])}")

    def _of_all(self, request, number):
        total = self.get_changelist_instance(request).result_count
        return _("%(number)s of %(total)s chosen") % {"number": number, "total": max(total, number)}

    def _confirm(self, request, chosen, *, title, submit, number=None, **context):
        """The page that says what will happen. Its button posts the same action to the same address."""
        hidden = [
            ("action", request.POST["action"]),
            ("index", "0"),
            ("select_across", "1"),  # the rows are named by ``chosen``: the stock admin only needs to let us in
            ("confirmed", "1"),
            (ACTION_CHECKBOX_NAME, "0"),
            ("chosen", ",".join(str(key) for key in chosen)),
        ]
        page = office_context(
            request,
            title=title,
            submit=submit,
            eyebrow=self._of_all(request, len(chosen) if number is None else number),
            hidden=hidden,
            back_url=request.get_full_path(),
            **{"told": [], "mails": [], "left_out": [], "is_empty": False, **context},
        )
        return render(request, "apprentices/bulk_confirm.html", page)

    def _remind(self, request, plan):
        done = []
        rows = [endorsement for _application, endorsement in plan.does]
        if not attempt(request, lambda: done.append(bulk.remind_employers(endorsements=rows, by=request.user))):
            return
        reminded, left_out = done[0]
        words = ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", reminded)
        skipped = len(left_out) + sum(len(rows) for rows in plan.left_out.values())
        if reminded:
            messages.success(request, words % {"count": reminded})
        if skipped:
            words = ngettext(
                "%(count)s application was left out: %(names)s.",
                "%(count)s applications were left out: %(names)s.",
                skipped,
            )
            names = [row.application.reference for row in left_out]
            names += [row.reference for rows in plan.left_out.values() for row in rows]
            messages.warning(request, words % {"count": skipped, "names": ", ".join(names[:20])})


def _numbers(text):
    return [int(part) for part in text.split(",")[:AT_ONCE] if part.isdecimal()]


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
            wishes_of(application),
            endorsement.answer_words if endorsement else "",
            application.submitted_at,
            application.round.name,
        ]


def wishes_of(application):
    return ", ".join(countries.name(code) for code in application.countries)
