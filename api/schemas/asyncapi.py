"""/asyncapi.json: the topics as AsyncAPI describes them. Public, as the contract is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from config.settings import Settings
from topics import asyncapi

router = APIRouter(tags=["schemas"])


@router.get("/asyncapi.json")
async def document(request: Request) -> Response:
    """Topics, keys, records, order and delivery as an AsyncAPI 3 document."""
    config: Settings = request.app.state.config
    address = str(request.base_url).rstrip("/")
    by_password = config.kafka_security == "scram"
    told = asyncapi.document(config.kafka_bootstrap, address, config.partitions, by_password=by_password)
    return JSONResponse(told)
