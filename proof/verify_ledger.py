"""Conservation, added up from the topics: what the ledger says, plus executions that no account has booked yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from aiokafka.structs import TopicPartition

from config.settings import Settings
from proof.conservation import Conservation
from proof.log_reader import ends, records
from proof.settling import Positions
from topics import catalogue
from topics.codec import Undecodable, decode


async def not_conserved(config: Settings, reached: Positions) -> list[str]:
    """What of cash and shares is not conserved at given ends of the ledger, in words; empty when all is."""
    books, unbooked = Conservation(), Counter[tuple[str, str, str]]()
    for number in range(config.partitions):
        ledger = TopicPartition(catalogue.LEDGER, number)
        async for record in records(config, ledger, reached[ledger]):
            try:
                entry = decode(record.value)
            except Undecodable:
                continue  # the comparison with the refold names it
            if entry.NAME == "JournalEntry":
                books.add_entry(entry)
                if entry.kind in ("Trade", "TradeCancel"):  # each correction cancels first, then books anew
                    unbooked[entry.kind, entry.trade_id, entry.order_id] -= 1
    # after the ledger's ends were taken: whatever is booked below them was reported below these
    commands = await ends(config, [catalogue.COMMANDS])
    for at, end in commands.items():
        async for record in records(config, at, end):
            try:
                report = decode(record.value)
            except Undecodable:
                continue  # a dead letter
            if report.NAME == "ExecutionReport" and report.exec_type == "Trade":
                add: Callable[[Any], None] = books.add_unbooked
                trade = ("Trade", report.trade_id, report.order_id)
            elif report.NAME == "CorrectFill":
                add = books.add_unbooked_correction
                trade = ("TradeCancel", report.trade_id, report.fill.order_id)
            else:
                continue
            unbooked[trade] += 1
            if unbooked[trade] > 0:
                add(report)
            elif unbooked[trade] == 0:
                del unbooked[trade]
    twice = [
        f"{kind} of {trade_id} is booked {-count} times too often for {order}"
        for (kind, trade_id, order), count in unbooked.items()
        if count < 0
    ]
    return books.differences() + twice
