"""``./run demo``: the nine steps of one stay, by the people who do them, against a server and a worker that run.

SITE_URL, VAR_DIR and DEMO_OUTPUT come from ./run. Prints one line a step and, last, ``PDF: <path>``.
"""

import sys
import time

from tests.demo import abroad, before
from tests.demo.world import World

STEPS = (
    ("An office begins, and invites its colleagues", before.begin),
    ("1 Coordinator opens a round", before.open_round),
    ("2 Apprentice applies on the web", before.apply),
    ("3 Training manager consents by link", before.consent),
    ("4 Two reviewers score, the coordinator decides and publishes", before.select),
    ("5 Accepted, placed, confirmed, learning agreement signed by all", before.place_and_sign),
    ("6 Instructor books a visit", abroad.book_visit),
    ("7 Arrival, a week in the log, who is abroad", abroad.arrive),
    ("8 Return, evaluations, criteria assessed, case closed", abroad.come_home),
    ("9 Priced line by line, project report by the worker", abroad.report),
)


def main():
    world = World.from_environment()
    for words, step in STEPS:
        began = time.monotonic()
        told = step(world)
        print(f"{words}: {told} ({time.monotonic() - began:.1f} s)", flush=True)
    print(f"PDF: {world.report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
