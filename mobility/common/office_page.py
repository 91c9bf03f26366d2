"""Our own pages inside the admin's frame."""

from collections.abc import Callable, Iterable

from django.contrib import admin, messages
from django.shortcuts import render

from mobility.common.errors import NotReady, Refused

LOOK = "look"
"""The name of the button that shows a letter and saves nothing."""


def office_context(request, *, title, **context):
    """Context for a template that extends ``admin/office_page.html``: the admin's frame, with this page's title."""
    return {**admin.site.each_context(request), "title": title, **context}


def confirm_page(
    request,
    *,
    title: str,
    submit: str,
    back_url: str,
    lead: str = "",
    eyebrow: str = "",
    quote: str = "",
    effects: Iterable[dict] = (),
    told: Iterable[dict] = (),
    form=None,
    hidden: Iterable[tuple[str, object]] = (),
    danger: bool = False,
    can_preview: bool = False,
    letter=None,
):
    """The page that shows the effect before anything is saved; its button posts to the same address.

    ``quote``: what somebody else has written, that this page answers. ``effects``: dicts of what, now, after, follows (a
    column that says nothing in any row is left out). ``told``: dicts of who, what (they get a mail). ``form``: asked above
    the button. ``hidden``: names and values sent along (an admin action sends its selected rows this way).
    ``can_preview``: a second button asks, with LOOK in the form, for ``letter``: the words of a letter before it goes out
    (``components/letter.html``).
    """
    context = office_context(
        request,
        title=title,
        submit=submit,
        back_url=back_url,
        lead=lead,
        eyebrow=eyebrow,
        quote=quote,
        effects=list(effects),
        told=list(told),
        form=form,
        hidden=list(hidden),
        danger=danger,
        can_preview=can_preview,
        letter=letter,
        back="",
    )
    return render(request, "admin/confirm_page.html", context)


def attempt(request, act: Callable[[], object], *, done: str = "") -> bool:
    """Run one service; say ``done``, or tell why it refused. Returns whether it was carried out.

    A transaction that wraps the request would keep a half-done step: call it outside of one.
    """
    try:
        act()
    except Refused as refused:
        report_refusal(request, refused)
        return False
    if done:
        messages.success(request, done)
    return True


def report_refusal(request, refused: Refused) -> None:
    """Each thing that is missing as a message of its own, else the one sentence of the refusal."""
    for sentence in refused.missing if isinstance(refused, NotReady) else [str(refused)]:
        messages.error(request, sentence)
