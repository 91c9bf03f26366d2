"""The kinds of personal data that the system keeps: what the privacy notice says of each.

Whoever adds a kind of data to a model adds it here: purpose, legal basis, how long, who sees it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONSENT = _(
    "Your consent, given in the first step of the form (GDPR article 6, 1 a). You may withdraw it by withdrawing the "
    "application."
)
EXPLICIT_CONSENT = _(
    "Your explicit consent, given beside the questions (GDPR article 6, 1 a, and article 9, 2 a). You take it back on the "
    "same page."
)
PUBLIC_TASK = _("A task in the public interest (GDPR article 6, 1 e).")
AGREEMENT = _("The agreement about the stay, in which you take part (GDPR article 6, 1 b).")
ARRANGING = _("The office's task of arranging the stay together with you (GDPR article 6, 1 e).")
OBLIGATION = _("A legal duty: Erasmus+ money must be accounted for (GDPR article 6, 1 c).")
INTEREST = _("Our interest in a safe service (GDPR article 6, 1 f).")

UNTIL_PROJECT_IS_KEPT = _(
    "As long as the project's records must be kept: five years after the last payment, three years for grants of at most "
    "60 000 EUR."
)


@dataclass(frozen=True)
class KindOfData:
    """One kind of data. Every text is a sentence or two for the person whom it is about."""

    code: str
    name: str | Promise
    what: str | Promise
    purpose: str | Promise
    basis: str | Promise
    kept: str | Promise
    seen_by: str | Promise


KINDS = (
    KindOfData(
        code="application",
        name=_("Your application"),
        what=_(
            "Name and call name, e-mail, mobile, date of birth, gender, nationality, address, trade, contract, training "
            "company and training office, names and addresses of your training manager and instructor, wages during the "
            "stay, wishes, languages, earlier stays, motivation, somebody who knows you, the files that you attach, and "
            "whether we may take photos. A guardian's name and address if you are under 18. With a protected address: "
            "that it is so, and no address."
        ),
        purpose=_("To decide who gets a place, and to tell you."),
        basis=CONSENT,
        kept=_(
            "With a place: as long as the stay's papers. Without a place, or withdrawn: until the round is over and the "
            "time to complain has passed; then the office deletes it. A draft that was never sent: until you ask us or "
            "the round is over."
        ),
        seen_by=_(
            "The office and the reviewers who were given your application. Your training manager sees what you asked for. "
            "A protected address: the coordinator and the head of the office only. A draft: nobody but you; once the "
            "round is closed the coordinator sees name, e-mail and how much is missing, to be able to let you in."
        ),
    ),
    KindOfData(
        code="register",
        name=_("Your contract in the county's register"),
        what=_(
            "Name, date of birth, e-mail, mobile, trade, and your contract: number, kind, company, period and approval. "
            "The list that the office got from the county, and who compared it with what you wrote."
        ),
        purpose=_("To know that your contract is approved and covers the stay, without asking you for papers."),
        basis=PUBLIC_TASK,
        kept=_("As long as your application or your stay. A list that is given up is deleted at once."),
        seen_by=_("The office."),
    ),
    KindOfData(
        code="on_behalf",
        name=_("What somebody wrote for you"),
        what=_("An application that the office or your training office began for you, and who wrote it."),
        purpose=_("To help you with the form. It is sent only when you say so."),
        basis=PUBLIC_TASK,
        kept=_("If you say no, the answers are deleted at once. Otherwise like your application."),
        seen_by=_("Whoever wrote it, the office's coordinators, and you."),
    ),
    KindOfData(
        code="same_person",
        name=_("Whether you stand in the register twice"),
        what=_("Pairs of people with alike names, addresses or contracts, and what the office decided about them."),
        purpose=_("That your applications and your stay are found in one place."),
        basis=ARRANGING,
        kept=_("As long as your row in the register."),
        seen_by=_("The office's coordinators and head of section."),
    ),
    KindOfData(
        code="selection",
        name=_("Marks, ranking and decision"),
        what=_(
            "The reviewers' marks, notes and remarks, what an interview showed, who of the reviewers declared a conflict of "
            "interest, the ranking, the decision with its reasons, your answer."
        ),
        purpose=_("A fair selection that can be explained afterwards."),
        basis=PUBLIC_TASK,
        kept=_("As long as the application itself."),
        seen_by=_(
            "The coordinators and the head of the office. A reviewer sees the own marks, and the other reviewer's after "
            "giving them. The auditor, on request."
        ),
    ),
    KindOfData(
        code="employer",
        name=_("The employer's answer"),
        what=_(
            "The training manager's name, e-mail and phone, the consent, wages during the stay, conditions, opinion."
        ),
        purpose=_("A stay during the training period needs the employer's consent."),
        basis=ARRANGING,
        kept=_("As long as the application itself. Earlier answers are kept beside the newest."),
        seen_by=_("The office and, without phone, the reviewers. The apprentice sees whether the answer is yes or no."),
    ),
    KindOfData(
        code="training_office",
        name=_("The training office's opinion"),
        what=_(
            "The name and e-mail of the office's contact person, whether the stay is recommended, conditions, opinion."
        ),
        purpose=_("The training office follows the training and knows what a stay can add to it."),
        basis=ARRANGING,
        kept=_("As long as the application itself. Earlier answers are kept beside the newest."),
        seen_by=_("The office and the reviewers. The apprentice sees that there is an answer, and not what it says."),
    ),
    KindOfData(
        code="guardian",
        name=_("A guardian's consent"),
        what=_("The name, e-mail and mobile of a guardian of somebody under 18, and the consent."),
        purpose=_("Nobody under 18 travels without a guardian's consent; we ring the guardian if something happens."),
        basis=ARRANGING,
        kept=_("As long as the application itself. Earlier answers are kept beside the newest."),
        seen_by=_("The office. The apprentice sees whether the answer is yes or no."),
    ),
    KindOfData(
        code="details",
        name=_("What we ask after you have said yes"),
        what=_(
            "CV and letter in English, driving licence, certificates, how you would like to live, phones of guardians, "
            "insurances, the A1 certificate. Of a police certificate only the day and who saw it."
        ),
        purpose=_("To arrange the journey, the work and the lodging."),
        basis=AGREEMENT,
        kept=UNTIL_PROJECT_IS_KEPT,
        seen_by=_("The coordinators, the head of the office and, on request, the auditor. You, in full."),
    ),
    KindOfData(
        code="protected",
        name=_("Health, next of kin, passport, bank account"),
        what=_(
            "Food, health and support; whom we call; passport or identity card and health card; account number. Asked only "
            "after you have said yes to an offer, and stored encrypted."
        ),
        purpose=_("To look after you, to book the journey, to pay the grant."),
        basis=EXPLICIT_CONSENT,
        kept=_(
            "Until you take your consent back, which deletes it at once; otherwise as long as the papers of the stay."
        ),
        seen_by=_(
            "The coordinators and the head of the office, one reading at a time: each is logged, and you see who and when. "
            "Nobody else, and never in a list or an export."
        ),
    ),
    KindOfData(
        code="stay",
        name=_("Your stay abroad"),
        what=_(
            "Dates, country, partner, host company, lodging, arrival and return, learning agreement with signatures, "
            "weekly logs, visits of your instructor."
        ),
        purpose=_("To arrange the stay, to look after you while you are away, and to have it recognised."),
        basis=AGREEMENT,
        kept=UNTIL_PROJECT_IS_KEPT,
        seen_by=_(
            "The office. The partner that you are sent to sees name, age, trade, dates, level of English, and what you "
            "wrote about tasks and why you want to go; the host company sees the learning agreement. Your instructor "
            "sees when and where to visit you. Weekly logs are read by the office only."
        ),
    ),
    KindOfData(
        code="grant",
        name=_("Grant and project report"),
        what=_("The calculation of your grant and your line in the participant list of the project."),
        purpose=_("To pay the grant and to account for it to the national agency."),
        basis=OBLIGATION,
        kept=UNTIL_PROJECT_IS_KEPT,
        seen_by=_("The office, the national agency and its auditors, the European Commission."),
    ),
    KindOfData(
        code="evaluation",
        name=_("Evaluation"),
        what=_("Your answers, those of the partner, and the criteria assessed again at the end of the stay."),
        purpose=_("To make the next stays better, and to report whether the goals were met."),
        basis=PUBLIC_TASK,
        kept=UNTIL_PROJECT_IS_KEPT,
        seen_by=_("The office. Reports show averages, and names only in the list for the national agency."),
    ),
    KindOfData(
        code="account",
        name=_("Account and sign-in"),
        what=_(
            "E-mail, name, phone, languages, password (scrambled), second factor, and what you are in which office."
        ),
        purpose=_("To let you in, and nobody else."),
        basis=INTEREST,
        kept=_("As long as you have a role in an office, or a case there. Then the office closes it."),
        seen_by=_("The coordinators of your office see name, e-mail and role. Nobody sees the password."),
    ),
    KindOfData(
        code="mail",
        name=_("Mails and signed links"),
        what=_("Every mail that was sent, to whom and when; links are kept in scrambled form."),
        purpose=_("To prove what was told to whom, and to send again what did not arrive."),
        basis=PUBLIC_TASK,
        kept=_("As long as the case that the mail is about."),
        seen_by=_("The coordinators and the head of the office."),
    ),
    KindOfData(
        code="eligibility",
        name=_("Whether you can take part"),
        what=_(
            "What the rules of the round say of your age, your training period, your contract and earlier stays, an "
            "exception with its reason, and what you were asked to complete, before and after."
        ),
        purpose=_("To treat everybody by the same rules, and to be able to explain it."),
        basis=PUBLIC_TASK,
        kept=_("As long as the case."),
        seen_by=_("The office. You see your own on your status page and in your data."),
    ),
    KindOfData(
        code="log",
        name=_("History of a case"),
        what=_("Who moved a case from one state to the next, when, and why."),
        purpose=_("To be able to explain every decision."),
        basis=PUBLIC_TASK,
        kept=_("As long as the case."),
        seen_by=_("The office and, on request, the auditor. You see your own on your status page."),
    ),
    KindOfData(
        code="cookies",
        name=_("Cookies"),
        what=_("One for the sign-in and one for the language. No cookie counts or follows you."),
        purpose=_("The pages do not work without the first; the second keeps your choice."),
        basis=INTEREST,
        kept=_("The sign-in: until you sign out or close the browser. The language: a year."),
        seen_by=_("Your browser and this service."),
    ),
)
