"""Why the second stage asks: one sentence of purpose for its fields, shown beside them.

The same shape as the register of the first stage; a test compares it with the forms.
"""

from django.utils.translation import gettext_lazy as _

REASONS = (
    (
        ("cv_english", "letter_english"),
        _("Your host reads them before you come, and most hosts do not read our language."),
    ),
    (("has_licence", "licence_classes", "licence_since"), _("Some workplaces need somebody who drives.")),
    (
        ("has_certificates", "name"),
        _("Some tasks may only be done with a certificate that is valid during the whole stay."),
    ),
    (("lodging_wish", "lodging_notes"), _("The partner finds you a place to live.")),
    (
        ("has_needs", "diet", "health", "support"),
        _("So that you get food that you can eat, and help that you need. Nobody is turned down for what stands here."),
    ),
    (
        ("first_name", "first_relation", "first_phone", "first_email", "first_knows"),
        _("We call this person if something serious happens to you while you are away."),
    ),
    (
        ("second_name", "second_relation", "second_phone", "second_email", "second_knows"),
        _("We call this person if the first one does not answer."),
    ),
    (
        ("guardian_phone", "second_guardian_name", "second_guardian_phone"),
        _("Under 18 an adult who is responsible for you must be within reach at any hour."),
    ),
    (
        ("document_kind", "document_number", "document_country", "document_expires_on"),
        _("Airlines and some countries ask for it, and it must be valid until you are home."),
    ),
    (
        ("card_number", "card_expires_on"),
        _("With the European Health Insurance Card a doctor abroad treats you as one at home would."),
    ),
    (
        ("company", "policy_number", "emergency_phone", "expires_on"),
        _("We must know whom to call if you fall ill or lose your things, at any hour."),
    ),
    (
        ("a1_asked_on", "a1_received_on"),
        _("The A1 certificate shows that you stay in the social security of your own country."),
    ),
    (("country", "holder", "number"), _("We pay the grant to this account.")),
    (("consent",), _("Without your consent we may not keep what you write here.")),
)
_BY_FIELD = {name: text for names, text in REASONS for name in names}


def reason_for(name: str) -> str:
    """The sentence for one field. Raises KeyError for a field that nobody has given a reason."""
    return str(_BY_FIELD[name])
