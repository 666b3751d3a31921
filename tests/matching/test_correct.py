"""Trades that are corrected: what the book refuses, what it tells, that it stays as it is, and what it remembers."""

import copy
from dataclasses import replace as with_changes

import pytest

from feeds.booked import Side, Trade
from streams.fold import Refused
from streams.matching.fold import MatchingFold
from tests.matching.checks import entries_of
from tests.matching.script import MIDDLE_E4, START_US, SYMBOL, cancel, define, new, session
from tests.sinks.making import fill as event_of_fill
from tests.sinks.making import journal_entry
from topics import messages as m
from topics.codec import decode, encode

DAY_US = 24 * 3600 * 10**6
SHARE = 10**6
SETTLES = 1  # days since the epoch; the trade is of day 0


@pytest.fixture
def fold():
    """A book in which A bought 40 of the 100 shares that B offers."""
    made = MatchingFold(decode)
    made.apply(SYMBOL, define())
    made.apply(SYMBOL, new("ask", "B", "Sell", 100, MIDDLE_E4))
    made.apply(SYMBOL, new("buy", "A", "Buy", 40, MIDDLE_E4 + 500))
    return made


def side(which, count=0, is_open=None):
    """A side as its account was told: `buy` has ended, `ask` is open."""
    is_buy = which == "buy"
    sign = 1 if is_buy else -1
    about = {
        "account_id": "A" if is_buy else "B",
        "order_id": which,
        "root_order_id": which,
        "side": "Buy" if is_buy else "Sell",
        "symbol": SYMBOL,
        "worst_price_e4": MIDDLE_E4 + 500 if is_buy else MIDDLE_E4,
        "correction_count": count,
    }
    if is_open is None:
        is_open = not is_buy
    event = event_of_fill(
        **about,
        order_status="PartiallyFilled" if is_open else "Filled",
        trade_id=f"{SYMBOL}-1",
        last_px_e4=MIDDLE_E4,
        last_qty_e6=40 * SHARE,
        amount_e4=40 * MIDDLE_E4,
        settlement_day=SETTLES,
        transact_time_us=START_US,
    )
    postings = [
        m.Posting("cash", "USD", -sign * 40 * MIDDLE_E4),
        m.Posting("clearing", "USD", sign * 40 * MIDDLE_E4),
        m.Posting("securities", SYMBOL, sign * 40 * SHARE),
        m.Posting("clearing", SYMBOL, -sign * 40 * SHARE),
    ]
    return Side(event, event, journal_entry(postings=postings, cost_change_e4=sign), event, 0)


def correction(kind="TradeCancel", price_e4=None, qty=None, buy=None, sell=None, time_us=START_US, **changes):
    trade = Trade(buy or side("buy"), sell or side("ask"))
    command = trade.command(kind, price_e4, None if qty is None else qty * SHARE, "wrong", time_us)
    return with_changes(command, **changes)


def with_fill(command, **changes):
    return with_changes(command, buy=with_changes(command.buy, **changes))


def test_both_accounts_are_told_and_the_book_stays(fold):
    before, quoted = copy.deepcopy(entries_of(fold)), fold.book(SYMBOL).bbo()
    step = fold.apply(SYMBOL, correction("TradeCorrect", MIDDLE_E4 + 100, 30))
    assert [(output.topic, output.key) for output in step.outputs] == [
        ("commands", "A"),
        ("commands", "B"),
        ("trade-corrections", SYMBOL),
    ]
    buyer, seller, told = (output.message for output in step.outputs)
    assert buyer.new_amount_e4 == seller.new_amount_e4 == told.amount_e4 == 30 * (MIDDLE_E4 + 100)
    assert (buyer.fill.account_id, seller.fill.account_id) == ("A", "B")
    assert (told.trade_id, told.kind, told.price_e4, told.qty_e6) == (
        *(f"{SYMBOL}-1", "TradeCorrect", MIDDLE_E4 + 100, 30 * SHARE),
    )
    after = entries_of(fold)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {f"book/{SYMBOL}", f"correction/{SYMBOL}/buy", f"correction/{SYMBOL}/ask"}
    book, was = fold.entry(f"book/{SYMBOL}"), before[f"book/{SYMBOL}"]
    assert fold.book(SYMBOL).bbo() == quoted
    assert (book.last_price_e4, book.trade_seq, book.seq) == (MIDDLE_E4, 1, told.seq)
    assert told.seq > 0
    assert was is not None


def test_a_cancel_leaves_no_quantity(fold):
    told = fold.apply(SYMBOL, correction()).outputs[-1].message
    assert (told.kind, told.price_e4, told.qty_e6, told.amount_e4) == ("TradeCancel", MIDDLE_E4, 0, 0)


REFUSED = {
    # what is wrong                   the command                                                       what is said
    "settled": (lambda: correction(time_us=START_US + DAY_US), "too old"),
    "ended": (lambda: correction(buy=side("buy", is_open=True)), "has ended meanwhile: look at it again"),
    "open": (lambda: correction(sell=side("ask", is_open=False)), "has ended meanwhile"),
    "a leg less": (lambda: with_fill(correction(), postings=correction().buy.postings[1:]), "was not booked so"),
    "the other side": (lambda: with_fill(correction(), side="Sell"), "was not booked so"),
    "another amount": (lambda: correction(amount_e4=1), "was not booked so"),
    "another quantity": (lambda: correction(qty_e6=41 * SHARE), "was not booked so"),
    "no event": (lambda: with_fill(correction(), order_event=b"nonsense"), "cannot be read"),
    "another record": (lambda: with_fill(correction(), order_event=encode(define())), "is another record"),
    "another's event": (lambda: with_fill(correction(), order_event=correction().sell.order_event), "another record"),
    "a cancel with a price": (lambda: correction(new_price_e4=1), "leaves no price"),
    "no price": (lambda: correction("TradeCorrect", 0), "must be above 0"),
    "more shares": (lambda: correction("TradeCorrect", qty=41), "at most what it is"),
    "no shares": (lambda: correction("TradeCorrect", qty=0), "quantity above 0"),
    "nothing new": (lambda: correction("TradeCorrect", MIDDLE_E4, 40), "it has this price"),
    "beyond the buyer": (lambda: correction("TradeCorrect", MIDDLE_E4 + 501), "beyond the limits of its orders"),
    "beyond the seller": (lambda: correction("TradeCorrect", MIDDLE_E4 - 1), "beyond the limits of its orders"),
}


@pytest.mark.parametrize(("command", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_and_nothing_changed(fold, command, said):
    before = copy.deepcopy(entries_of(fold))
    with pytest.raises(Refused, match=said):
        fold.apply(SYMBOL, command())
    assert entries_of(fold) == before


def test_the_same_command_twice_is_refused_the_second_time(fold):
    fold.apply(SYMBOL, correction("TradeCorrect", MIDDLE_E4 + 100))
    for late in (correction("TradeCorrect", MIDDLE_E4 + 100), correction(buy=side("buy", 1)), correction()):
        with pytest.raises(Refused, match="was corrected meanwhile: look at it again"):
            fold.apply(SYMBOL, late)
    fold.apply(SYMBOL, correction(buy=side("buy", 1), sell=side("ask", 1)))


def test_a_restart_knows_what_was_corrected_until_it_cannot_be_any_more(fold):
    fold.apply(SYMBOL, correction())
    again = MatchingFold(decode)
    again.load((name, fold.entry(name)) for name in reversed(fold.entry_names()))
    with pytest.raises(Refused, match="was corrected meanwhile"):
        again.apply(SYMBOL, correction())
    for one in (fold, again):
        one.apply(SYMBOL, session("DayEnd", START_US + 1))
        assert one.entry(f"correction/{SYMBOL}/buy") is not None
        step = one.apply(SYMBOL, session("DayEnd", START_US + DAY_US))
        assert f"correction/{SYMBOL}/buy" in step.changed
        assert one.entry(f"correction/{SYMBOL}/buy") is None
        with pytest.raises(Refused, match="too old"):
            one.apply(SYMBOL, correction())


def test_an_order_that_is_canceled_between_the_look_and_the_book_is_looked_at_again(fold):
    fold.apply(SYMBOL, cancel("ask", "B"))
    with pytest.raises(Refused, match=r"order ask of .* has ended meanwhile"):
        fold.apply(SYMBOL, correction())
    fold.apply(SYMBOL, correction(sell=side("ask", is_open=False)))
