"""Messages of NASDAQ TotalView-ITCH 5.0: for each type its fields in the order of the wire.

Big-endian, without gaps. Every message begins with its type, the stock's locate code, a tracking number and a time in
nanoseconds after midnight (48 bits). Prices are in 1e-4, those of a market-wide circuit breaker in 1e-8; text is padded
with blanks on the right.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A type of message: its name and its fields behind the header, each with its struct code."""

    name: str
    fields: tuple[tuple[str, str], ...]


_ORDER = ("order_reference", "Q")
_STOCK = ("stock", "8s")
_MATCH = ("match_number", "Q")

KINDS: dict[str, Kind] = {
    "S": Kind("system_event", (("event_code", "c"),)),
    "R": Kind(
        "stock_directory",
        (
            _STOCK,
            ("market_category", "c"),
            ("financial_status", "c"),
            ("round_lot_size", "I"),
            ("round_lots_only", "c"),
            ("issue_classification", "c"),
            ("issue_subtype", "2s"),
            ("authenticity", "c"),
            ("short_sale_threshold", "c"),
            ("ipo_flag", "c"),
            ("luld_tier", "c"),
            ("etp_flag", "c"),
            ("etp_leverage", "I"),
            ("inverse", "c"),
        ),
    ),
    "H": Kind("trading_action", (_STOCK, ("trading_state", "c"), ("reserved", "c"), ("reason", "4s"))),
    "Y": Kind("reg_sho", (_STOCK, ("action", "c"))),
    "L": Kind(
        "market_participant_position",
        (("mpid", "4s"), _STOCK, ("primary", "c"), ("mode", "c"), ("state", "c")),
    ),
    "V": Kind("mwcb_decline_level", (("level_1_e8", "Q"), ("level_2_e8", "Q"), ("level_3_e8", "Q"))),
    "W": Kind("mwcb_status", (("breached_level", "c"),)),
    "K": Kind(
        "quoting_period_update",
        (_STOCK, ("release_time_s", "I"), ("release_qualifier", "c"), ("ipo_price_e4", "I")),
    ),
    "J": Kind(
        "luld_auction_collar",
        (_STOCK, ("reference_price_e4", "I"), ("upper_price_e4", "I"), ("lower_price_e4", "I"), ("extension", "I")),
    ),
    "h": Kind("operational_halt", (_STOCK, ("market_code", "c"), ("action", "c"))),
    "A": Kind("add_order", (_ORDER, ("side", "c"), ("shares", "I"), _STOCK, ("price_e4", "I"))),
    "F": Kind(
        "add_order_attributed",
        (_ORDER, ("side", "c"), ("shares", "I"), _STOCK, ("price_e4", "I"), ("attribution", "4s")),
    ),
    "E": Kind("order_executed", (_ORDER, ("shares", "I"), _MATCH)),
    "C": Kind("order_executed_with_price", (_ORDER, ("shares", "I"), _MATCH, ("printable", "c"), ("price_e4", "I"))),
    "X": Kind("order_cancel", (_ORDER, ("shares", "I"))),
    "D": Kind("order_delete", (_ORDER,)),
    "U": Kind("order_replace", (_ORDER, ("new_order_reference", "Q"), ("shares", "I"), ("price_e4", "I"))),
    "P": Kind("trade", (_ORDER, ("side", "c"), ("shares", "I"), _STOCK, ("price_e4", "I"), _MATCH)),
    "Q": Kind("cross_trade", (("shares", "Q"), _STOCK, ("cross_price_e4", "I"), _MATCH, ("cross_type", "c"))),
    "B": Kind("broken_trade", (_MATCH,)),
    "I": Kind(
        "noii",
        (
            ("paired_shares", "Q"),
            ("imbalance_shares", "Q"),
            ("imbalance_direction", "c"),
            _STOCK,
            ("far_price_e4", "I"),
            ("near_price_e4", "I"),
            ("reference_price_e4", "I"),
            ("cross_type", "c"),
            ("price_variation", "c"),
        ),
    ),
    "N": Kind("retail_interest", (_STOCK, ("interest", "c"))),
    "O": Kind(
        "direct_listing",
        (
            _STOCK,
            ("open_eligibility", "c"),
            ("minimum_price_e4", "I"),
            ("maximum_price_e4", "I"),
            ("near_price_e4", "I"),
            ("near_execution_time_ns", "Q"),
            ("lower_collar_e4", "I"),
            ("upper_collar_e4", "I"),
        ),
    ),
}
