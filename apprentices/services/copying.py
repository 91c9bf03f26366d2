"""Next year's round from this year's: what is copied, what is moved, what begins anew."""

import datetime
import re

from django.db import models, transaction

from apprentices.enums import RoundStatus
from apprentices.models import Criterion, Round
from mobility.grants.models import Project

A_YEAR = datetime.timedelta(weeks=52)  # not 365 days: a Monday stays a Monday
BEGINS_ANEW = {"id", "status", "status_since", "criteria_version"}
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def next_round(source, *, projects) -> Round:
    """``source`` a year on, not saved: every date moved to the same weekday, clock times of the office kept.

    The new columns of a round are copied by themselves, and dates moved: nobody has to think of them here.
    """
    copy = Round(status=RoundStatus.PREPARED)
    for field in Round._meta.concrete_fields:  # noqa: SLF001 - the public face of models
        if field.name not in BEGINS_ANEW and not field.generated:
            setattr(copy, field.attname, _moved(field, getattr(source, field.attname), source.office.tz))
    copy.name = next_name(source.name, copy.departs_from.year)
    copy.project = project_for(projects, copy)
    return copy


def next_name(name: str, year: int) -> str:
    """``Høst 2027`` of ``Høst 2026``; a name without a year gets one."""
    later = YEAR.sub(lambda found: str(int(found.group()) + 1), name)
    return later if later != name else f"{name} {year}"[:120]


def project_for(projects, copy) -> Project | None:
    """The newest project under whose agreement people can leave then."""
    covering = projects.filter(starts_on__lte=copy.departs_from, ends_on__gte=copy.departs_to)
    return covering.order_by("-starts_on", "code").first()


@transaction.atomic
def copy_round(*, source, new, trades) -> Round:
    """Save ``new`` as a prepared round with the criteria of ``source``: weights, texts of the marks, four languages.

    Applications, reviews, decisions and the history of the criteria stay where they are. Pressing twice makes one round:
    a prepared one of this name with this opening is the one that was made, and is returned.
    """
    source = Round.objects.select_for_update(of=("self",)).get(pk=source.pk)  # two clicks wait here for each other
    made = Round.objects.filter(
        office=source.office_id, name=new.name, opens_at=new.opens_at, status=RoundStatus.PREPARED
    ).first()
    if made is not None:
        return made
    new.save()
    new.trades.set(trades)
    for criterion in source.criteria.all():
        fields = {
            field.attname: getattr(criterion, field.attname)
            for field in Criterion._meta.concrete_fields  # noqa: SLF001 - the public face of models
            if field.name not in {"id", "round"}
        }
        Criterion.objects.create(round=new, **fields)
    return new


def _moved(field, value, zone):
    """A date 52 weeks on; an instant by the clock on the office's wall, summer time or not."""
    if value is None or not isinstance(field, models.DateField):
        return value
    if isinstance(value, datetime.datetime):
        wall = value.astimezone(zone).replace(tzinfo=None) + A_YEAR
        return wall.replace(tzinfo=zone).astimezone(datetime.UTC)
    return value + A_YEAR
