"""Who is asked about an application, who has answered what, and what that means for the case."""

from django.db.models import OuterRef, Subquery

from apprentices.enums import EndorsementAnswer, EndorsementKind
from apprentices.models import Endorsement

ORDER = {EndorsementKind.EMPLOYER: 0, EndorsementKind.GUARDIAN: 1, EndorsementKind.TRAINING_OFFICE: 2}


def endorsements_of(application) -> list[Endorsement]:
    """Everybody who was asked: the employer, guardians, the training office. Uses what a list has prefetched."""
    return sorted(application.endorsements.all(), key=lambda row: (ORDER[row.kind], row.asked_at, row.pk))


def employer_of(application) -> Endorsement | None:
    """The employer's row, or None when nobody has been asked."""
    return next((row for row in application.endorsements.all() if row.kind == EndorsementKind.EMPLOYER), None)


def waiting_of(application) -> list[Endorsement]:
    """Who has not answered yet, in the order in which a case names them."""
    return [row for row in endorsements_of(application) if row.answer == EndorsementAnswer.WAITING]


def with_employers_answer(applications):
    """Annotate ``employer_answer``, to order a list by it."""
    asked = Endorsement.objects.filter(application=OuterRef("pk"), kind=EndorsementKind.EMPLOYER)
    return applications.annotate(employer_answer=Subquery(asked.values("answer")[:1]))
