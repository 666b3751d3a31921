"""Which orders a running simulator has out: their numbers in the flow, their ids at the API, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

Numbered = tuple[str, int]  # symbol, and the order's number within it


@dataclass(slots=True)
class Out:
    """An order that was sent and is not known to be gone; without an id until it was answered."""

    numbered: Numbered
    order_id: str | None = None


class OwnOrders:
    """By client_order_id and by number."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._by_client_id: dict[str, Out] = {}
        self._client_ids: dict[Numbered, str] = {}

    def __len__(self) -> int:
        return len(self._by_client_id)

    def client_ids(self) -> set[str]:
        """Of all orders that are out."""
        return set(self._by_client_id)

    def send(self, numbered: Numbered) -> str:
        """Note an order that is about to be sent; returns its client_order_id, which no other run gives."""
        client_order_id = f"sim-{self._run}-{numbered[0]}-{numbered[1]}"
        self.adopt(client_order_id, numbered, None)
        return client_order_id

    def adopt(self, client_order_id: str, numbered: Numbered, order_id: str | None) -> None:
        """Note an order under the client_order_id that it has."""
        self._by_client_id[client_order_id] = Out(numbered, order_id)
        self._client_ids[numbered] = client_order_id

    def answered(self, client_order_id: str, order_id: str) -> None:
        """The API has placed it. It may be gone before its answer came."""
        if client_order_id in self._by_client_id:
            self._by_client_id[client_order_id].order_id = order_id

    def id_of(self, numbered: Numbered) -> str | None:
        """The API's id of an order; None when it is gone."""
        client_order_id = self._client_ids.get(numbered)
        return None if client_order_id is None else self._by_client_id[client_order_id].order_id

    def gone(self, client_order_id: str) -> Numbered | None:
        """Forget an order; returns what it was, None for one that is not ours or was forgotten before."""
        out = self._by_client_id.pop(client_order_id, None)
        if out is None:
            return None
        del self._client_ids[out.numbered]
        return out.numbered
