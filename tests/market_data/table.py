"""The language of `conformance.txt`: short commands into messages, and what a fold says back into short text.

A command begins with a time, seconds after 9:30 (`+5`, `-60`), or with none at that of the one before:
`define [tier=1] [primary=N] [close=10.00] [stale=30] [margin=90000] [table=Cta] [day=2024-05-02] [of=FEED]`,
`N q 10.00x5 10.02x3` (`-` is an empty side), `N t 10.01x2 [cond=TI]`, `N cancel ID`, `N correct ID 10.02x3 [cond=..]`,
both with `printed=10.01x2 [traded=+1] [session=2024-05-01] [rev=1]` where the feed has looked up a day's first print,
`N halt [REASON]`, `resume`, `quotes`, `stale`, `live`, `bands 9.50 10.50`, `beat [of=FEED]`. Further words: `id=..`,
`seq=..`, `bad` (suspicious), `at=+3` (its own time, while the feed's goes on), `ahead=9` (seconds that its feed's clock
is behind).
"""

from __future__ import annotations

import datetime as dt

from feeds.day import time_us
from streams.market_data.fold import MarketDataFold
from topics import messages as m

SYMBOL = "XYZ"
FEED = "made"
E6 = 1_000_000
KINDS = {"halt": "Halt", "resume": "Resume", "quotes": "QuotesOnly", "stale": "Stale", "live": "Live"}


def e4(text):
    whole, _, decimals = text.partition(".")
    return int(whole + decimals.ljust(4, "0"))


def price(value_e4):
    return "-" if value_e4 is None else f"{value_e4 // 10**4}.{value_e4 % 10**4:04}".removesuffix("00")


def shares(qty_e6):
    return f"{qty_e6 / E6:.6f}".rstrip("0").rstrip(".")


def side(text):
    if text == "-":
        return None, 0
    value, _, qty = text.partition("x")
    return e4(value), int(float(qty) * E6)


class Reader:
    """Makes messages of commands."""

    def __init__(self):
        self.day, self.now, self.position = dt.date(2024, 5, 1), 0, 0

    def open_us(self):
        return time_us(self.day, dt.time(9, 30))

    def read(self, text):
        words = text.split()
        named = dict(word.split("=", 1) for word in words if "=" in word)
        words = [word for word in words if "=" not in word]
        if words[0][0] in "+-" and words[0] != "-":
            self.now = float(words.pop(0))
        self.position += 1
        self.named = named
        time = self.open_us() + int(float(named.get("at", self.now)) * E6)
        received = time - int(float(named.get("ahead", 0)) * E6)
        common = {"feed": named.get("of", FEED), "transact_time_us": time, "receive_time_us": received}
        if words[0] == "beat":
            return m.FeedHeartbeat(**common)
        common |= {"symbol": named.get("symbol", SYMBOL), "feed_position": self.position}
        if words[0] == "define":
            return self.define(common)
        if words[0] == "bands":
            return m.VenueBands(lower_price_e4=e4(words[1]), upper_price_e4=e4(words[2]), indicator="", **common)
        venue, verb, *rest = words
        common["venue"] = venue
        if verb in KINDS:
            return m.VenueStatus(kind=KINDS[verb], reason=" ".join(rest), **common)
        common["venue_seq"] = int(named["seq"]) if "seq" in named else None
        if verb == "q":
            (bid, bid_qty), (ask, ask_qty) = side(rest[0]), side(rest[1])
            sides = {"bid_price_e4": bid, "bid_qty_e6": bid_qty, "ask_price_e4": ask, "ask_qty_e6": ask_qty}
            return m.VenueQuote(**sides, conditions="", suspicious="bad" in rest, **common)
        conditions = named.get("cond", "")
        if verb == "t":
            value, qty = side(rest[0])
            terms = {"price_e4": value, "qty_e6": qty, "conditions": conditions, "trade_id": named.get("id", "")}
            return m.VenueTrade(**terms, aggressor_side=None, suspicious="bad" in rest, **common)
        value, qty = side(rest[1]) if verb == "correct" else (None, None)
        terms = {"price_e4": value, "qty_e6": qty, "conditions": conditions, "trade_id": rest[0]}
        return m.TradeCorrection(kind=verb.capitalize(), printed=self.printed(), **terms, **common)

    def printed(self):
        """The first print of a day."""
        if "printed" not in self.named:
            return None
        value, qty = side(self.named["printed"])
        time = self.open_us() + int(float(self.named.get("traded", 0)) * E6)
        day, revision = self.named.get("session", self.day.isoformat()), int(self.named.get("rev", 0))
        return m.PrintedTrade(day, 1, revision, value, qty, "", None, True, True, time)

    def define(self, common):
        named = self.named
        if "day" in named:
            self.day = dt.date.fromisoformat(named["day"])
        open_us = self.open_us()
        common["transact_time_us"] = common["receive_time_us"] = open_us + int(self.now * E6)
        return m.SecurityDefinition(
            session_id=self.day.isoformat(),
            open_time_us=open_us,
            close_time_us=time_us(self.day, dt.time(16)),
            tier=int(named["tier"]) if "tier" in named else None,
            primary_venue=named.get("primary", ""),
            previous_close_e4=e4(named["close"]) if "close" in named else None,
            condition_table=named.get("table", "Opaque"),
            stale_after_us=int(named["stale"]) * E6 if "stale" in named else None,
            day_margin_us=int(named["margin"]) * E6 if "margin" in named else None,
            **common,
        )

    def seconds(self, time):
        value = (time - self.open_us()) / E6
        return f"{value:+g}"

    def say(self, message):
        """An output in short; None for what is not shown."""
        if isinstance(message, m.Nbbo):
            bid = f"{price(message.bid_price_e4)}x{shares(message.bid_qty_e6)}@{message.bid_venue}"
            ask = f"{price(message.ask_price_e4)}x{shares(message.ask_qty_e6)}@{message.ask_venue}"
            both = f"nbbo {bid if message.bid_venue else '-'} {ask if message.ask_venue else '-'}"
            flags = [flag for flag in (message.condition,) if flag not in ("Regular", "OneSided", "Empty")]
            return " ".join([both, *flags])
        if isinstance(message, m.Print):
            updates = ("last", message.updates_last), ("hl", message.updates_high_low), ("vol", message.updates_volume)
            more = ("late", message.is_late), ("through", message.is_trade_through), ("canceled", message.is_canceled)
            words = [name for name, is_so in (*updates, *more) if is_so]
            revision = [f"rev{message.revision}"] if message.revision else []
            return " ".join(["print", f"{price(message.price_e4)}x{shares(message.qty_e6)}", *words, *revision])
        if isinstance(message, m.Bar):
            prices = " ".join(
                price(each) for each in (message.open_e4, message.high_e4, message.low_e4, message.close_e4)
            )
            start, length = self.seconds(message.start_time_us), message.interval_us // E6
            revision = f" rev{message.revision}" if message.revision else ""
            return f"bar{length} {start} {prices} v{shares(message.qty_e6)} n{message.trade_count}{revision}"
        if isinstance(message, m.TradingStatus):
            venue = f" {message.venue}" if message.venue else ""
            bands = ""
            if message.reason == "Bands":
                bands = f" {price(message.lower_price_e4)} {price(message.upper_price_e4)}"
            return f"{message.reason}{venue}{bands}"
        return None


def statistics(fold):
    """The day's statistics of the symbol in short."""
    state = fold.entry(f"security/{SYMBOL}")
    prices = (state.opening and state.opening.price_e4, state.high_e4, state.low_e4, state.last and state.last.price_e4)
    faults = "".join(f" {each.fault}={each.count}" for each in state.faults)
    return (
        f"{' '.join(map(price, prices))} v{shares(state.cum_qty_e6)} n{state.trade_count} {state.trading_state}{faults}"
    )


def play(before, command):
    """What the last command says, its dead letter, and the day's statistics after it."""
    fold, reader = MarketDataFold(), Reader()
    for text in filter(None, map(str.strip, before.split(";"))):
        message = reader.read(text)
        fold.apply(getattr(message, "symbol", ""), message)
    message = reader.read(command)
    step = fold.apply(getattr(message, "symbol", ""), message)
    said = [text for output in step.outputs if (text := reader.say(output.message))]
    if step.refused is not None:
        said.append(f"letter {step.refused.reason}")
    return ", ".join(said) or "nothing", statistics(fold)
