"""Where the addresses of applicants and of those who train them stand, and how each is put right."""

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apprentices.enums import EndorsementAnswer
from apprentices.models import Application, Apprentice, Endorsement, Instructor, TrainingManager, TrainingOffice
from apprentices.selectors.endorsements import ANSWERABLE
from apprentices.services.chasing import correct_endorsement
from mobility.common.addresses import Found, Place

WRONG_ADDRESS = "address corrected: mails did not arrive"
ASKED_BY = "apprentices/email/endorsement_"


def _with(rows, wanted):
    """Rows whose address is one of ``wanted``, which are in small letters."""
    return rows.annotate(small_email=Lower("email")).filter(small_email__in=wanted)


def _find_applications(office_id, wanted):
    rows = Application.objects.submitted().filter(office=office_id).select_related("round")
    for row in _with(rows, wanted):
        url = reverse("admin:apprentices_application_change", args=[row.pk])
        yield Found(
            row.pk, row.email, row.full_name, _("application %(reference)s") % {"reference": row.reference}, url
        )


def _find_people(model, what, page):
    def find(office_id, wanted):
        rows = model.objects.filter(office=office_id)
        if model is Apprentice:
            rows = rows.standing()
        for row in _with(rows, wanted):
            name = row.name if model is TrainingOffice else row.full_name
            yield Found(row.pk, row.email, name, what(), reverse(f"admin:apprentices_{page}_change", args=[row.pk]))

    return find


def _find_asked(office_id, wanted):
    """Who was asked about an application, and has not answered: another answer comes by the link that they have."""
    rows = Endorsement.objects.filter(
        application__office=office_id, application__status__in=ANSWERABLE, answer=EndorsementAnswer.WAITING
    ).select_related("application")
    for row in _with(rows, wanted):
        what = _("%(kind)s of %(name)s, not answered yet")
        words = what % {"kind": capfirst(row.get_kind_display()), "name": row.application.full_name}
        url = reverse("admin:apprentices_application_change", args=[row.application_id])
        yield Found(row.pk, row.email, row.name, words, url)


def _writes(model):
    def correct(pk, address, by):
        row = model.objects.select_for_update(of=("self",)).get(pk=pk)
        row.email = address
        row._change_reason = WRONG_ADDRESS  # noqa: SLF001 - simple-history's documented name
        row._history_user = by  # noqa: SLF001 - likewise
        row.save(update_fields=["email"])
        return ()

    return correct


def _ask_again(pk, address, by):
    row = Endorsement.objects.get(pk=pk)
    correct_endorsement(endorsement=row, name=row.name, email=address, phone=row.phone, by=by)
    return (ASKED_BY,)


PLACES = (
    Place("application", _find_applications, _writes(Application)),
    Place("apprentice", _find_people(Apprentice, lambda: _("register of apprentices"), "apprentice"), _writes(Apprentice)),
    Place("asked", _find_asked, _ask_again),
    Place("manager", _find_people(TrainingManager, lambda: _("training manager"), "trainingmanager"),
          _writes(TrainingManager)),
    Place("instructor", _find_people(Instructor, lambda: _("instructor"), "instructor"), _writes(Instructor)),
    Place("trainingoffice", _find_people(TrainingOffice, lambda: _("training office"), "trainingoffice"),
          _writes(TrainingOffice)),
)  # fmt: skip
