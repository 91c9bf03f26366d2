"""What pages say about files before one is chosen, and the files of an application in one query."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from apprentices.selectors.attachments import FIRST_STAGE, files_at_hand
from mobility.common import uploads

register = template.Library()


@register.simple_tag
def upload_limit():
    """How many MB a file may have."""
    return settings.UPLOAD_LIMIT_MB


@register.simple_tag
def upload_limit_bytes():
    return uploads.limit_bytes()


@register.simple_tag
def upload_accept():
    return uploads.ACCEPT


@register.simple_tag
def upload_too_large():
    """The sentence of the server about a file that is too large, with marks that the script fills in."""
    return _("The file “%(name)s” is %(size)s MB. It may have up to %(limit)s MB.") % {
        "name": "{name}",
        "size": "{size}",
        "limit": settings.UPLOAD_LIMIT_MB,
    }


@register.simple_tag
def files_of(application):
    """The files that came with the application itself."""
    return [each for each in files_at_hand(application) if each.kind in FIRST_STAGE]
