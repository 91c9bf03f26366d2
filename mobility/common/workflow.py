"""The workflow engine: a move is a row in an app's ``workflow.py``, and only services carry it out.

A service that moves a row has five beats::

    placement = lock(placement)                      # 1  nobody else moves it meanwhile
    require(placement, workflow.CONFIRM)             # 2  the state it starts from
    require_nothing_missing(missing_for(placement))  # 3  the guards
    ...                                              # 4  set fields
    move(placement, workflow.CONFIRM, by=by)         # 5  save, and write the log row
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mobility.common import clock
from mobility.common.errors import NotReady, TransitionNotAllowed


@dataclass(frozen=True)
class Transition:
    """One arrow of a workflow. ``sources`` and ``target`` are values of the model's status choices."""

    name: str
    sources: frozenset[str]
    target: str

    @classmethod
    def of(cls, name: str, sources: Iterable[str], target: str) -> "Transition":
        return cls(name, frozenset(sources), target)


def lock(instance):
    """Fetch the row again and hold it until the transaction ends. Call it first, inside the transaction."""
    return type(instance)._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)  # noqa: SLF001


def require(instance, transition: Transition) -> None:
    """Raise TransitionNotAllowed unless ``instance`` stands in one of the transition's sources."""
    if instance.status not in transition.sources:
        raise TransitionNotAllowed(
            _("This is not possible now: the state is “%(state)s”.") % {"state": instance.get_status_display()}
        )


def require_nothing_missing(missing: Sequence[object]) -> None:
    """Raise NotReady with the list, if there is one."""
    if missing:
        raise NotReady(missing)


def move(instance, transition: Transition, *, by=None, note: str = "", **fields) -> None:
    """Set the status and ``fields``, save just those, and write the row of the status log.

    ``by`` is the acting user, or None when a person acted through a signed link (the note then names the party) or
    the clock did.
    """
    require(instance, transition)
    source = instance.status
    instance.status = transition.target
    for name, value in fields.items():
        setattr(instance, name, value)
    moment = clock.now()
    instance.status_since = moment
    instance.save(update_fields=["status", "status_since", *fields])
    instance.status_changes.create(
        name=transition.name, from_status=source, to_status=transition.target, by=by, at=moment, note=note
    )


def possible(instance, transitions: Iterable[Transition]) -> list[Transition]:
    """The transitions that may start from the row's present state: what buttons and tests are made from."""
    return [transition for transition in transitions if instance.status in transition.sources]
