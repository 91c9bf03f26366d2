"""People who may stand in the register twice: pairs, side by side, two people or one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.forms.same_person import MergeForm, shown
from apprentices.models import Apprentice, PersonMerge, SamePersonHint
from apprentices.selectors.duplicates import REASONS
from apprentices.selectors.merging import FIELDS, in_the_way, rows_to_move
from apprentices.services import duplicates, merging
from mobility.common.admin import edits_of
from mobility.common.office_page import attempt, confirm_page, office_context

PER_PAGE = 50


@require_safe
def pairs(request):
    """Every pair that nobody has looked at, with the reasons."""
    _require(request, "apprentices.compare_people")
    hints = SamePersonHint.objects.visible_to(request.user).open().select_related("first", "second")
    page = Paginator(hints, PER_PAGE).get_page(request.GET.get("page"))
    context = office_context(
        request,
        title=_("The same person?"),
        eyebrow=request.user.working_office.name,
        page=page,
        rows=[(hint, _reasons(hint)) for hint in page.object_list],
        can_merge=request.user.has_perm("apprentices.merge_people"),
    )
    return render(request, "apprentices/people/pairs.html", context)


@require_POST
def look_again(request):
    """Look through the whole register now."""
    _require(request, "apprentices.merge_people")
    number = duplicates.look_for_pairs(office=request.user.working_office)
    found = ngettext("%(number)s pair looks alike.", "%(number)s pairs look alike.", number) % {"number": number}
    messages.success(request, found)
    return redirect("apprentices:same_person")


@require_safe
def pair(request, pk):
    """Two people side by side, with what points at each."""
    hint = _hint(request, pk, "apprentices.compare_people")
    return _pair_page(request, hint, MergeForm(hint=hint))


def _pair_page(request, hint, form):
    context = office_context(
        request,
        title=_("Is this the same person?"),
        eyebrow=request.user.working_office.name,
        hint=hint,
        reasons=_reasons(hint),
        form=form,
        rows=_side_by_side(hint, form),
        moving=[(person, rows_to_move(person)) for person in (hint.first, hint.second)],
        is_open=hint.state == "open",
        can_merge=hint.state == "open" and request.user.has_perm("apprentices.merge_people", hint),
    )
    return render(request, "apprentices/people/pair.html", context)


@require_POST
def two_people(request, pk):
    """Remember that these are two people."""
    hint = _hint(request, pk, "apprentices.merge_people")
    done = _("Remembered: these are two people. You will not be asked about them again.")
    attempt(request, lambda: duplicates.say_two_people(hint=hint, by=request.user), done=done)
    return redirect("apprentices:same_person")


@require_http_methods(["GET", "POST"])
def merge(request, pk):
    """The first POST shows what the chosen merge moves; the second, with ``confirmed``, carries it out.

    What stands in the way is told beside the choices: there is nothing to confirm then.
    """
    hint = _hint(request, pk, "apprentices.merge_people")
    form = MergeForm(request.POST if request.method == "POST" else None, hint=hint)
    if request.method == "GET" or not form.is_valid():
        return redirect("apprentices:pair", pk)
    if "confirmed" not in request.POST:
        in_way = in_the_way(form.kept, form.merged)
        for words in in_way:
            messages.error(request, words)
        return _pair_page(request, hint, form) if in_way else _confirm(request, hint, form)
    done = _("%(name)s stands in the register once now.") % {"name": form.kept.full_name}
    chosen = {"hint": hint, "kept": form.kept, "take": form.take, "by": request.user}
    if attempt(request, lambda: merging.merge_people(**chosen), done=done):
        return redirect(form.kept)
    return redirect("apprentices:pair", pk)


@require_safe
def merged_rows(request, pk):
    """What was merged into a person: who did it, what moved, and the history of the row that ended."""
    person = get_object_or_404(Apprentice.objects.visible_to(request.user), pk=pk)
    _require(request, "apprentices.compare_people", person)
    merges = PersonMerge.objects.filter(merged__merged_into=person).select_related("merged", "by", "kept")
    context = office_context(
        request,
        title=_("Rows that were merged"),
        eyebrow=person.full_name,
        person=person,
        merges=[(each, edits_of(each.merged)) for each in merges],
    )
    return render(request, "apprentices/people/merged.html", context)


def _confirm(request, hint, form):
    kept, merged = form.kept, form.merged
    effects = [
        {"what": label, "now": merged.full_name, "after": kept.full_name, "follows": _rows(number)}
        for label, number in rows_to_move(merged)
    ]
    effects += [
        {
            "what": form.fields[name].label,
            "now": shown(kept, name),
            "after": shown(merged, name),
            "follows": _("Taken from the row that ends."),
        }
        for name in form.take
    ]
    effects.append(
        {
            "what": _("Row %(number)s") % {"number": merged.pk},
            "now": _("in the register"),
            "after": _("merged"),
            "follows": _("It is in no list any more. Its history can be read at the person who is kept."),
        }
    )
    if kept.user and merged.user and kept.user != merged.user:
        effects.append(
            {
                "what": _("Account %(address)s") % {"address": merged.user.email},
                "now": _("apprentice"),
                "after": _("no role here"),
                "follows": _("The status pages belong to %(address)s.") % {"address": kept.user.email},
            }
        )
    return confirm_page(
        request,
        title=_("Merge two rows of %(name)s") % {"name": kept.full_name},
        eyebrow=request.user.working_office.name,
        submit=_("Merge them"),
        back_url=hint.get_absolute_url(),
        effects=effects,
        hidden=[*((name, value) for name, value in form.cleaned_data.items()), ("confirmed", "1")],
        danger=True,
    )


def _rows(number):
    return ngettext("%(number)s row moves.", "%(number)s rows move.", number) % {"number": number}


def _reasons(hint):
    return [str(REASONS[code]) for code in hint.reasons if code in REASONS]


def _side_by_side(hint, form):
    """(label, the two values, the choice between them or None) of each field."""
    rows = []
    for name in FIELDS:
        label = Apprentice._meta.get_field(name).verbose_name  # noqa: SLF001 - the public face of fields
        choice = form[name] if name in form.fields else None
        rows.append((label, shown(hint.first, name), shown(hint.second, name), choice))
    return rows


def _hint(request, pk, permission):
    people = ("first__trade", "second__trade", "first__user", "second__user", "first__member", "second__member")
    hints = SamePersonHint.objects.visible_to(request.user).select_related(*people)
    found = get_object_or_404(hints, pk=pk)
    _require(request, permission, found)
    return found


def _require(request, permission, obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied
