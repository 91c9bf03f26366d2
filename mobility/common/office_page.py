"""Our own pages inside the admin's frame."""

from django.contrib import admin


def office_context(request, *, title, **context):
    """Context for a template that extends ``admin/office_page.html``: the admin's frame, with this page's title."""
    return {**admin.site.each_context(request), "title": title, **context}
