"""The second stage as a list of sections: which there are for whom, what is missing in each, what the person gave."""

from dataclasses import dataclass, field

from django.db.models import CharField, DateField, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.ages import ADULT
from apprentices.enums import ApplicationStatus, AttachmentKind, ProtectedKind
from apprentices.models import PROTECTED, Certificate, Details, InsurancePolicy
from apprentices.selectors import protected
from apprentices.selectors.attachments import files_at_hand
from mobility.common import clock, formats
from mobility.common.encryption import Unreadable
from mobility.common.fields import EncryptedJSON

NOTHING, NO_DAY = Value(""), Value(None)


@dataclass(frozen=True)
class Section:
    """One page of the second stage. ``kind`` is the protected kind, where it is one."""

    code: str
    title: str | Promise
    sub: str | Promise
    kind: ProtectedKind | None = None
    files: tuple[AttachmentKind, ...] = ()


ENGLISH = Section(
    "english",
    gettext_lazy("CV and letter in English"),
    gettext_lazy("A text, a file, or both"),
    files=(AttachmentKind.CV_ENGLISH, AttachmentKind.LETTER_ENGLISH),
)
LICENCE = Section("licence", gettext_lazy("Driving licence"), gettext_lazy("Classes, and since when"))
CERTIFICATES = Section(
    "certificates", gettext_lazy("Certificates"), gettext_lazy("First aid, hot works, food hygiene …")
)
LODGING = Section("lodging", gettext_lazy("Lodging"), gettext_lazy("How you would like to live"))
HEALTH = Section(
    "health", ProtectedKind.HEALTH.label, gettext_lazy("What you eat, and help that you need"), ProtectedKind.HEALTH
)
NEXT_OF_KIN = Section(
    "next-of-kin", ProtectedKind.NEXT_OF_KIN.label, gettext_lazy("Whom we call"), ProtectedKind.NEXT_OF_KIN
)
GUARDIANS = Section("guardians", gettext_lazy("Guardians"), gettext_lazy("Their phone numbers, as you are under 18"))
TRAVEL = Section("travel", ProtectedKind.TRAVEL.label, gettext_lazy("Numbers and last days"), ProtectedKind.TRAVEL)
INSURANCE = Section("insurance", gettext_lazy("Insurances"), gettext_lazy("Company, number, emergency phone"))
A1 = Section("a1", gettext_lazy("A1 certificate"), gettext_lazy("When you asked for it, and when it came"))
BANK = Section("bank", ProtectedKind.BANK.label, gettext_lazy("Where we pay the grant"), ProtectedKind.BANK)

ALL = (ENGLISH, LICENCE, CERTIFICATES, LODGING, HEALTH, NEXT_OF_KIN, GUARDIANS, TRAVEL, INSURANCE, A1, BANK)


@dataclass
class Given:
    """Everything of one application's second stage, fetched once."""

    application: object
    details: Details | None
    attachments: dict[str, list] = field(default_factory=dict)
    certificates: list = field(default_factory=list)
    policies: list = field(default_factory=list)
    sealed: dict[str, str] | None = None
    """The protected kinds of which there is content, still encrypted; None: ask selectors.protected."""

    def content_of(self, kind) -> dict:
        """The person's own protected content, decrypted now. Raises Unreadable."""
        if self.sealed is None:
            return protected.own_content(self.application, kind)
        return EncryptedJSON().from_db_value(self.sealed.get(kind, ""), None, None)


def given(application) -> Given:
    """The plain part of the second stage; protected content is fetched by selectors.protected, one kind at a time."""
    found = _with_files(Given(application, Details.objects.filter(application=application).first()))
    found.certificates = list(application.certificates.all())
    found.policies = list(application.insurance_policies.all())
    return found


def given_at_once(application, details) -> Given:
    """What the states of all sections need: the rows of six tables in one query, beside the details and the files.

    The rows are for looking at only: they have no keys.
    """
    found = _with_files(Given(application, details, sealed={}))
    for source, name, phone, expires_on in _rows_of_all_tables(application):
        match source:
            case "certificate":
                found.certificates.append(Certificate(name=name, expires_on=expires_on))
            case "policy":
                found.policies.append(InsurancePolicy(company=name, emergency_phone=phone, expires_on=expires_on))
            case kind:
                found.sealed[kind] = name
    return found


def _rows_of_all_tables(application):
    """(source, name or encrypted content, phone, last day); a wiped row of a protected kind is none."""

    def rows(model, source, name, phone=NOTHING, last_day=NO_DAY, **wanted):
        return (
            model.objects.filter(application=application, **wanted)
            .order_by()
            .values_list(
                Value(source, CharField()),
                Cast(name, TextField()),
                Cast(phone, TextField()),
                Cast(last_day, DateField()),
            )
        )

    return rows(Certificate, "certificate", "name", last_day="expires_on").union(
        rows(InsurancePolicy, "policy", "company", "emergency_phone", "expires_on"),
        *(rows(model, str(kind), "content", saved_at__isnull=False) for kind, model in PROTECTED.items()),
        all=True,
    )


def _with_files(found: Given) -> Given:
    for attachment in files_at_hand(found.application):
        found.attachments.setdefault(attachment.kind, []).append(attachment)
    return found


def sections_for(application) -> list[Section]:
    """The sections that are asked of this person: guardians only of those under 18."""
    return [section for section in ALL if section is not GUARDIANS or is_minor(application)]


def is_minor(application) -> bool:
    """Whether the person is under 18 now or at the first departure."""
    day = min(clock.today(application.office.tz), application.round.departs_from)
    return application.apprentice.age_on(day) < ADULT


def missing_in(section: Section, found: Given) -> list[str]:
    """One sentence for each thing that keeps a section from being complete. Raises Unreadable."""
    if section.kind:
        return _missing_protected(section.kind, found)
    return _MISSING[section.code](found)


def state_of(section: Section, found: Given, kept: set[str]) -> str:
    """``complete``, ``begun`` or ``empty``; ``unreadable`` where the key is another one. ``kept``: see given_kinds."""
    if section.kind and section.kind not in kept:
        return "empty"
    try:
        if not missing_in(section, found):
            return "complete"
    except Unreadable:
        return "unreadable"
    return "begun" if section.kind or _is_begun(section, found) else "empty"


def overview(application) -> list[dict]:
    """The sections with their states, for the page of the person."""
    return _states(application, Details.objects.filter(application=application).first())


def overview_of_loaded(application) -> list[dict]:
    """The same, with the details that were read together with the application."""
    return _states(application, getattr(application, "details", None))


def _states(application, details):
    found = given_at_once(application, details)
    kept = set(found.sealed)
    return [{"section": section, "state": state_of(section, found, kept)} for section in sections_for(application)]


def police_certificate(application) -> Details | None:
    """The row that says when and to whom a police certificate was shown, or None."""
    found = Details.objects.filter(application=application).exclude(police_shown_on=None)
    return found.select_related("police_shown_to").first()


def is_open(application) -> bool:
    """Whether the second stage can be written: an offer was accepted, and the person still takes part."""
    return application.status == ApplicationStatus.ACCEPTED


def own_details(application) -> dict:
    """Everything that the person gave in the second stage, as plain values, for "my data" (files apart).

    For the person alone: protected content is in it, in full, and the reading is not logged. A kind that was encrypted with
    another key says so instead.
    """
    found = given(application)
    plain = {
        name: _plain(getattr(found.details, name)) for name in (*_PLAIN, "police_shown_on") if found.details is not None
    }
    return {
        "details": plain,
        "certificates": [{"name": row.name, "expires_on": _plain(row.expires_on)} for row in found.certificates],
        "insurances": [{name: _plain(getattr(row, name)) for name in _POLICY} for row in found.policies],
        "protected": {str(kind): _own_content(application, kind) for kind in ProtectedKind},
        "consents": [
            {
                "kind": consent.kind,
                "version": consent.version,
                "given_at": _plain(consent.given_at),
                "withdrawn_at": _plain(consent.withdrawn_at),
            }
            for consent in application.consents.all()
        ],
        "read_by": [
            {"kind": row.kind, "by": str(row.reader), "role": row.reader_role, "at": _plain(row.at)}
            for row in protected.readings_of(application)
        ],
    }


_PLAIN = (
    "cv_english", "letter_english", "has_licence", "licence_classes", "licence_since", "has_certificates", "lodging_wish",
    "lodging_notes", "guardian_phone", "second_guardian_name", "second_guardian_phone", "a1_asked_on", "a1_received_on",
)  # fmt: skip
_POLICY = ("company", "policy_number", "emergency_phone", "expires_on")


def _own_content(application, kind):
    try:
        return protected.own_content(application, kind)
    except Unreadable:
        return {"unreadable": True}


def _plain(value):
    if value is None or isinstance(value, bool | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _is_begun(section, found):
    names = {
        "english": ("cv_english", "letter_english"),
        "licence": ("has_licence",),
        "certificates": ("has_certificates",),
        "lodging": ("lodging_wish", "lodging_notes"),
        "guardians": ("guardian_phone", "second_guardian_name"),
        "a1": ("a1_asked_on", "a1_received_on"),
    }.get(section.code, ())
    if any(getattr(found.details, name, None) not in (None, "") for name in names):
        return True
    rows = {"certificates": found.certificates, "insurance": found.policies}.get(section.code, [])
    return bool(rows) or any(kind in found.attachments for kind in section.files)


def _value(found, name):
    return getattr(found.details, name, None)


def _missing_english(found):
    wanted = (
        ("cv_english", AttachmentKind.CV_ENGLISH, _("Write your CV in English, or add a file")),
        ("letter_english", AttachmentKind.LETTER_ENGLISH, _("Write your letter in English, or add a file")),
    )
    return [words for name, kind, words in wanted if not _value(found, name) and kind not in found.attachments]


def _missing_licence(found):
    if _value(found, "has_licence") is None:
        return [_("Say whether you have a driving licence")]
    if _value(found, "has_licence") and not _value(found, "licence_classes"):
        return [_("Write the classes of your driving licence")]
    return []


def _missing_certificates(found):
    if not found.certificates:
        said_no = _value(found, "has_certificates") is False
        return [] if said_no else [_("Add your certificates, or say that you have none")]
    home = found.application.round.returns_from
    return [
        _("%(name)s is valid to %(day)s only: that is before you are home")
        % {"name": row.name, "day": formats.day(row.expires_on, "plain")}
        for row in found.certificates
        if row.expires_on and row.expires_on < home
    ]


def _missing_lodging(found):
    return [] if _value(found, "lodging_wish") else [_("Choose how you would like to live")]


def _missing_guardians(found):
    return [] if _value(found, "guardian_phone") else [_("Write the phone number of your guardian")]


def _missing_insurance(found):
    if not found.policies:
        return [_("Add the insurance that you have")]
    return [
        _("Write the emergency phone of %(company)s") % {"company": row.company}
        for row in found.policies
        if not row.emergency_phone
    ]


def _missing_a1(found):
    if not _value(found, "a1_asked_on") and not _value(found, "a1_received_on"):
        return [_("Write when you asked for the A1 certificate")]
    return [] if _value(found, "a1_received_on") else [_("Write when the A1 certificate came")]


_MISSING = {
    "english": _missing_english,
    "licence": _missing_licence,
    "certificates": _missing_certificates,
    "lodging": _missing_lodging,
    "guardians": _missing_guardians,
    "insurance": _missing_insurance,
    "a1": _missing_a1,
}


def _missing_protected(kind, found):
    content = found.content_of(kind)
    if kind == ProtectedKind.HEALTH:
        if content.get("has_needs") is None:
            return [_("Say whether there is something that we should know")]
        told = any(content.get(name) for name in ("diet", "health", "support"))
        return [] if told or not content["has_needs"] else [_("Write what we should know")]
    wanted = {
        ProtectedKind.NEXT_OF_KIN: {
            "first_name": _("Write the name of the person whom we call"),
            "first_phone": _("Write the phone number of the person whom we call"),
        },
        ProtectedKind.BANK: {
            "number": _("Write your account number"),
            "holder": _("Write whose account it is"),
        },
        ProtectedKind.TRAVEL: {
            "document_number": _("Write the number of your passport or identity card"),
            "document_expires_on": _("Write how long your passport or identity card is valid"),
            "card_number": _("Write the number of your health card"),
            "card_expires_on": _("Write how long your health card is valid"),
        },
    }[kind]
    missing = [words for name, words in wanted.items() if not content.get(name)]
    return missing + (_expires_too_early(content, found) if kind == ProtectedKind.TRAVEL else [])


def _expires_too_early(content, found):
    home = found.application.round.returns_to.isoformat()
    words = {
        "document_expires_on": _("Your passport or identity card expires before you are home"),
        "card_expires_on": _("Your health card expires before you are home"),
    }
    return [sentence for name, sentence in words.items() if content.get(name) and content[name] < home]
