"""The step of organisational support under any order of coming, closing and cancelling."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.grants.arithmetic import organisational_support
from mobility.grants.enums import ActivityType
from mobility.grants.rates import rate_table
from mobility.grants.step import adjustment, share_at
from tests.grants import sums
from tests.grants.test_arithmetic import STAY_IN_SPAIN

RATES = rate_table(2026)
SHORT = replace(STAY_IN_SPAIN, activity=ActivityType.SHORT_TERM_LEARNER)


def share(position, rates=RATES):
    [line] = organisational_support(replace(SHORT, position_in_activity=position), rates=rates)
    return line


class Project:
    """Mobilities in order of their start; a closed one keeps the share it had."""

    def __init__(self, count):
        self.order = [float(number) for number in range(count)]
        self.closed = {}

    def do(self, what, where):
        open_ones = [stay for stay in self.order if stay not in self.closed]
        if what == "come":
            self.order = sorted([*self.order, where * (len(self.order) + 1) - 0.5 + len(self.order) / 10_000])
        elif open_ones:
            stay = open_ones[int(where * (len(open_ones) - 1))]
            if what == "close":
                self.closed[stay] = share(self.order.index(stay) + 1)
            else:
                self.order.remove(stay)

    def sums(self):
        places = {stay: place for place, stay in enumerate(self.order, 1)}
        shares = sum((self.closed[s] if s in self.closed else share(places[s])).amount for s in self.order)
        return shares, adjustment((line.facts, line.amount, places[stay]) for stay, line in self.closed.items())


EVENTS = st.lists(st.tuples(st.sampled_from(["come", "close", "cancel"]), st.floats(0, 1)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.integers(90, 115), EVENTS)
def test_mobilities_and_adjustment_are_the_project_to_the_cent(count, events):
    project = Project(count)
    for event in events:
        project.do(*event)
        shares, adjusted = project.sums()
        assert shares + adjusted == sums.organisational_support(len(project.order))


def test_a_share_is_held_against_the_table_that_priced_it():
    line = share(101)
    newer = replace(
        RATES,
        organisational={"short_term_learner": replace(RATES.organisational["short_term_learner"], first=Decimal(400))},
    )
    assert (share_at(line.facts, 100), share(100, newer).amount) == (350, 400)
