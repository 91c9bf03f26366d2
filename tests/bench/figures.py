"""What a measurement is taken with: seconds of one act, turns of many side by side, queries and SQL of a page."""

import statistics
import time
from collections.abc import Callable

HOST = {"SERVER_NAME": "localhost"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def timed(act: Callable[[], object]) -> float:
    """Seconds that ``act`` takes once."""
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 3)


def in_turn(acts: dict[str, Callable[[], object]], turns: int) -> dict[str, dict]:
    """Wall and CPU milliseconds of each act, one after the other: what the machine does meanwhile hits all alike."""
    wall: dict[str, list[float]] = {name: [] for name in acts}
    cpu: dict[str, list[float]] = {name: [] for name in acts}
    for _turn in range(turns):
        for name, act in acts.items():
            began, began_cpu = time.perf_counter(), time.process_time()
            act()
            wall[name].append(1000 * (time.perf_counter() - began))
            cpu[name].append(1000 * (time.process_time() - began_cpu))
    return {name: {"ms": spread(wall[name]), "cpu_ms": spread(cpu[name])} for name in acts}


def spread(values: list[float], digits: int = 2) -> dict[str, float]:
    return {
        "min": round(min(values), digits),
        "median": round(statistics.median(values), digits),
        "max": round(max(values), digits),
    }


def queries(client, address) -> int:
    """How many queries a page makes."""
    return len(_caught(client, address))


def sql_ms(client, address) -> float:
    """Milliseconds in the database, of the fastest of three."""
    return round(min(sum(float(query["time"]) for query in _caught(client, address)) * 1000 for _turn in range(3)), 1)


def queries_at_25(client, address) -> int:
    """Of the list of applications with 25 on a page: it must not ask more because it shows more."""
    from django.contrib import admin  # after Django is set up

    from apprentices.models import Application  # after Django is set up

    ours = type(admin.site.get_model_admin(Application))
    before, ours.list_per_page = ours.list_per_page, 25
    try:
        return queries(client, address)
    finally:
        ours.list_per_page = before


def opened(client, address) -> None:
    """Warm a page, and refuse to measure an error page."""
    status = client.get(address).status_code
    if status != 200:
        raise AssertionError(f"{address} answers {status}")


def _caught(client, address):
    from django.db import connection  # after Django is set up
    from django.test.utils import CaptureQueriesContext  # after Django is set up

    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return caught.captured_queries
