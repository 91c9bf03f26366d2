"""What every factory may use: dates from today, and a file that is kept."""

import datetime

from mobility.common import clock, files


def days(count):
    """The date ``count`` days from today."""
    return clock.today() + datetime.timedelta(days=count)


def stored(owner, kind, name, content_type):
    """A kept file of the office that ``owner`` belongs to."""
    return files.store(office=owner.office, kind=kind, name=name, content=b"%PDF-1.7 ", content_type=content_type)
