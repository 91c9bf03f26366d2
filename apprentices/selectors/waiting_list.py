"""The waiting list of a round, as the applicant may know it."""

from apprentices.selectors.ranking import waiting_line


def place_of(application) -> int:
    """Which place somebody has on the waiting list: 1 moves up first. A proposal that nobody has seen changes nothing."""
    return waiting_line(application.round).index(application.pk) + 1
