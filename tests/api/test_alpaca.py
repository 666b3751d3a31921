"""docs/alpaca.md names every field that an order may have, and every status and event that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.events.translate import NAMES, REJECTS
from api.orders.schemas import NewOrderRequest, ReplaceOrderRequest
from api.orders.translate import STATUSES

NAMED = set(re.findall(r"`(\w+)`", (Path(__file__).parents[2] / "docs" / "alpaca.md").read_text()))


WORDS = {
    "fields": NewOrderRequest.model_fields,
    "changes": ReplaceOrderRequest.model_fields,
    "statuses": STATUSES.values(),
    "events": NAMES.values(),
    "refusals": REJECTS.values(),
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_page_names_it(kind):
    assert set(WORDS[kind]) <= NAMED
