"""One search over everybody and every company of the office: a name, a phone, a reference, an address, a company."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apprentices.models import Application, Apprentice, Instructor, TrainingCompany, TrainingManager, TrainingOffice
from mobility.common import countries, formats
from mobility.common.search import COLUMN, matching
from partners.models import Contact, HostCompany, Partner
from placements.models import Placement

SHOWN = 10  # of one group
LONGEST_REFERENCE = 20


@dataclass(frozen=True)
class Hit:
    what: str
    sub: str
    url: str


@dataclass(frozen=True)
class Group:
    """The first hits of one kind. ``list_url``: the whole list with this search, where there is one; ``has_more``."""

    code: str
    label: str
    hits: list[Hit]
    has_more: bool
    list_url: str


@dataclass(frozen=True)
class Kind:
    """A kind of row: its right, its rows in the reader's reach, what is said of each, and the page that it opens."""

    code: str
    label: Callable[[], str]
    permission: str
    rows: Callable[[object], object]
    hit: Callable[[object], Hit]
    columns: tuple[str, ...] = (COLUMN,)
    list_name: str = ""


def found(user, words: str) -> list[Group]:
    """What ``words`` find, by kind: only rows that this person may see, one query a kind, whatever there is."""
    groups = []
    for kind in KINDS:
        if not user.has_perm(kind.permission):
            continue
        rows = list(matching(kind.rows(user), words, columns=kind.columns)[: SHOWN + 1])
        if rows:
            url = reverse(kind.list_name) if kind.list_name else ""
            groups.append(
                Group(kind.code, kind.label(), [kind.hit(row) for row in rows[:SHOWN]], len(rows) > SHOWN, url)
            )
    return groups


def case_of(user, words: str):
    """The one application that bears this reference, as it is written or in capitals, if the person may open it."""
    reference = words.replace("\x00", "").strip()
    if not 0 < len(reference) <= LONGEST_REFERENCE or not user.has_perm("apprentices.view_application"):
        return None
    return Application.objects.visible_to(user).filter(reference__in={reference, reference.upper()}).first()


# --- what is said of each ---------------------------------------------------------------------------------------------
def _sub(*parts):
    return " · ".join(str(part) for part in parts if part)


def _application(row):
    sub = _sub(row.reference, row.get_status_display(), row.company_name, row.round.name)
    return Hit(row.full_name, sub, reverse("admin:apprentices_application_change", args=[row.pk]))


def _person(row):
    sub = _sub(row.trade.name if row.trade else "", formats.phone(str(row.phone or "")), row.email)
    return Hit(row.full_name, sub, row.get_absolute_url())


def _placement(row):
    where = row.host_company or row.partner
    sub = _sub(row.get_status_display(), where)
    return Hit(row.apprentice.full_name, sub, reverse("placements:placement", args=[row.pk]))


def _trainer(page):
    def hit(row):
        sub = _sub(row.company.name, formats.phone(str(row.phone or "")), row.email)
        return Hit(row.full_name, sub, reverse(f"admin:apprentices_{page}_change", args=[row.pk]))

    return hit


def _organisation(page):
    def hit(row):
        sub = _sub(row.organisation_number, getattr(row, "municipality", ""), formats.phone(row.phone), row.email)
        return Hit(row.name, sub, reverse(f"admin:apprentices_{page}_change", args=[row.pk]))

    return hit


def _partner(row):
    return Hit(row.name, _sub(row.city, countries.name(row.country), row.email), row.get_absolute_url())


def _contact(row):
    return Hit(row.name, _sub(row.partner.name, row.phone, row.email), row.partner.get_absolute_url())


def _host(row):
    return Hit(row.name, _sub(row.city, row.contact_name, row.partner.name), row.partner.get_absolute_url())


def _of_partners(model):
    def rows(user):
        return model.objects.filter(partner__in=Partner.objects.visible_to(user)).select_related("partner")

    return rows


KINDS = (
    Kind(
        "applications",
        lambda: capfirst(Application._meta.verbose_name_plural),  # noqa: SLF001 - the public face of models
        "apprentices.view_application",
        lambda user: Application.objects.visible_to(user).select_related("round").defer("motivation", COLUMN),
        _application,
        list_name="admin:apprentices_application_changelist",
    ),
    Kind(
        "stays",
        lambda: pgettext("stays abroad", "Stays"),
        "placements.view_placement",
        lambda user: Placement.objects.visible_to(user).select_related("apprentice", "partner", "host_company"),
        _placement,
        columns=(f"apprentice__{COLUMN}",),
    ),
    Kind(
        "people",
        lambda: _("Register of apprentices"),
        "apprentices.view_apprentice",
        lambda user: Apprentice.objects.visible_to(user).select_related("trade"),
        _person,
        list_name="admin:apprentices_apprentice_changelist",
    ),
    Kind(
        "companies",
        lambda: _("Training companies"),
        "apprentices.view_trainingcompany",
        TrainingCompany.objects.visible_to,
        _organisation("trainingcompany"),
        list_name="admin:apprentices_trainingcompany_changelist",
    ),
    Kind(
        "managers",
        lambda: _("Training managers"),
        "apprentices.view_trainingmanager",
        lambda user: TrainingManager.objects.visible_to(user).select_related("company"),
        _trainer("trainingmanager"),
        list_name="admin:apprentices_trainingmanager_changelist",
    ),
    Kind(
        "instructors",
        lambda: _("Instructors"),
        "apprentices.view_instructor",
        lambda user: Instructor.objects.visible_to(user).select_related("company"),
        _trainer("instructor"),
        list_name="admin:apprentices_instructor_changelist",
    ),
    Kind(
        "training_offices",
        lambda: _("Training offices"),
        "apprentices.view_trainingoffice",
        TrainingOffice.objects.visible_to,
        _organisation("trainingoffice"),
        list_name="admin:apprentices_trainingoffice_changelist",
    ),
    Kind(
        "partners",
        lambda: _("Partners"),
        "partners.view_partner",
        Partner.objects.visible_to,
        _partner,
        list_name="admin:partners_partner_changelist",
    ),
    Kind("contacts", lambda: _("Contact persons"), "partners.view_partner", _of_partners(Contact), _contact),
    Kind("hosts", lambda: _("Host companies"), "partners.view_partner", _of_partners(HostCompany), _host),
)
