"""Every error is a problem document (RFC 9457). An error class carries its status and, in its docstring, its meaning.

`code` and `message` are Alpaca's, for scripts and SDKs that read those.
"""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from starlette.exceptions import HTTPException

log = logging.getLogger(__name__)

router = APIRouter(tags=["problems"])
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 1
_NAME_MAX = 100  # characters of a field's name that are sent back


class Problem(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    retry_after_s: ClassVar[int | None] = None

    def __init__(self, detail: str, **members: Any) -> None:
        """`members` are further members of the document (`errors`, `existing_order_id`...)."""
        super().__init__(detail)
        self.detail = detail
        self.members = members

    @classmethod
    def slug(cls) -> str:
        """Name of the kind of problem, the last part of its type URI."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        return cls.slug().replace("-", " ").capitalize()

    @classmethod
    def meaning(cls) -> str:
        """The class's docstring: what a client has to know."""
        return " ".join((cls.__doc__ or "").split())


class BadRequest(Problem):
    """The request cannot be read: its body is not JSON, or a header or cursor makes no sense."""

    status = 400


class Unauthorized(Problem):
    """The headers APCA-API-KEY-ID and APCA-API-SECRET-KEY are missing, or name no key that is in force."""

    status = 401


class NotFound(Problem):
    """There is no such thing, or it belongs to somebody else."""

    status = 404


class RequestTimeout(Problem):
    """The request's body did not come in time. Nothing was done; the connection is closed."""

    status = 408


class BodyTooLarge(Problem):
    """The request's body is larger than this API reads."""

    status = 413


class InvalidRequest(Problem):
    """A field breaks a rule; `errors` names every field and rule."""

    status = 422


class TooManyRequests(Problem):
    """More requests than allowed are on their way. Nothing was done; try again after Retry-After seconds."""

    status = 429
    retry_after_s = RETRY_AFTER_S


class Unavailable(Problem):
    """A part this request needs does not answer. Nothing was done; try again after Retry-After seconds."""

    status = 503
    retry_after_s = RETRY_AFTER_S


class OutcomeUnknown(Problem):
    """The command may or may not have been recorded. Look it up, or retry with the same client_order_id."""

    status = 504


def document(status: int, slug: str, title: str, detail: str, **members: Any) -> JSONResponse:
    """A problem document as a response."""
    body = {
        "type": f"/problems/{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": status * 100_000 + 10_000,
        "message": detail,
        **members,
    }
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def invalid(field: str, rule: str, message: str) -> InvalidRequest:
    """One parameter that breaks one rule; the message goes on after its name."""
    return InvalidRequest(f"{field} {message}", errors=[{"field": field, "rule": rule, "message": message}])


def response_of(problem: Problem) -> JSONResponse:
    """The document of a problem that was raised."""
    response = document(problem.status, problem.slug(), problem.title(), problem.detail, **problem.members)
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def responses(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """What an endpoint declares in the API's own documentation, from the classes of its errors."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        known = found.get(kind.status)
        description = kind.meaning() if known is None else f"{known['description']} Or: {kind.meaning()}"
        found[kind.status] = {"description": description, "content": {MEDIA_TYPE: {}}}
    return found


@router.get("/problems/{slug}", responses=responses(NotFound))
async def describe(slug: str) -> JSONResponse:
    """What a type of problem means: the `type` of a problem document refers here."""
    kinds: list[type[Problem]] = [Problem, *Problem.__subclasses__()]
    for kind in kinds:
        if kind.slug() == slug:
            return JSONResponse({"title": kind.title(), "status": kind.status, "meaning": kind.meaning()})
    raise NotFound("no such type of problem")


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _store)
    app.add_exception_handler(Exception, _defect)


async def _problem(_request: Request, raised: Exception) -> JSONResponse:
    if not isinstance(raised, Problem):
        raise raised
    return response_of(raised)


async def _validation(_request: Request, raised: Exception) -> JSONResponse:
    if not isinstance(raised, RequestValidationError):
        raise raised
    found = raised.errors()
    if any(error["type"] == "json_invalid" for error in found):
        return response_of(BadRequest("the body is not JSON"))
    errors = [_field_error(error) for error in found]
    detail = "; ".join(f"{error['field']}: {error['message']}" for error in errors)
    return response_of(InvalidRequest(detail, errors=errors))


def _field_error(error: Any) -> dict[str, str]:
    """Field, rule and message of one of pydantic's errors; never the value, which may be long or private."""
    where = [str(part) for part in error["loc"][1:]] or [str(error["loc"][0])]
    return {"field": printable(".".join(where)), "rule": error["type"], "message": error["msg"]}


def printable(name: str) -> str:
    """A field's name as a client sent it, fit to be sent back: half of a surrogate pair has no UTF-8."""
    return name[:_NAME_MAX].encode(errors="backslashreplace").decode()


async def _http(_request: Request, raised: Exception) -> JSONResponse:
    """404 and 405 of the router, 400 of a body that could not be decoded."""
    if not isinstance(raised, HTTPException):
        raise raised
    phrase = HTTPStatus(raised.status_code).phrase
    response = document(raised.status_code, phrase.lower().replace(" ", "-"), phrase, str(raised.detail))
    response.headers.update(raised.headers or {})
    return response


async def _store(_request: Request, raised: Exception) -> JSONResponse:
    log.warning("postgres does not answer: %s", raised)
    return response_of(Unavailable("the database does not answer"))


async def _defect(_request: Request, _raised: Exception) -> JSONResponse:
    """A defect of ours: the server logs it with its traceback, the client learns nothing about it."""
    return response_of(Problem("this is a defect of the server; it has been logged"))
