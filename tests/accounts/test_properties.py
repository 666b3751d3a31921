"""Whatever clients ask, the venue does and the network delays: the books balance, and a restart changes nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accounts.say import deposit, deposit_shares, e4, opened, replace, submit
from tests.accounts.world import World
from topics.messages import CancelAllOrders, CancelOrder, Instructions, SetAccountStatus, Withdraw, WithdrawShares

ACCOUNTS = ("A", "B")
KINDS = (
    *("submit", "submit", "submit", "submit", "replace", "replace", "replace", "cancel", "withdraw", "withdraw_shares"),
    *("take", "take", "take", "take", "take", "take", "fill", "fill", "fill", "fill", "fill", "fill", "end", "reload"),
    *("deliver", "deliver", "deliver", "deliver", "deliver", "deliver", "deliver", "deliver", "refuse", "rare"),
    *("instructed", "instructed", "instructed", "decrement", "follow", "retrail"),
)
RARE = ("cancel_all", "clock", "clock", "status", "kill", "house")
ACTIONS = st.binary(min_size=4 * 60, max_size=4 * 120)
"""Four bytes an action: what, and three choices within it."""

PRICES = ("100", "99.99", "100.01", "101", "99", "33.33", "110", "0.5", "3.33", "0.0003")
QUANTITIES = (1_000_000, 999_999, 1_500_001, 3_000_000, 2_000_000, 7_000_000, 12_345_678, 333, 4 * 10**9)
INSTRUCTED = (
    (Instructions(cash_qty_e4=e4("100")), {"order_type": "Market"}),
    (Instructions(cash_qty_e4=e4("1234.5678")), {"order_type": "Market", "time_in_force": "ImmediateOrCancel"}),
    (Instructions(cash_qty_e4=e4("1.0001")), {"order_type": "Market"}),
    (Instructions(trail_offset_e4=100), {"order_type": "Stop"}),
    (Instructions(trail_percent_e4=15_000), {"order_type": "Stop"}),
    (Instructions(reprice=True), {"post_only": True}),
    (Instructions(reduce_only=True, display_qty_e6=10**6), {}),
    (Instructions(reduce_only=True), {"order_type": "Market"}),
)
STEPS_US = (0, 1, 10**6, 3600 * 10**6, 24 * 3600 * 10**6, 5 * 24 * 3600 * 10**6)


class Play:
    """Turns numbers into what somebody does next."""

    def __init__(self):
        self.world = World()
        self.ids = 0
        self.known = {"A": ["x"], "B": ["x"]}
        for account in ACCOUNTS:
            self.world.command(opened(account))
            self.world.command(deposit("3000", "t1", account))
            self.world.command(deposit_shares("20", "333.3333", transfer_id="t2", account_id=account))

    def new_id(self, account):
        self.ids += 1
        self.known[account].append(f"o{self.ids}")
        return f"o{self.ids}"

    def do(self, kind, a, b, c):
        account = ACCOUNTS[a % 2]
        known = self.known[account]
        getattr(self, kind)(account, known[-1 - b % min(len(known), 6)], a // 2, b, c)

    def rare(self, account, known, a, b, c):
        getattr(self, RARE[b % len(RARE)])(account, known, a, b, c)

    def submit(self, account, known, a, b, c):
        price = PRICES[b % len(PRICES)]
        prices = {"limit": price} if c % 4 else {}
        if c % 7 == 0:
            prices["stop"] = PRICES[a % len(PRICES)]
        order = submit(self.new_id(account), ("Buy", "Sell")[a % 2], "1", **prices, account_id=account)
        order.qty_e6 = QUANTITIES[(b + c) % len(QUANTITIES)]
        if c % 9 == 0:
            order.client_order_id = f"client-{known}"
        order.ask_price_e4 = order.bid_price_e4 = e4(price) if c % 3 else None
        order.reference_price_e4 = e4(price)
        self.world.command(order)

    def instructed(self, account, known, a, b, c):
        """An order that asks for more; some of these are refused, most pass."""
        price = PRICES[b % len(PRICES)]
        asked, changes = INSTRUCTED[c % len(INSTRUCTED)]
        limit = None if changes.get("order_type") in ("Market", "Stop") else price
        order = submit(self.new_id(account), ("Buy", "Sell")[a % 2], "1", limit, account_id=account, **changes)
        order.instructions = asked
        order.qty_e6 = 0 if asked.cash_qty_e4 is not None else QUANTITIES[(b + c) % len(QUANTITIES)]
        order.ask_price_e4 = order.bid_price_e4 = None
        order.reference_price_e4 = e4(price)
        self.world.command(order)

    def retrail(self, account, known, a, b, c):
        self.world.command(replace(known, self.new_id(account), trail_e4=1 + b * 10 * c, account_id=account))

    def replace(self, account, known, a, b, c):
        terms = {"limit": PRICES[a % len(PRICES)]} if a % 3 else {}
        request = replace(known, self.new_id(account), **terms, account_id=account)
        request.qty_e6 = QUANTITIES[c % len(QUANTITIES)] if c % 5 else None
        request.bid_price_e4 = request.ask_price_e4 = None
        request.reference_price_e4 = e4(terms.get("limit", "100"))
        self.world.command(request)

    def cancel(self, account, known, a, b, c):
        self.world.command(CancelOrder(account, known, 0))

    def cancel_all(self, account, known, a, b, c):
        self.world.command(CancelAllOrders(account, 0))

    def withdraw(self, account, known, a, b, c):
        self.ids += 1
        self.world.command(Withdraw(account, f"w{self.ids}", 1 + c * b * 1000, 0))

    def withdraw_shares(self, account, known, a, b, c):
        self.ids += 1
        self.world.command(WithdrawShares(account, f"w{self.ids}", "AAPL", 1 + c * 1000, 0))

    def take(self, account, known, a, b, c):
        self.world.venue_takes()

    def refuse(self, account, known, a, b, c):
        self.world.venue_takes(refuse=True)

    def fill(self, account, known, a, b, c):
        live = list(self.world.venue.live.values())
        if live:
            order = live[b % len(live)]
            liquidity = ("AddedLiquidity", "RemovedLiquidity")[a % 2]
            improvement = (0, 0, 1, 777, 10_000)[c % 5]
            qty = QUANTITIES[a % len(QUANTITIES)]
            self.world.reports.extend(self.world.venue.fill(order, improvement, qty, liquidity))

    def end(self, account, known, a, b, c):
        live = list(self.world.venue.live.values())
        if live:
            self.world.reports.extend(self.world.venue.end(live[b % len(live)], ("Canceled", "Expired")[a % 2]))

    def decrement(self, account, known, a, b, c):
        live = list(self.world.venue.live.values())
        if live:
            self.world.reports.extend(self.world.venue.decrement(live[b % len(live)], QUANTITIES[a % len(QUANTITIES)]))

    def follow(self, account, known, a, b, c):
        for order in list(self.world.venue.live.values()):
            self.world.reports.extend(self.world.venue.follow(order, (1, 100, 7777)[c % 3]))

    def deliver(self, account, known, a, b, c):
        self.world.deliver()

    def reload(self, account, known, a, b, c):
        self.world.reload()

    def clock(self, account, known, a, b, c):
        self.world.advance(STEPS_US[c % len(STEPS_US)])

    def status(self, account, known, a, b, c):
        self.world.command(SetAccountStatus(account, ("ACTIVE", "ACTIVE", "LIMITED", "DISABLED")[c % 4], 0))

    def kill(self, account, known, a, b, c):
        self.world.command(SetAccountStatus(account, "DISABLED", 0, cancel_orders=True))
        self.world.command(SetAccountStatus(account, "ACTIVE", 0))

    def house(self, account, known, a, b, c):
        self.world.house(("Killed", "Trading", "Trading")[c % 3])


@settings(max_examples=200, deadline=None)
@given(ACTIONS)
def test_the_books_balance_whatever_happens(actions):
    play = Play()
    for kind, *choices in zip(*[iter(actions)] * 4, strict=False):
        play.do(KINDS[kind % len(KINDS)], *choices)
    world = play.world
    world.drain()
    for account in ACCOUNTS:
        world.command(CancelAllOrders(account, 0))
    world.drain()
    world.reload()
    world.advance(10 * 24 * 3600 * 10**6)
    for account in world.steady.accounts.by_id.values():
        assert not account.orders
        assert not account.open_ids
        assert not account.client_ids
        assert not account.finished
        assert account.hold_e4 == account.unsettled_e4 == 0
    assert {name.split("/")[0] for name in world.entries} <= {"account", "position", "firm"}
