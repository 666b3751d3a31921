"""Connections of clients: one that is cut without a word (a cable, a machine without power) is found out and ended.

Nothing tells of such an end. But event streams carry a heartbeat, and what was sent and not acknowledged for as long as
a client may take nothing ends the connection; the kernel counts.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.events.response import SEND_TIMEOUT_S


class Connection(HttpToolsProtocol):
    """uvicorn's, with the kernel's patience as ours."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        peer: socket.socket = transport.get_extra_info("socket")
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(SEND_TIMEOUT_S * 1000))
        super().connection_made(transport)
