"""Mails about stays. Each function writes rows of the outbox in the caller's transaction."""

from django.conf import settings
from django.urls import reverse

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox
from placements.enums import Party
from placements.selectors import placing as selectors


# --- recipients ----------------------------------------------------------------------------------------------------
def to_apprentice(apprentice) -> outbox.To:
    return outbox.To(apprentice.email, apprentice.written_form, apprentice.given_name, apprentice.user)


def to_office(office) -> outbox.To:
    return outbox.To(office.email, office.default_language, office.short_name)


def to_partner(partner) -> list[outbox.To]:
    """The partner's first contacts; without any, its own address."""
    contacts = [contact for contact in partner.contacts.all() if contact.is_primary] or list(partner.contacts.all()[:1])
    if not contacts:
        return [outbox.To(partner.email, partner.language, partner.name)]
    return [outbox.To(contact.email, partner.language, contact.name) for contact in contacts]


def to_employer(placement) -> list[outbox.To]:
    employer = selectors.employer_of(placement)
    return [outbox.To(employer.email, employer.language, employer.name, employer.user)] if employer else []


def page(name, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)


# --- placing, agreements -------------------------------------------------------------------------------------------
def queue(placement, template, to, *, attachments=(), secrets=(), about=None, **context):
    outbox.queue(
        f"placements/email/{template}",
        to=to,
        office=placement.office,
        context={"placement": placement, "apprentice": placement.apprentice, "host": placement.host, **context},
        about={"placement": placement.pk, **(about or {})},
        attachments=attachments,
        secrets=secrets,
    )


def tell_proposed(placement):
    for to in to_partner(placement.partner):
        age = placement.apprentice.age_on(placement.starts_on)
        queue(placement, "proposed", to, age=age, url=page("placements:candidate", placement.pk))


def tell_host_found(placement):
    queue(placement, "host_found", to_office(placement.office), url=page("placements:placement", placement.pk))


def tell_refused(placement):
    queue(placement, "refused", to_office(placement.office), url=page("placements:placement", placement.pk))


def tell_confirmed(placement):
    queue(placement, "confirmed", to_apprentice(placement.apprentice), url=page("placements:my_stay", placement.pk))
    for to in to_employer(placement):
        queue(placement, "confirmed_employer", to)
    for to in to_partner(placement.partner):
        queue(placement, "confirmed_partner", to, url=page("placements:candidate", placement.pk))


def tell_cancelled(placement, *, was_confirmed):
    queue(placement, "cancelled", to_apprentice(placement.apprentice))
    for to in to_partner(placement.partner):
        queue(placement, "cancelled", to)
    for to in to_employer(placement) if was_confirmed else []:
        queue(placement, "cancelled", to)


def tell_ready(placement):
    queue(placement, "ready", to_apprentice(placement.apprentice), url=page("placements:my_stay", placement.pk))


def ask_to_sign(signature, *, by_link, language, user=None):
    """Mail the party whose turn it is: with a signed link, or with the address of the signing page."""
    placement = signature.agreement.placement
    about = {"agreement": signature.agreement_id, "signature": signature.pk}
    is_own = signature.party == Party.APPRENTICE
    if by_link:
        made = links.create(
            purpose=LinkPurpose.SIGN_AGREEMENT,
            object_id=signature.pk,
            office=placement.office,
            address=signature.email,
            language=language,
            name=signature.name,
        )
        to = outbox.To(signature.email, language, signature.name)
        queue(placement, "sign", to, url=made.url, by_link=True, is_own=is_own, secrets=made.secrets, about=about)
        return
    url = page("placements:sign", signature.pk)
    if signature.party == Party.HOST:
        recipients = to_partner(placement.partner)
    else:
        recipients = [outbox.To(signature.email, language, signature.name, user)]
    for to in recipients:
        queue(placement, "sign", to, url=url, by_link=False, is_own=is_own, about=about)


def tell_signed(agreement):
    """Everybody who signed gets the signed document."""
    placement = agreement.placement
    told = set()
    for signature in agreement.signatures.all():
        if not signature.email or signature.email.lower() in told:
            continue
        told.add(signature.email.lower())
        to = outbox.To(signature.email, language_of(signature), signature.name)
        queue(placement, "signed", to, attachments=[agreement.signed_document], about={"agreement": agreement.pk})


def language_of(signature) -> str:
    """The language in which a party gets mails."""
    placement = signature.agreement.placement
    match signature.party:
        case Party.OFFICE:
            return placement.office.default_language
        case Party.HOST:
            return (placement.host_company or placement.partner).language
        case Party.EMPLOYER:
            employer = selectors.employer_of(placement)
            return employer.language if employer else placement.office.default_language
    return placement.apprentice.written_form
