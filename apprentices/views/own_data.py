"""My data: everything that is kept about the person who is signed in, as one ZIP file."""

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from apprentices.selectors.own_data import parts_of
from mobility.common import clock
from mobility.common.archives import file_blocks, json_blocks, zip_stream


@require_safe
def own_data(request):
    """A download that changes nothing; it is written while it is sent."""
    response = StreamingHttpResponse(zip_stream(_entries(request.user)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="utferd-{clock.today():%Y-%m-%d}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _entries(user):
    """First a page that explains the rest, in the language of the person's letters."""
    with translation.override(user.written_form):
        readme = render_to_string("apprentices/status/own_data.txt", {"user": user, "made_at": clock.now()})
    yield "README.txt", [readme.encode()]
    for part in parts_of(user):
        yield part.name, file_blocks(part.file) if part.file else json_blocks(part.data)
