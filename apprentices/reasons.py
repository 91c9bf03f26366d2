"""Why the form asks: one sentence of purpose for every field of the first stage, shown beside it.

A test compares this register with the fields of the form: whoever adds a question says here what it is for.
"""

from django.utils.translation import gettext_lazy as _

REASONS = (
    (
        ("given_name", "family_name"),
        _("Tickets, insurance and the papers of the stay must carry the name that stands in your passport."),
    ),
    (("call_name",), _("So that we and your host call you what you are called.")),
    (
        ("email", "phone"),
        _("We send the code, the receipt and our answer there, and call you when something is urgent."),
    ),
    (("written_form",), _("We must write to you in the language that you use.")),
    (("consent",), _("Without your consent we may not keep what you write here.")),
    (
        ("birth_date",),
        _("Your age decides which insurance, host and lodging you can have, and whether a guardian consents with you."),
    ),
    (
        ("guardian_name", "guardian_email", "second_guardian_name", "second_guardian_email"),
        _("Under 18 an adult who is responsible for you must consent to the stay."),
    ),
    (
        ("gender",),
        _("The European Commission counts participants by gender, and lodging may be shared. You need not say it."),
    ),
    (("nationality",), _("It decides which travel papers, health card and residence rules you need.")),
    (
        ("has_protected_address",),
        _("With a protected address we do not ask where you live, and nobody but the coordinator sees that it is so."),
    ),
    (
        ("address", "postal_code", "postal_place"),
        _("For letters about the stay and your contract with us. The host does not see it."),
    ),
    (("municipality",), _("We spread the places over the area, and find out who can travel together.")),
    (("trade",), _("The host must have work in your trade.")),
    (
        ("contract_kind", "contract_starts_on", "contract_ends_on"),
        _("The stay must lie inside your training period, and the contract decides which rules hold."),
    ),
    (
        ("company_name", "company_number"),
        _("Your company stays your employer while you are away, and its number makes sure we find the right one."),
    ),
    (
        ("training_office_choice", "training_office_name"),
        _("A training office that holds your contract is asked for its opinion."),
    ),
    (
        ("manager_name", "manager_email", "manager_phone"),
        _("Your training manager must consent to the stay and recognises afterwards what you have learnt."),
    ),
    (
        ("instructor_name", "instructor_email", "instructor_phone"),
        _("Your instructor knows your daily work and may visit you abroad."),
    ),
    (("expected_wages",), _("Wages during the stay decide which social security papers you need.")),
    (
        ("first_country", "second_country", "third_country", "goes_anywhere"),
        _(
            "We look for a host in the order of your wishes. Who is open to more countries has a better chance of a place."
        ),
    ),
    (("wished_tasks",), _("The partner uses it to find a workplace that suits you.")),
    (("competence_aims",), _("They become the learning outcomes of your learning agreement.")),
    (
        ("english_level", "language", "level"),
        _("The host must be able to talk with you, and it decides which language course you get."),
    ),
    (
        ("has_earlier_stays", "earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days"),
        _("Erasmus+ counts the days of earlier stays, and we take people who have not been away first."),
    ),
    (("motivation",), _("The reviewers read it. It counts most when we choose who gets a place.")),
    (
        ("referee_name", "referee_contact"),
        _("Somebody who knows you can tell us more if we are in doubt. We say so to you before we call."),
    ),
    (("files",), _("A school report or a certificate shows what you can do. You need not send one.")),
    (
        ("has_photo_consent",),
        _("We like to show what apprentices do abroad. Yes or no makes no difference to your application."),
    ),
)
_BY_FIELD = {name: text for names, text in REASONS for name in names}


def reason_for(name: str) -> str:
    """The sentence for one field. Raises KeyError for a field that nobody has given a reason."""
    return str(_BY_FIELD[name])
