"""Forms of interviews: times to open, an invitation, the applicant's choice, the outcome."""

import datetime

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.services.interviews import AT_ONCE
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User
from mobility.common import clock, formats


class TimesForm(forms.Form):
    """A row of interview times on one day: the clock is that of the office."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    times = forms.IntegerField(label=gettext_lazy("Number of times, one after the other"), min_value=1, max_value=AT_ONCE,
                               initial=6)  # fmt: skip
    minutes = forms.IntegerField(label=gettext_lazy("Minutes each"), min_value=5, max_value=480, initial=20)
    pause = forms.IntegerField(label=gettext_lazy("Minutes between them"), min_value=0, max_value=120, initial=10)
    places = forms.IntegerField(
        label=gettext_lazy("Applicants at the same time"), min_value=1, max_value=20, initial=1,
        help_text=gettext_lazy("More than one for a conversation in a group."),
    )  # fmt: skip
    interviewer = forms.ModelChoiceField(label=gettext_lazy("Interviewer"), queryset=User.objects.none())
    where = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    video_url = forms.URLField(
        label=gettext_lazy("Address of the video meeting"), max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args, office, **kwargs):
        self.office = office
        super().__init__(*args, **kwargs)
        members = Membership.objects.in_force().filter(
            office=office, role__in=[Role.COORDINATOR, Role.HEAD, Role.REVIEWER]
        )
        self.fields["interviewer"].queryset = User.objects.filter(pk__in=members.values("user")).order_by(
            "family_name", "given_name", "pk"
        )
        self.fields["at"].help_text = _("The clock in %(zone)s.") % {
            "zone": formats.zone(clock.now().astimezone(office.tz))
        }

    def clean(self):
        found = super().clean()
        if not found.get("where") and not found.get("video_url"):
            self.add_error("where", _("Say where you meet, or give the address of the video meeting."))
        if found.get("on") and found.get("at"):
            found["starts_at"] = self._moment(found["on"], found["at"])
        return found

    def _moment(self, on, at):
        """The instant; the hour that does not exist and the one that comes twice are refused, each in words."""
        with timezone.override(self.office.tz):
            try:
                moment = from_current_timezone(datetime.datetime.combine(on, at))
            except forms.ValidationError:
                self.add_error(
                    "at", _("At this clock the time changes between summer and winter. Choose another hour.")
                )
                return None
        if moment <= clock.now():
            self.add_error("on", _("This has passed already. Choose a time ahead."))
        return moment


class InviteForm(forms.Form):
    pick_by = forms.DateField(
        label=gettext_lazy("They choose a time by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Whoever has not chosen two days before gets one reminder."),
    )

    def __init__(self, *args, office, **kwargs):
        self.office = office
        super().__init__(*args, **kwargs)
        self.fields["pick_by"].initial = clock.today(office.tz) + datetime.timedelta(days=7)

    def clean_pick_by(self):
        day = self.cleaned_data["pick_by"]
        if day < clock.today(self.office.tz):
            raise forms.ValidationError(_("The last day to choose has passed."))
        return day


class PickForm(forms.Form):
    """The applicant's choice among the free times."""

    time = forms.TypedChoiceField(
        label=gettext_lazy("Free times"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid_choice": gettext_lazy("This time is not free any more. Choose another one."),
        },
    )

    def __init__(self, *args, times, **kwargs):
        super().__init__(*args, **kwargs)
        self.times = {time.pk: time for time in times}
        self.fields["time"].choices = [
            (_day(group), [(time.pk, _clock(time)) for time in group]) for group in _by_day_and_place(times)
        ]

    @property
    def chosen(self):
        return self.times[self.cleaned_data["time"]]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the mail to the applicant."),
        error_messages={"required": gettext_lazy("Write why the interview is called off.")},
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came out of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Read by the office and by the reviewers of this application. The applicant gets it on request."
        ),
        error_messages={"required": gettext_lazy("Write what came out of the interview.")},
    )


def _by_day_and_place(times):
    """The times as the applicant reads them: what lies on one day at one place stands under one heading."""
    groups = {}
    for time in times:
        day = timezone.localtime(time.starts_at).date()
        groups.setdefault((day, time.where, bool(time.video_url)), []).append(time)
    return groups.values()


def _where(time):
    return time.where or _("video meeting")


def _day(group):
    """Weekday, zone and place, above the clocks of one day."""
    first = group[0]
    words = (formats.day(first.starts_at), formats.zone(timezone.localtime(first.starts_at)), _where(first))
    return format_html('{}, {}<br><span class="u-muted u-small">{}</span>', *words)


def _clock(time):
    """From and to; day and place again for whoever hears one choice at a time."""
    words = (formats.clock(time.starts_at), formats.clock(time.ends_at), formats.day(time.starts_at), _where(time))
    return format_html('{}–{}<span class="u-vh">, {}, {}</span>', *words)
