"""What several pages of the stay share."""

from django.shortcuts import render

from mobility.common.errors import NotReady
from mobility.common.office_page import confirm_page


def confirm(request, *, title, submit, back_url, back="", status=200, **context):
    """The page before the act: in the admin's frame for staff, in the portal's (with ``back`` words) for all others."""
    if request.user.is_staff:
        response = confirm_page(request, title=title, submit=submit, back_url=back_url, **context)
        response.status_code = status
        return response
    values = {
        "lead": "", "eyebrow": "", "effects": [], "told": [], "form": None, "hidden": [], "danger": False,
        **context,
    }  # fmt: skip
    return render(
        request,
        "placements/confirm.html",
        {"title": title, "submit": submit, "back_url": back_url, "back": back, **values},
        status=status,
    )


def tell(form, refused):
    """Put a service's refusal above the form, one line for each thing that is missing."""
    for sentence in refused.missing if isinstance(refused, NotReady) else [str(refused)]:
        form.add_error(None, sentence)
