"""GET /v2/events/trades."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from sse_starlette import EventSourceResponse

from api.events.response import StreamResponse
from api.events.schemas import Following, TradeEvent
from api.events.service import EventService, Span, to_offset
from api.problems import InvalidRequest, TooManyRequests, Unauthorized, Unavailable, responses
from api.security.service import Caller, caller

router = APIRouter(tags=["events"])


async def _service(request: Request) -> EventService:
    service: EventService = request.app.state.parts.events
    return service


@router.get(
    "/events/trades",
    response_class=EventSourceResponse,
    responses={
        200: {"model": TradeEvent, "description": "a stream; each event's data is one of these"},
        **responses(Unauthorized, InvalidRequest, TooManyRequests, Unavailable),
    },
)
async def trades(
    asked: Annotated[Following, Query()],
    who: Annotated[Caller, Depends(caller)],
    service: Annotated[EventService, Depends(_service)],
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """The account's order events as they happen.

    `Last-Event-ID` (or `since_id`) resumes after that event; `since` begins at a time; `until` and `until_id` end the
    stream, that event included. Without a cursor only what happens from now on is sent. An account has at most 20
    streams on a process.

    With `cancel_on_disconnect=true` all open orders of the account are canceled when the stream ends, whoever placed
    them and whatever ends it: the client closes it or is gone (a connection that is cut without a word is found out
    within 40 s), it is too slow, its key is revoked, the API is stopped in order. Not when the API process or its
    machine is killed: nobody is left to cancel then, and the orders stay. An order whose POST meets the end of the
    stream may be canceled or may stay.
    """
    span = _span(asked, last_event_id, service.partition_of(who.account_id))
    if asked.cancel_on_disconnect and (asked.until is not None or asked.until_id is not None):
        message = "does not go with until and until_id: the stream would end by itself"
        errors = [{"field": "cancel_on_disconnect", "rule": "open_end", "message": message}]
        raise InvalidRequest(f"cancel_on_disconnect {message}", errors=errors)
    return StreamResponse(await service.open(who, span, cancel_on_disconnect=asked.cancel_on_disconnect))


def _span(cursors: Following, last_event_id: str | None, partition: int) -> Span:
    """Raises InvalidRequest for ids that are none and for cursors that do not go together."""
    by_id = {"Last-Event-ID": last_event_id, "since_id": cursors.since_id, "until_id": cursors.until_id}
    offsets = {}
    for name, event_id in by_id.items():
        if event_id is not None:
            try:
                offsets[name] = to_offset(event_id, partition)
            except ValueError as error:
                errors = [{"field": name, "rule": "event_id", "message": str(error)}]
                raise InvalidRequest(f"{name} {error}", errors=errors) from None
    by_time = cursors.since is not None or cursors.until is not None
    if by_time and (cursors.since_id is not None or cursors.until_id is not None):
        errors = [{"field": "since", "rule": "cursors_mixed", "message": "does not go with since_id and until_id"}]
        raise InvalidRequest("cursors by time and by event id do not mix", errors=errors)
    after = offsets.get("Last-Event-ID", offsets.get("since_id"))
    if after is not None:  # a browser reconnects to the same URL: its Last-Event-ID is later than `since`
        return Span(first=after + 1, last=offsets.get("until_id"), until=cursors.until)
    return Span(since=cursors.since, last=offsets.get("until_id"), until=cursors.until)
