"""Errors in the registry's own shape, which its clients read: `{"error_code": …, "message": …}`."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"
SUBJECT_NOT_FOUND = 40401
VERSION_NOT_FOUND = 40402
SCHEMA_NOT_FOUND = 40403
NO_SUBJECT_COMPATIBILITY = 40408
NO_SUBJECT_MODE = 40409
INVALID_SCHEMA = 42201
INVALID_VERSION = 42202
READ_ONLY = 42205


class RegistryError(Exception):
    """One of the registry's errors; the first three digits of its code are the HTTP status."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def no_subject(subject: str) -> RegistryError:
    return RegistryError(SUBJECT_NOT_FOUND, f"Subject '{subject}' not found.")


def install(app: FastAPI) -> None:
    """Make a RegistryError the answer that a registry's client understands."""
    app.add_exception_handler(RegistryError, _answer)


async def _answer(_request: Request, raised: Exception) -> Response:
    if not isinstance(raised, RegistryError):
        raise raised
    body = {"error_code": raised.code, "message": raised.message}
    return JSONResponse(body, int(str(raised.code)[:3]), media_type=MEDIA_TYPE)
