"""What the error summary of a page says: one line per problem, each with the field that it leads to."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import BaseFormSet

# What Django's own fields say ("This field is required.") does not name the field: the label goes first.
_STOCK_WORDS = [
    words
    for kind in vars(forms.fields).values()
    if isinstance(kind, type) and issubclass(kind, forms.Field)
    for words in kind.default_error_messages.values()
]
# Words of Django's validators, with a figure in them.
_COUNTED_CODES = {
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
}
_STOCK_CODES = _COUNTED_CODES | {
    "required",
    "invalid",
    "invalid_choice",
    "invalid_list",
    "invalid_date",
    "invalid_time",
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
        return f"#{field.auto_id}{field.field.widget.widgets_names[0]}"  # type: ignore[attr-defined]  # the stubs lack it
    return f"#{field.id_for_label or field.auto_id}"


def _words(field, error, words):
    if error.code not in _STOCK_CODES or _is_own(error) or not field.label:
        return words
    label = str(field.label)
    return f"{label} {words}" if label.endswith(("?", ".", ":")) else f"{label}: {words}"


def _is_own(error):
    """True when the form wrote the sentence itself, so that it says what to do."""
    return error.code not in _COUNTED_CODES and str(error.message) not in {str(words) for words in _STOCK_WORDS}


def _place(form, target):
    order = [_target(form[name]) for name in form.fields]
    return order.index(target) if target in order else -1
