"""Predicates that every app's ``permissions.py`` builds on: the role held now, in the office that the object belongs to."""

import rules


def office_id_of(obj):
    """The office an object belongs to: its own column, or the one its model's ``office_id`` property follows."""
    return getattr(obj, "office_id", None)


def holds(*roles):
    """The user holds one of ``roles`` in the object's office (without an object: in the working office)."""

    @rules.predicate(name="holds_" + "_or_".join(roles))
    def check(user, obj=None):
        if not user.is_authenticated:
            return False
        mine = user.office_as(*roles)
        if mine is None:
            return False
        return obj is None or isinstance(obj, type) or office_id_of(obj) == mine

    return check


def is_person(attribute):
    """The object's ``attribute`` (a dotted path) is the acting user."""

    @rules.predicate(name=f"is_{attribute}")
    def check(user, obj=None):
        for name in attribute.split("."):
            obj = getattr(obj, name, None)
        return obj is not None and user.is_authenticated and getattr(obj, "pk", obj) == user.pk

    return check
