"""The traders use brackets, OCO and OTO orders in every way, and the invariants of legs see what does not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from proof.simulated import leg_invariants
from proof.simulated.broker import Broker
from proof.simulated.records import Violation, messages
from proof.simulated.run import Simulation
from topics import catalogue
from topics.codec import encode
from topics.messages import OpenOrderEntry, RestingOrderEntry

SOLD = "the other leg has sold the shares"
WANTED = {
    *(f"{kind} entry Trade" for kind in ("Bracket", "OneTriggersTheOther", "OneUpdatesTheOther")),
    *(f"{kind} leg Trade" for kind in ("Bracket", "OneTriggersTheOther", "OneUpdatesTheOther")),
    *(f"Bracket leg {what}" for what in ("Suspended", "New", "Restated", "Replaced", "PendingCancel", "Expired")),
    *(f"Bracket leg {what}" for what in ("TriggeredOrActivated", "armed in part")),
    *("Bracket entry Replaced", f"Canceled {SOLD}", "Canceled its entry has ended", "trailing leg Trade"),
}


def run_of(seed):
    simulation = Simulation(seed, commands=150)
    simulation.run()
    return simulation


def leg_events(broker):
    events = (event for event in messages(broker, catalogue.ORDER_EVENTS) if event.NAME == "OrderEvent")
    return [event for event in events if event.contingency_type is not None and event.order_status != "Rejected"]


def test_the_traders_use_legs_in_every_way():
    seen: Counter[str] = Counter()
    for simulation in map(run_of, range(60)):
        for event in leg_events(simulation.broker):
            part = "entry" if event.parent_order_id is None else "leg"
            seen[f"{event.contingency_type} {part} {event.exec_type}"] += 1
            seen[f"{event.exec_type} {event.text}"] += 1
            seen[f"trailing leg {event.exec_type}"] += part == "leg" and event.high_water_e4 is not None
            is_partial = part == "entry" and event.order_status == "PartiallyFilled" and event.exec_type == "Trade"
            seen[f"{event.contingency_type} leg armed in part"] += is_partial
    assert {name for name in WANTED if seen[name] < 3} == set(), seen


def a_fill_of_a_leg():
    for simulation in map(run_of, range(30)):
        for event in leg_events(simulation.broker):
            if event.parent_order_id is not None and event.exec_type == "Trade":
                return simulation, event
    raise AssertionError("no leg was filled")


def forge(simulation, topic, key, message):
    simulation.broker.append(topic, key, encode(message))


def test_legs_that_sold_more_than_was_bought_are_seen():
    simulation, fill = a_fill_of_a_leg()
    leg_invariants.check_legs(simulation.broker)
    more = 10**12
    forge(simulation, catalogue.ORDER_EVENTS, fill.account_id, replace(fill, last_qty_e6=more))
    with pytest.raises(Violation, match="sold more than there was"):
        leg_invariants.check_legs(simulation.broker)


LEG = OpenOrderEntry(
    *("A", "Ot", "Ot", "kOt", None, "New", "AAA", "Sell", "Limit", "Day", 5, 100, None, None, False, "Off", 100),
    *(0, 0, 0, 0, 5, False, None, 0, 0, 0),
    contingency_type="Bracket",
    parent_order_id="O",
)


def test_a_hold_that_no_fill_stands_for_is_seen():
    broker = Broker(1)
    broker.append(catalogue.ACCOUNTS_CHANGELOG, "order/A/Ot", encode(LEG))
    with pytest.raises(Violation, match="legs of O hold 5, may sell 0"):
        leg_invariants.check_legs(broker)


def test_a_leg_that_offers_what_was_not_bought_is_seen():
    terms = ("Sell", "Limit", "Day", 5, 100, None, None, False, "Off", 100)
    entry = RestingOrderEntry("A", "Ot", "Ot", "AAA", *terms, 0, 1, False, 0, contingency_type="Bracket")
    entry = replace(entry, parent_order_id="O", unarmed_qty_e6=3)
    broker = Broker(1)
    broker.append(catalogue.MATCHING_CHANGELOG, "order/AAA/Ot", encode(entry))
    with pytest.raises(Violation, match="offers 2 of 0"):
        leg_invariants.check_armed(broker)
