"""Sending an application: the draft becomes a case, and the people it names become rows."""

import secrets

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import ApplicationStatus, ContractSource, EntryState
from apprentices.models import (
    Application,
    Apprentice,
    Contract,
    Entry,
    Instructor,
    TrainingCompany,
    TrainingManager,
)
from apprentices.models.trades import clean_organisation_number
from apprentices.notifications import applications as notifications
from apprentices.selectors.casework import officer_for
from apprentices.selectors.drafts import missing_for_submission, sent_already
from apprentices.selectors.windows import may_send
from apprentices.services.drafts import close_other_drafts, drop_unasked
from apprentices.services.duplicates import look_later
from apprentices.services.eligibility import check_eligibility
from apprentices.services.endorsements import ask_everybody
from apprentices.services.register import known_person, registered_contract
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink, Membership, User
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, NotReady, Refused
from mobility.common.workflow import lock, move, require_nothing_missing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks or sounds like another: no 0 O 1 I L U
REFERENCE_LENGTH = 6
NOT_APPROVED = (EntryState.WRITING, EntryState.ASKED, EntryState.REFUSED)


def submit_application(*, application):
    """Send a draft. Mails the receipt to the applicant and a signed link to everybody who is asked.

    Makes or finds the account, the apprentice, the company, the manager and the contract that the draft names. A draft
    that has been sent already is returned as it is: the second click of a double click changes nothing.
    Answers to questions that turned out not to be asked are dropped, other drafts of the person in this round are closed.
    Raises Refused (the deadline has passed), NotReady (``missing`` says what) or AlreadyTaken (applied in this round).
    """
    try:
        return _submit(application)
    except IntegrityError:  # another draft of the same person was sent in the same moment: now its rows are there
        return _submit(application)


@transaction.atomic
def _submit(application):
    application = lock(application)
    if application.status != ApplicationStatus.DRAFT:
        return application
    if not may_send(application):
        raise Refused(_("The round is closed. Your application was not sent, but everything you wrote is saved."))
    if Entry.objects.filter(application=application, state__in=NOT_APPROVED).exists():
        raise Refused(_("This application was written for somebody, who has to approve it first."))
    if application.email_confirmed_at is None:
        raise NotReady([_("Confirm your e-mail address with the code that we sent you")])
    require_nothing_missing(missing_for_submission(application))
    other = sent_already(application)
    if other:
        raise AlreadyTaken(
            _("You have applied in this round already. Your reference is %(reference)s.")
            % {"reference": other.reference}
        )
    drop_unasked(application)
    company = _company(application)
    known = known_person(application, company)
    apprentice = _apprentice(application, known, _account(application, known))
    manager = _trainer(TrainingManager, application, company, "manager")
    _contract(application, apprentice, manager, _trainer(Instructor, application, company, "instructor"))
    move(
        application,
        workflow.SUBMIT,
        by=apprentice.user,
        apprentice=apprentice,
        reference=fresh_reference(application.round.reference_prefix),
        submitted_at=clock.now(),
        is_late=clock.now() >= application.round.closes_at,
        owner=officer_for(application.round),
        news_at=clock.now(),
    )
    close_other_drafts(application=application)
    check_eligibility(application=application)
    _close_draft_links(application)
    look_later(application.office)
    notifications.application_received(application)
    ask_everybody(application=application)
    return application


def update_people(*, application):
    """The person and the contract say what the application says now: call it after a completed answer."""
    apprentice = application.apprentice
    changed = ["given_name", "family_name", "phone", "written_form", "birth_date", "trade"]
    for name in changed:
        setattr(apprentice, name, getattr(application, name))
    apprentice.save(update_fields=changed)
    company = _company(application)
    _contract(
        application,
        apprentice,
        _trainer(TrainingManager, application, company, "manager"),
        _trainer(Instructor, application, company, "instructor"),
    )


def _account(application, known):
    """The account with this (confirmed) address, made if there is none, with the apprentice's role in the office.

    Whose other address was merged into another person of the office acts through that person's account.
    """
    if known is not None and known.user and known.merged_rows.filter(email__iexact=application.email).exists():
        return known.user
    user = User.objects.filter(email__iexact=application.email).first()
    if user is None:
        user = User.objects.create_user(
            application.email,
            given_name=application.given_name,
            family_name=application.family_name,
            phone=str(application.phone),
            language=(get_language() or "en").split("-")[0],
            written_form=application.written_form,
        )
    if not EmailAddress.objects.filter(user=user, email__iexact=application.email).exists():
        EmailAddress.objects.create(user=user, email=application.email.lower(), verified=True, primary=True)
    Membership.objects.get_or_create(user=user, office=application.office, role=Role.APPRENTICE, ends_on=None)
    return user


def _apprentice(application, known, user):
    """The person of this office; what the person says about itself now is the newest."""
    apprentice = known or Apprentice(office=application.office)
    apprentice.email = apprentice.email or application.email
    apprentice.user = user
    apprentice.given_name = application.given_name
    apprentice.family_name = application.family_name
    apprentice.call_name = application.call_name or apprentice.call_name
    apprentice.municipality = application.municipality
    apprentice.phone = application.phone
    apprentice.written_form = application.written_form
    apprentice.birth_date = application.birth_date
    apprentice.trade = application.trade
    apprentice.save()
    return apprentice


def _company(application):
    """By organisation number where there is one, else by name."""
    here = TrainingCompany.objects.filter(office=application.office)
    number = clean_organisation_number(application.company_number)
    found = here.filter(organisation_number=number) if number else here.filter(name__iexact=application.company_name)
    return found.first() or TrainingCompany.objects.create(
        office=application.office, name=application.company_name, organisation_number=number
    )


def _trainer(model, application, company, part):
    """The person of this company whom the application names in ``part`` (manager, instructor), made if there is none."""
    name, email, phone = (getattr(application, f"{part}_{field}") for field in ("name", "email", "phone"))
    if not (name and email):  # an instructor need not be named
        return None
    office = application.office
    found = model.objects.filter(office=office, company=company, email__iexact=email).first()
    if found:
        return found
    given_name, _space, family_name = name.rpartition(" ")
    return model.objects.create(
        office=office,
        company=company,
        given_name=given_name or family_name,
        family_name=family_name if given_name else "",
        email=email,
        phone=phone,
        written_form=office.default_language,
    )


def _contract(application, apprentice, manager, instructor):
    """One contract for each company and first day; the newest word on the rest wins.

    What the county's register says stays: there the application adds only who is responsible.
    """
    training_office = application.training_office or manager.company.training_office
    registered = registered_contract(application, apprentice, manager.company)
    if registered is not None:
        registered.training_manager = registered.training_manager or manager
        registered.training_office = registered.training_office or training_office
        registered.instructor = registered.instructor or instructor
        registered.save(update_fields=["training_manager", "training_office", "instructor"])
        return
    facts = {
        "kind": application.contract_kind,
        "ends_on": application.contract_ends_on,
        "training_manager": manager,
    }
    facts |= {"instructor": instructor} if instructor else {}
    facts |= {"training_office": application.training_office} if application.training_office else {}
    Contract.objects.update_or_create(
        apprentice=apprentice,
        company=manager.company,
        starts_on=application.contract_starts_on,
        defaults=facts,
        create_defaults={"training_office": training_office, "source": ContractSource.APPLICATION} | facts,
    )


def fresh_reference(prefix):
    """``UT-7K3F9Q``: short enough to say on the phone, and free."""
    while True:
        reference = f"{prefix}-{''.join(secrets.choice(ALPHABET) for _place in range(REFERENCE_LENGTH))}"
        if not Application.objects.filter(reference=reference).exists():
            return reference


def _close_draft_links(application):
    """The mailed links have done their work: from now on they say that the application was received."""
    AccessLink.objects.filter(
        purpose=LinkPurpose.OPEN_DRAFT, object_id=application.pk, used_at=None, revoked_at=None
    ).update(used_at=clock.now())
