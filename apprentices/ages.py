"""How old somebody is. Born on 29 February, one grows older on 1 March in ordinary years."""

import datetime

ADULT = 18  # years


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Age in whole years on ``day``."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def of_age_if_born_by(day: datetime.date) -> datetime.date:
    """The latest date of birth of somebody who is of age on ``day``."""
    try:
        return day.replace(year=day.year - ADULT)
    except ValueError:  # 29 February: who was born on 1 March is not of age yet
        return day.replace(year=day.year - ADULT, day=28)
