"""The documents of the top floor. They take plain figures, so that what is measured needs no database."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from mobility.common import countries
from mobility.common.charts import Bar, bar_chart
from mobility.common.exports import csv_bytes
from mobility.common.pdf import EmbeddedFile, document_html, render_pdf
from reporting.figures import ProjectReport

PARTICIPANTS_FILE = "participants.csv"


def project_report_pdf(report: ProjectReport, *, language: str) -> bytes:
    """The project report as one archival, tagged file with the list of participants inside."""
    with override(language):
        attached = EmbeddedFile(PARTICIPANTS_FILE, participants_csv(report), _("All participants of the project"))
    return render_pdf(project_report_html(report, language=language), attachments=[attached])


def project_report_html(report: ProjectReport, *, language: str) -> str:
    """The same report before it is laid out."""
    with override(language):
        chart = country_chart(report)
    return document_html("reporting/pdf/project_report.html", {"report": report, "chart": chart}, language=language)


def country_chart(report: ProjectReport):
    """Stays per receiving country: planned light, over dark."""
    bars = [
        Bar(
            countries.name(row.name),
            row.done,
            row.planned,
            _("%(done)s of %(planned)s") % {"done": row.done, "planned": row.planned},
        )
        for row in report.by_country
    ]
    return bar_chart(bars, title=_("Stays by country"))


def participants_csv(report: ProjectReport) -> bytes:
    """The list in the active language, one row a participant, sums in EUR."""
    header = [
        _("Participant"),
        _("Trade"),
        _("Country"),
        _("Host company"),
        _("Start"),
        _("End"),
        _("Days"),
        _("State"),
        _("Grant, EUR"),
    ]
    rows = (
        [
            stay.name,
            stay.trade,
            countries.name(stay.country),
            stay.host,
            stay.start,
            stay.end,
            stay.days,
            stay.state,
            stay.grant,
        ]
        for stay in report.stays
    )
    return csv_bytes(header, rows)
