"""/health/live, /health/ready and /metrics. None of them needs a key, none tells anything about clients."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.answers import JsonAnswer
from api.health.service import HealthService

router = APIRouter(tags=["health"])


@router.get("/health/live")
async def live() -> Response:
    """This process answers."""
    return JsonAnswer({"status": "ok"})


@router.get("/health/ready", responses={503: {"description": "something this process depends on does not answer"}})
async def ready(request: Request) -> Response:
    """Every dependency by name; 503 unless all are `ok`. What is `beside` them is needed by no order."""
    service: HealthService = request.app.state.parts.health
    found = await service.dependencies()
    good = all(said == "ok" for said in found.values())
    body = {"status": "ok" if good else "unavailable", "dependencies": found, "beside": service.beside()}
    return JsonAnswer(body, 200 if good else 503)


@router.get("/metrics")
async def metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
