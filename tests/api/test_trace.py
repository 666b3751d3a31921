"""`tapeline trace`: every event of an order is led back to what a client asked for, hop by hop."""

from __future__ import annotations

import json

from tests.api.client import eventually
from tests.api.test_command_line import run


async def traced(order_id, *, until):
    """The hops of `tapeline trace --json` once a record of this kind and content is among them."""

    async def ask():
        ended = await run("stack", "trace", order_id, "--json")
        return json.loads(ended.stdout)["hops"] if ended.returncode == 0 else []

    def there(hops):
        return any(hop["record"] == until[0] and hop["about"].startswith(until[1]) for hop in hops)

    return await eventually(ask, there, timeout_s=30)


def place(hop):
    return f"{hop['topic']}/{hop['partition']}/{hop['offset']}"


def path_to(hops, record, about):
    """Topics and kinds from the beginning to the first such hop."""
    by_place = {place(hop): hop for hop in hops}
    hop = next(hop for hop in hops if hop["record"] == record and hop["about"].startswith(about))
    path = [hop]
    while hop["caused_by"] is not None:
        hop = by_place[hop["caused_by"]]
        path.insert(0, hop)
    return [(hop["topic"], hop["record"]) for hop in path]


TO_THE_FILL = [
    ("commands", "SubmitOrder"),
    ("orders", "NewOrder"),
    ("commands", "ExecutionReport"),
    ("order-events", "OrderEvent"),
]


async def test_a_fill_is_led_back_to_the_post(open_client, symbol):
    seller, buyer = await open_client("0", **{symbol: "10"}), await open_client()
    resting = (await seller.place(symbol, "sell", "10", limit_price="100")).json()["id"]
    taking = (await buyer.place(symbol, "buy", "4", limit_price="100")).json()["id"]

    hops = await traced(taking, until=("JournalEntry", "Trade"))
    assert [hop["record"] for hop in hops if hop["depth"] == 0] == ["SubmitOrder"], "one thing began it"
    assert path_to(hops, "OrderEvent", "PendingNew") == [TO_THE_FILL[0], TO_THE_FILL[3]]
    assert path_to(hops, "OrderEvent", "Trade") == TO_THE_FILL
    assert path_to(hops, "JournalEntry", "Trade") == [*TO_THE_FILL[:3], ("ledger", "JournalEntry")]
    assert all(hop["about"].find(resting) < 0 for hop in hops), "only its own events, though the trade is shared"
    times = {place(hop): hop["time_ms"] for hop in hops}
    assert all(times[hop["caused_by"]] <= hop["time_ms"] for hop in hops if hop["caused_by"])

    hops = await traced(resting, until=("OrderEvent", "Trade"))
    began = [hop["about"] for hop in hops if hop["depth"] == 0]
    assert [taking in about for about in began] == [False, True], "its own POST, then the one that it traded with"
    assert path_to(hops, "OrderEvent", "Trade") == TO_THE_FILL

    shown = await run("stack", "trace", resting)
    assert shown.returncode == 0
    assert all(place(hop) in shown.stdout for hop in hops)
    assert [line for line in shown.stdout.splitlines() if "OrderEvent" in line and "Trade" in line]


async def test_a_cancel_is_led_back_to_the_delete(open_client, symbol):
    client = await open_client()
    order_id = (await client.place(symbol, limit_price="90")).json()["id"]
    assert (await client.delete(f"/v2/orders/{order_id}")).status_code == 204
    hops = await traced(order_id, until=("OrderEvent", "Canceled"))
    assert path_to(hops, "OrderEvent", "Canceled") == [
        ("commands", "CancelOrder"),
        ("orders", "CancelRequest"),
        ("commands", "ExecutionReport"),
        ("order-events", "OrderEvent"),
    ]


async def test_an_unknown_order_is_said_in_a_sentence(processes):
    refused = await run("stack", "trace", "nothing'; DROP TABLE")
    assert refused.returncode == 1
    assert "The store knows no order" in refused.stderr
    assert "Traceback" not in refused.stderr
