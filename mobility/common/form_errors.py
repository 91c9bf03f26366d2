"""What the error summary of a page says: one line per problem, each with the field that it leads to."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import BaseFormSet

# Codes whose stock words do not name the field ("This field is required."): the label goes first.
_STOCK_CODES = {
    "required",
    "invalid",
    "invalid_choice",
    "invalid_list",
    "invalid_date",
    "invalid_time",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
}


def problems(form):
    """(``#id`` of the control or "", words) of each error of a form or formset, in the order of the page."""
    if isinstance(form, BaseFormSet):
        found = [("", str(error)) for error in form.non_form_errors()]
        for inner in form.forms:
            found += problems(inner)
        return found
    found = []
    for name, errors in form.errors.as_data().items():
        field = None if name == NON_FIELD_ERRORS or name not in form.fields else form[name]
        for error in errors:
            for words in error.messages:
                found.append((_target(field), _words(field, error, words)) if field else ("", words))
    return sorted(found, key=lambda problem: _place(form, problem[0]))


def _target(field):
    """The id that takes the focus: of the first choice where the widget is a group of them."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"#{field.auto_id}_0"
    if isinstance(field.field.widget, forms.MultiWidget):
        return f"#{field.auto_id}{field.field.widget.widgets_names[0]}"
    return f"#{field.id_for_label or field.auto_id}"


def _words(field, error, words):
    own = error.code in field.field.error_messages and _is_own(field.field, error)
    if own or error.code not in _STOCK_CODES or not field.label:
        return words
    label = str(field.label)
    return f"{label} {words}" if label.endswith(("?", ".", ":")) else f"{label}: {words}"


def _is_own(field, error):
    """True when the form wrote the sentence itself, so that it says what to do."""
    stock = [
        kind.default_error_messages[error.code]
        for kind in type(field).__mro__
        if error.code in getattr(kind, "default_error_messages", {})
    ]
    return str(error.message) not in [str(words) for words in stock]


def _place(form, target):
    order = [_target(form[name]) for name in form.fields]
    return order.index(target) if target in order else -1
