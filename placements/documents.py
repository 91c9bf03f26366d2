"""Documents of a stay as archival, tagged PDF."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from mobility.common.pdf import document_html, render_pdf
from placements.enums import AgreementStatus, Party
from placements.selectors import placing as selectors

# --- learning agreement --------------------------------------------------------------------------------------------
AGREEMENT_TEMPLATE = "learning-agreement-1"
# Letters that have no accent to drop.
PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ß": "ss", "þ": "th"})


def learning_agreement_pdf(agreement, *, language: str) -> bytes:
    """The agreement: parties, stay, programme, outcomes, monitoring, recognition, signatures given so far."""
    return render_pdf(learning_agreement_html(agreement, language=language))


def learning_agreement_html(agreement, *, language: str) -> str:
    with override(language):
        context = agreement_context(agreement)
    return document_html("placements/pdf/learning_agreement.html", context, language=language)


def agreement_context(agreement) -> dict:
    """What the document and the signing page both show. Call it with the language active."""
    placement = agreement.placement
    contract = selectors.contract_of(placement)
    employer = selectors.employer_of(placement)
    organisations = {
        Party.OFFICE: placement.office.name,
        Party.EMPLOYER: employer.organisation if employer else "",
        Party.HOST: placement.host.name,
    }
    signatures = [
        {"signature": signature, "organisation": organisations.get(signature.party, "")}
        for signature in agreement.signatures.order_by("position")
    ]
    return {
        "agreement": agreement,
        "placement": placement,
        "apprentice": placement.apprentice,
        "office": placement.office,
        "host": placement.host,
        "host_city": placement.host.city,
        "contract": contract,
        "employer": employer,
        "outcomes": list(agreement.outcomes.all()),
        "signatures": signatures,
        "is_signed": agreement.status == AgreementStatus.SIGNED,
    }


def agreement_file_name(agreement) -> str:
    """``learning-agreement-ase-marie-oygarden-v1.pdf``."""
    with override(agreement.language):
        words = slugify(_("learning agreement"))
    name = slugify(agreement.placement.apprentice.full_name.lower().translate(PLAIN_LETTERS))
    return f"{words}-{name}-v{agreement.version}.pdf"
