"""What the case page shows of the form's first stage, each answer as words."""

from django.contrib import admin
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mobility.common import countries, formats, languages

ADDRESS = "lives"
"""The column that nobody but coordinator and head sees where the address is protected."""

BREAK = format_html("<br{}>", "")

FIELDSETS = [
    (
        gettext_lazy("The person"),
        {
            "fields": [
                ("full_name", "call_name"),
                ("born", "gender_words"),
                ("citizen", ADDRESS),
                ("email", "phone"),
                "written_form",
                ("guardian_name", "guardian_email"),
                ("second_guardian_name", "second_guardian_email"),
            ]
        },
    ),
    (
        gettext_lazy("The apprenticeship"),
        {
            "fields": [
                ("trade", "contract_kind"),
                ("company_name", "company_number"),
                ("training_period", "office_words"),
                ("manager", "instructor"),
                "wages_words",
            ]
        },
    ),
    (
        gettext_lazy("The stay"),
        {"fields": [("all_wishes", "spoken"), ("earlier", "photos"), "tasks", "aims", "why", "referee"]},
    ),
]


class Answers:
    """Mixin of the admin of applications: read-only columns. It never decides who may see them: ``fieldsets_for`` does."""

    @admin.display(description=gettext_lazy("Name"))
    def full_name(self, application):
        return application.full_name

    @admin.display(description=gettext_lazy("Date of birth"))
    def born(self, application):
        return formats.day(application.birth_date, "plain")

    @admin.display(description=gettext_lazy("Gender"))
    def gender_words(self, application):
        return capfirst(application.get_gender_display())

    @admin.display(description=gettext_lazy("Nationality"))
    def citizen(self, application):
        return countries.name(application.nationality) if application.nationality else ""

    @admin.display(description=gettext_lazy("Address"))
    def lives(self, application):
        if application.has_protected_address:
            return _("Protected address: not asked for")
        place = f"{application.postal_code} {application.postal_place}".strip()
        return ", ".join(part for part in (application.address, place, application.municipality) if part)

    @admin.display(description=gettext_lazy("Training period"))
    def training_period(self, application):
        return " – ".join(
            formats.day(day, "short") for day in (application.contract_starts_on, application.contract_ends_on) if day
        )

    @admin.display(description=gettext_lazy("Training office"))
    def office_words(self, application):
        named = application.training_office or application.training_office_name
        return named or application.get_training_office_answer_display()

    @admin.display(description=gettext_lazy("Training manager"))
    def manager(self, application):
        return _person(application.manager_name, application.manager_email, application.manager_phone)

    @admin.display(description=gettext_lazy("Instructor"))
    def instructor(self, application):
        return _person(application.instructor_name, application.instructor_email, application.instructor_phone)

    @admin.display(description=gettext_lazy("Wages during the stay"))
    def wages_words(self, application):
        return capfirst(application.get_expected_wages_display())

    @admin.display(description=gettext_lazy("Languages"))
    def spoken(self, application):
        known = [(languages.name("en"), application.get_english_level_display())] if application.english_level else []
        known += [
            (languages.name(each.language), each.get_level_display()) for each in application.language_skills.all()
        ]
        return format_html_join(BREAK, "{}: {}", known)

    @admin.display(description=gettext_lazy("Earlier stays with Erasmus+"))
    def earlier(self, application):
        if application.has_earlier_stays is None:
            return ""
        if not application.has_earlier_stays:
            return _("No")
        days = [
            formats.day(day, "short") for day in (application.earlier_starts_on, application.earlier_ends_on) if day
        ]
        length = " – ".join(days) or _("%(count)s days") % {"count": application.earlier_days or "?"}
        return f"{application.earlier_where}, {length}"

    @admin.display(description=gettext_lazy("Photos"))
    def photos(self, application):
        return {True: _("Yes"), False: _("No"), None: ""}[application.has_photo_consent]

    @admin.display(description=gettext_lazy("Wished tasks"))
    def tasks(self, application):
        return application.wished_tasks

    @admin.display(description=pgettext_lazy("of the application form", "Competence aims"))
    def aims(self, application):
        return _text(application, application.competence_aims)

    @admin.display(description=gettext_lazy("Motivation"))
    def why(self, application):
        return _text(application, application.motivation)

    @admin.display(description=gettext_lazy("Somebody who knows the applicant"))
    def referee(self, application):
        return ", ".join(part for part in (application.referee_name, application.referee_contact) if part)


def fieldsets_for(user, application):
    """The answers that ``user`` may read on the case page of ``application``."""
    if application is None or user.has_perm("apprentices.view_address", application):
        return FIELDSETS
    return [
        (title, options | {"fields": [_without_address(row) for row in options["fields"]]})
        for title, options in FIELDSETS
    ]


def _without_address(row):
    return tuple(name for name in row if name != ADDRESS) if isinstance(row, tuple) else row


def _person(name, email, phone):
    return format_html_join(BREAK, "{}", [(part,) for part in (name, email, formats.phone(phone)) if part])


def _text(application, words):
    return format_html('<div lang="{}">{}</div>', application.written_form, linebreaks_filter(words)) if words else ""
