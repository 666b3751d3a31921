"""The traders use every instruction, and the invariants of instructions see what does not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from proof.simulated import invariants, order_invariants
from proof.simulated.broker import Broker
from proof.simulated.records import Violation, messages
from proof.simulated.run import Simulation
from topics import catalogue
from topics.codec import encode
from topics.messages import Instructions, RestingOrderEntry

PLAIN = Instructions()
WANTED = {
    *(f"{field} {what}" for field in Instructions.__dataclass_fields__ for what in ("New", "Trade")),
    *(f"{field} {what}" for field in ("trail_offset_e4", "trail_percent_e4") for what in ("Restated", "Replaced")),
    *("hidden New", "hidden Trade", "reprice Replaced", "display_qty_e6 Replaced", "decremented"),
}


def test_the_traders_use_every_instruction_and_most_orders_are_plain():
    seen: Counter[str] = Counter()
    for simulation in map(run_of, range(40)):
        seen["shared"] += len(set(simulation.traders.owners.values())) < len(simulation.traders.owners)
        for event in order_events(simulation):
            seen["decremented"] += event.exec_type == "Restated" and event.prevented_qty_e6 > 0
            if event.exec_type == "PendingNew":
                seen["plain" if event.instructions is None else "instructed"] += 1
            asked = event.instructions or PLAIN
            seen[f"hidden {event.exec_type}"] += asked.display_qty_e6 == 0
            for field in Instructions.__dataclass_fields__:
                seen[f"{field} {event.exec_type}"] += getattr(asked, field) != getattr(PLAIN, field)
    assert {name for name in WANTED if seen[name] < 3} == set()
    assert seen["plain"] > seen["instructed"]
    assert seen["shared"] == 40


def run_of(seed):
    simulation = Simulation(seed, commands=120)
    simulation.run()
    return simulation


def order_events(simulation):
    return [event for event in messages(simulation.broker, catalogue.ORDER_EVENTS) if event.NAME == "OrderEvent"]


def forge(simulation, topic, key, message):
    simulation.broker.append(topic, key, encode(message))


def asks(field, **others):
    """Events of accepted orders that ask for something."""

    def is_wanted(event):
        is_like = all(getattr(event, name) == value for name, value in others.items())
        return is_like and event.order_status != "Rejected" and (getattr(event.instructions, field, None) or 0) > 1

    return is_wanted


@pytest.mark.parametrize(
    ("is_wanted", "change", "text"),
    [
        (asks("cash_qty_e4"), lambda e: {"cum_amount_e4": e.instructions.cash_qty_e4 + 1}, "more than its amount"),
        (asks("min_qty_e6", order_status="Canceled"), lambda e: {"cum_qty_e6": 1}, "less than its minimum"),
        (asks("trail_offset_e4"), lambda e: {"stop_price_e4": e.stop_price_e4 + 1}, "not behind its mark"),
        (asks("trail_percent_e4"), lambda e: {"stop_price_e4": e.stop_price_e4 - 1}, "not behind its mark"),
        (
            asks("trail_offset_e4", side="Sell", exec_type="New"),
            lambda e: {"high_water_e4": e.high_water_e4 - 1, "stop_price_e4": e.stop_price_e4 - 1},
            "looser than",
        ),
    ],
)
def test_an_event_that_is_not_what_was_asked_is_seen(is_wanted, change, text):
    found = ((run, event) for run in map(run_of, range(20)) for event in order_events(run) if is_wanted(event))
    simulation, event = next(found)
    order_invariants.check_events(simulation.broker)
    forge(simulation, catalogue.ORDER_EVENTS, event.account_id, replace(event, **change(event)))
    with pytest.raises(Violation, match=text):
        order_invariants.check_events(simulation.broker)


def test_orders_of_one_account_that_met_are_seen():
    simulation = run_of(0)
    fills = [event for event in order_events(simulation) if event.exec_type == "Trade"]
    takers = [fill for fill in fills if fill.last_liquidity == "RemovedLiquidity"]
    taker = next(fill for fill in takers if fill.self_match_prevention != "Off")
    maker = next(fill for fill in fills if fill.trade_id == taker.trade_id and fill is not taker)
    forge(simulation, catalogue.ORDER_EVENTS, maker.account_id, replace(maker, account_id=taker.account_id))
    with pytest.raises(Violation, match="of its own"):
        order_invariants.check_events(simulation.broker)


def test_a_quote_that_is_not_what_is_shown_is_seen():
    simulation = run_of(0)
    quote = next(messages(simulation.broker, catalogue.QUOTES))
    order_invariants.check_shown(simulation.broker)
    forge(simulation, catalogue.QUOTES, quote.symbol, replace(quote, bid_price_e4=1, bid_qty_e6=1))
    with pytest.raises(Violation, match="is quoted"):
        order_invariants.check_shown(simulation.broker)


def resting(root, side, price_e4, **changes):
    terms = (side, "Limit", "Day", 1_000_000, price_e4, None, None, False, "Off", price_e4 or 1)
    entry = RestingOrderEntry("A", root, root, "AAA", *terms, 0, 1, False, 0)
    return replace(entry, **changes)


HIDDEN = Instructions(display_qty_e6=0)


@pytest.mark.parametrize(
    ("offer", "is_crossed"),
    [
        (resting("s", "Sell", 100_0001), False),
        (resting("s", "Sell", 100_0000), True),
        (resting("s", "Sell", 99_0000, instructions=HIDDEN), True),
        (resting("s", "Sell", 99_0000, order_type="StopLimit", stop_price_e4=98_0000), False),
        (resting("s", "Sell", 99_0000, order_type="StopLimit", stop_price_e4=98_0000, triggered=True), True),
        (resting("s", "Sell", None, order_type="Stop", stop_price_e4=98_0000, high_water_e4=99_0000), False),
    ],
)
def test_a_crossed_book_is_seen_what_is_hidden_included_and_stops_that_wait_left_out(offer, is_crossed):
    broker = Broker(1)
    for entry in (resting("b", "Buy", 100_0000, instructions=HIDDEN), offer):
        broker.append(catalogue.MATCHING_CHANGELOG, f"order/AAA/{entry.root_order_id}", encode(entry))
    if is_crossed:
        with pytest.raises(Violation, match="AAA is crossed"):
            invariants.check_running(broker)
    else:
        invariants.check_running(broker)


def test_an_iceberg_that_shows_too_much_is_seen():
    broker = Broker(1)
    entry = resting("b", "Buy", 100_0000, instructions=Instructions(display_qty_e6=10), shown_qty_e6=11)
    broker.append(catalogue.MATCHING_CHANGELOG, "order/AAA/b", encode(entry))
    with pytest.raises(Violation, match="shows 11 of at most 10"):
        order_invariants.check_shown(broker)
