"""What is kept about somebody's stay, for "my data": the person's own, and never a host that was not yet told."""

from collections.abc import Iterator

from apprentices.selectors.own_data import Part, row
from placements.enums import EvaluationBy
from placements.models import Placement
from placements.selectors.my_stay import HOST_IS_TOLD

KEYS = {"id", "application", "apprentice", "placement", "agreement"}
HOST = {"partner", "opening", "host_company", "host_contact"}


def stay_parts(application) -> Iterator[Part]:
    """One JSON file for each stay of an application, and its agreements as PDF: the signed one where there is one."""
    stays = Placement.objects.filter(application=application).select_related(
        "office", "project", "partner", "opening__partner", "host_company", "host_contact"
    )
    for number, placement in enumerate(stays.order_by("pk"), 1):
        agreements = list(placement.learning_agreements.select_related("document", "signed_document"))
        yield Part(f"stays/{number}/stay.json", _stay(placement, agreements))
        for agreement in agreements:
            file = agreement.signed_document or agreement.document
            if file is not None:
                yield Part(f"stays/{number}/agreement-{agreement.version}.pdf", file=file)


def _stay(placement, agreements):
    untold = set() if placement.status in HOST_IS_TOLD else HOST
    return {
        "stay": row(placement, leave_out=KEYS | untold),
        "moves": [row(each, leave_out=KEYS | {"by", "note"}) for each in placement.status_changes.all()],
        "agreements": [_agreement(each) for each in agreements],
        "weekly_logs": [row(each, leave_out=KEYS | {"called_by"}) for each in placement.weekly_logs.all()],
        "visits": [_visit(each) for each in placement.visits.select_related("instructor", "slot__visit_day")],
        "your_evaluation": [
            row(each, leave_out=KEYS)
            for each in placement.evaluations.filter(by=EvaluationBy.APPRENTICE, given_at__isnull=False)
        ],
    }


def _agreement(agreement):
    """The text, and who signed when; addresses of the others are theirs."""
    return {
        **row(agreement, leave_out=KEYS | {"created_by", "document", "signed_document"}),
        "outcomes": [each.text for each in agreement.outcomes.all()],
        "signatures": [
            row(each, leave_out=KEYS | {"email", "signed_by", "document_sha256"}) for each in agreement.signatures.all()
        ],
    }


def _visit(visit):
    day = visit.slot.visit_day
    return {
        "on": day.on.isoformat(),
        "state": visit.status,
        "instructor": str(visit.instructor),
        "booked_at": visit.booked_at.isoformat(),
    }
