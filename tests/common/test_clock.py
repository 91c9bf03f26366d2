"""The only clock, and how far it may be moved."""

import datetime
import zoneinfo

import pytest
import time_machine

from mobility.common import clock

NOON = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def own_clock_file(settings, tmp_path):
    settings.CLOCK_FILE = tmp_path / "clock"


@time_machine.travel(NOON, tick=False)
def test_the_clock_tells_the_time_and_moves_forward():
    assert clock.now() == NOON
    clock.move_forward(datetime.timedelta(days=30))
    clock.move_forward(datetime.timedelta(hours=1))
    assert clock.now() == NOON + datetime.timedelta(days=30, hours=1)


def test_the_clock_never_goes_back():
    with pytest.raises(ValueError, match="forward"):
        clock.move_forward(datetime.timedelta(days=-1))


def test_a_real_installation_has_the_real_time(settings):
    settings.CLOCK_FILE = None
    with pytest.raises(RuntimeError):
        clock.move_forward(datetime.timedelta(days=1))
    assert clock.offset() == datetime.timedelta()


@time_machine.travel(datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC), tick=False)
def test_today_depends_on_the_zone():
    assert clock.today(zoneinfo.ZoneInfo("Europe/Oslo")) == datetime.date(2026, 11, 25)
    assert clock.today(zoneinfo.ZoneInfo("Europe/London")) == datetime.date(2026, 11, 24)
