"""Several acts in one moment, each in a thread with a database connection of its own (after ``many_connections()``)."""

import threading

from django.db import connections

from mobility.common.errors import Refused


def together(*acts):
    """What each act returned or raised, in their order. One act alone is a look from outside, after the others."""
    start, found = threading.Barrier(len(acts), timeout=30), {}

    def run(number, act):
        try:
            start.wait()
            found[number] = act()
        except Exception as error:  # noqa: BLE001 - whatever happens is the finding
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


def kind(refused):
    """The name of the class of a refusal."""
    return type(refused).__name__


def outcomes(*acts, refusal=kind):
    """What became of each act, sorted: "done", or what ``refusal`` makes of a refusal; any other fault as it is."""
    return sorted(_outcome(each, refusal) for each in together(*acts))


def _outcome(found, refusal):
    if isinstance(found, Refused):
        return refusal(found)
    return repr(found) if isinstance(found, Exception) else "done"
