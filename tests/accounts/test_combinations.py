"""Every line of the table of refused combinations, found in a submit and told with its rule id and FIX reason."""

import pytest

from streams.accounts.fold import AccountsFold
from streams.combinations import ANY, CONTINGENT, INSTRUCTED
from tests.accounts.say import NOW, deposit, deposit_shares, e4, e6, opened, submit
from topics.messages import Contingency, Instructions, Leg, NewOrder

LINES = [combination for combination, _ in (*ANY, *INSTRUCTED, *CONTINGENT)]


def limit(**changes):
    instructions = {name: changes.pop(name) for name in list(changes) if name in Instructions.__dataclass_fields__}
    changes.setdefault("instructions", Instructions(**instructions) if instructions else None)
    return submit("o1", changes.pop("side", "Buy"), "10", "99", **changes)


MARKET = {"order_type": "Market", "limit_price_e4": None}
STOP = {"order_type": "Stop", "limit_price_e4": None, "side": "Sell"}
AMOUNT = {**MARKET, "qty_e6": 0, "cash_qty_e4": e4("100")}


def leg(name, order_type, limit=None, stop=None, force="Day", instructions=None):
    return Leg(f"o1{name}", f"client-o1{name}", order_type, force, limit, stop, 0, instructions)


PROFIT = leg("t", "Limit", limit=e4("110"))
LOSS = leg("s", "Stop", stop=e4("90"))
SHOWN = Instructions(display_qty_e6=1)


def bracket(*legs, **changes):
    return limit(contingency=Contingency("Bracket", list(legs or (PROFIT, LOSS))), **changes)


def pair(*legs, **changes):
    changes = {"side": "Sell", **changes}
    return limit(contingency=Contingency("OneUpdatesTheOther", list(legs or (LOSS,))), **changes)


CASES = {
    "limit_price_fits": limit(limit_price_e4=None),
    "stop_price_fits": limit(stop_price_e4=e4("98")),
    "expire_time_fits": limit(expire_time_us=NOW + 1),
    "post_only_rests": limit(post_only=True, time_in_force="ImmediateOrCancel"),
    "auction_type": limit(**STOP, stop_price_e4=e4("98"), time_in_force="AtTheOpening"),
    "display_qty_rests": limit(display_qty_e6=e6("1"), time_in_force="FillOrKill"),
    "display_qty_range": limit(display_qty_e6=-1),
    "display_qty_share": limit(display_qty_e6=e6("0.1") - 1),
    "min_qty_range": limit(min_qty_e6=0),
    "min_qty_takes": limit(min_qty_e6=1, post_only=True),
    "min_qty_auction": limit(min_qty_e6=1, time_in_force="AtTheClose"),
    "cash_qty_range": limit(**AMOUNT | {"cash_qty_e4": 0}),
    "cash_qty_market": limit(**AMOUNT, time_in_force="FillOrKill"),
    "cash_qty_alone": limit(**AMOUNT, side="Sell", reduce_only=True),
    "cash_qty_prevention": limit(**AMOUNT, self_match_prevention="DecrementAndCancel"),
    "trail_stop": limit(trail_offset_e4=1),
    "trail_one": limit(**STOP, trail_offset_e4=1, trail_percent_e4=1),
    "trail_range": limit(**STOP, trail_percent_e4=0),
    "trigger_stop": limit(trigger_price_type="BestQuote"),
    "reprice_post_only": limit(reprice=True),
    "reduce_only_sell": limit(reduce_only=True),
    "extended_hours_limit": limit(extended_hours=True, time_in_force="GoodTillDate", expire_time_us=NOW + 1),
    "legs_fit": bracket(PROFIT),
    "entry_buys": bracket(side="Sell"),
    "pair_sells": pair(side="Buy"),
    "pair_rests": pair(time_in_force="ImmediateOrCancel"),
    "legs_rest": bracket(PROFIT, leg("s", "Stop", stop=e4("90"), force="FillOrKill")),
    "legs_outlive": bracket(time_in_force="GoodTillCancel"),
    "legs_apart": bracket(PROFIT, leg("s", "StopLimit", limit=e4("111"), stop=e4("110"))),
    "legs_plain": bracket(PROFIT, leg("s", "Stop", stop=e4("90"), instructions=SHOWN)),
    "legs_shares": bracket(**AMOUNT),
    "legs_hours": bracket(extended_hours=True),
}

TAKEN = {
    "all shown": limit(display_qty_e6=e6("10") + 1),
    "a hundredth shown": limit(display_qty_e6=e6("0.1"), time_in_force="GoodTillCancel"),
    "hidden": limit(display_qty_e6=0),
    "all or none at once": limit(min_qty_e6=e6("10"), time_in_force="ImmediateOrCancel"),
    "amount": limit(**AMOUNT, time_in_force="ImmediateOrCancel"),
    "trail": limit(**STOP, trail_offset_e4=1, trigger_price_type="BestQuote"),
    "repriced": limit(post_only=True, reprice=True, display_qty_e6=e6("5")),
    "at the opening": limit(self_match_scope="Owner", time_in_force="AtTheOpening"),
    "at the close": limit(**MARKET, self_match_scope="Owner", time_in_force="AtTheClose"),
    "extended hours": limit(extended_hours=True, time_in_force="GoodTillCancel"),
    "owner": limit(self_match_scope="Owner", self_match_prevention="DecrementAndCancel"),
    "bracket": bracket(),
    "bracket at once": bracket(**MARKET, time_in_force="ImmediateOrCancel"),
    "iceberg with legs": bracket(display_qty_e6=e6("5")),
    "trailing leg": bracket(PROFIT, leg("s", "Stop", instructions=Instructions(trail_percent_e4=10_000))),
    "pair": pair(),
}


@pytest.fixture
def fold():
    fold = AccountsFold()
    for command in (opened(), deposit("10000"), deposit_shares("10")):
        fold.apply("A", command)
    return fold


def test_every_line_has_a_case():
    assert list(CASES) == [line.rule_id for line in LINES]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.rule_id)
def test_a_line_is_a_failed_check_of_its_own(fold, line):
    event = fold.apply("A", CASES[line.rule_id]).outputs[0].message
    failed = [check for check in event.checks if not check.passed]
    assert line.rule_id in [check.rule_id for check in failed]
    reasons = dict(zip([check.rule_id for check in failed], event.reject_reasons, strict=True))
    assert reasons[line.rule_id] == line.reason
    assert [part for part in event.text.split("; ") if line.rule_id in part or line.text in part] == [
        f"{line.rule_id}: {line.text}"
    ]
    assert (event.instructions, event.qty_e6) == (CASES[line.rule_id].instructions, CASES[line.rule_id].qty_e6)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_in_no_line_goes_to_the_book_with_its_instructions(fold, name):
    command = TAKEN[name]
    event, *events_of_legs, order = (output.message for output in fold.apply("A", command).outputs)
    assert isinstance(order, NewOrder)
    legs = [] if command.contingency is None else command.contingency.legs
    assert [event.order_id for event in events_of_legs] == [leg.order_id for leg in legs]
    assert [event.parent_order_id for event in events_of_legs] == ["o1"] * len(legs)
    assert order.instructions == event.instructions == command.instructions
    assert fold.entry("order/A/o1").instructions == command.instructions
    assert order.owner_id == "user-A"


def test_every_order_names_its_owner(fold):
    assert fold.apply("A", limit(user_id="somebody else")).outputs[-1].message.owner_id == "user-A"
