"""What a merge of two people would move, and what stands in its way.

Everything that points at a person moves, whichever floor it lives on: the keys are asked of Django's registry, so that
nothing is imported upwards, and a table that comes tomorrow is not forgotten.
"""

from dataclasses import dataclass

from django.db.models import Model, UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apprentices.models import Apprentice, PersonMerge, SamePersonHint

FIELDS = (
    "given_name", "family_name", "call_name", "birth_date", "email", "phone", "written_form", "trade", "member",
    "municipality",
)  # fmt: skip
"""What the coordinator chooses between, value by value."""

_OWN_LOG = (SamePersonHint, PersonMerge, Apprentice)  # they tell of the merge and stay as they are


@dataclass(frozen=True)
class Pointer:
    """A column of some model that names a person."""

    model: type[Model]
    column: str

    def rows_of(self, person):
        return self.model._base_manager.filter(**{self.column: person.pk})  # noqa: SLF001 - scoping is the caller's

    @property
    def label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))  # noqa: SLF001 - the public face of models


def pointers() -> list[Pointer]:
    """Every column that names a person, but for rows of history (they say what was) and the log of merges."""
    found = []
    for relation in Apprentice._meta.get_fields(include_hidden=True):  # noqa: SLF001 - the public face of models
        is_pointer = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if not is_pointer or relation.related_model in _OWN_LOG or hasattr(relation.related_model, "history_id"):
            continue
        found.append(Pointer(relation.related_model, relation.field.name))
    return sorted(found, key=lambda pointer: pointer.model._meta.label)  # noqa: SLF001


def rows_to_move(merged) -> list[tuple[str, int]]:
    """(what, how many) that points at the person whose row ends."""
    counted = [(pointer.label, pointer.rows_of(merged).count()) for pointer in pointers()]
    return [(label, number) for label, number in counted if number]


def in_the_way(kept, merged) -> list[str]:
    """One sentence for each row of both that the database allows once, such as two applications in one round."""
    found = []
    for pointer in pointers():
        for constraint in _single_rows(pointer):
            mine, theirs = (_keys(pointer, constraint, person) for person in (kept, merged))
            found += [
                _("Both have %(what)s: %(row)s. Withdraw or change one of them first.")
                % {"what": pointer.label, "row": theirs[key]}
                for key in theirs
                if key in mine
            ]
    return found


def _single_rows(pointer):
    """(other columns, condition) of each rule by which a person has a row once."""
    options = pointer.model._meta  # noqa: SLF001 - the public face of models
    field = options.get_field(pointer.column)
    if field.unique:
        yield (), None
    for names in options.unique_together:
        if pointer.column in names:
            yield tuple(name for name in names if name != pointer.column), None
    for constraint in options.constraints:
        if isinstance(constraint, UniqueConstraint) and pointer.column in constraint.fields:
            yield tuple(name for name in constraint.fields if name != pointer.column), constraint.condition


def _keys(pointer, rule, person):
    names, condition = rule
    rows = pointer.rows_of(person)
    if condition is not None:
        rows = rows.filter(condition)
    return {tuple(getattr(row, row._meta.get_field(name).attname) for name in names): row for row in rows}  # noqa: SLF001
