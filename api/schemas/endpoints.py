"""The read-only routes of a Confluent Schema Registry. Public, as the contract is; whatever would write is refused.

They lie at the API's root because a client is given one address and puts these paths behind it.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from api.schemas import registry
from api.schemas.errors import (
    INVALID_SCHEMA,
    INVALID_VERSION,
    MEDIA_TYPE,
    NO_SUBJECT_COMPATIBILITY,
    NO_SUBJECT_MODE,
    READ_ONLY,
    SCHEMA_NOT_FOUND,
    VERSION_NOT_FOUND,
    RegistryError,
    no_subject,
)

router = APIRouter(tags=["schemas"])

COMPATIBILITY = "BACKWARD_TRANSITIVE"  # tests/contract holds it: today's code reads whatever was ever written
_ID = re.compile(r"[0-9]{1,10}")
Subject = Annotated[str, Path(description="TOPIC-RECORD, or TOPIC-value where a topic carries one kind of record")]
VersionNumber = Annotated[str, Path(description="from 1 on, or `latest`")]


def answer(body: Any) -> Response:
    return JSONResponse(body, media_type=MEDIA_TYPE)


@router.get("/schemas/types")
async def types() -> Response:
    """Kinds of schemas: Avro alone."""
    return answer(["AVRO"])


@router.get("/schemas")
async def every_schema(
    prefix: Annotated[str, Query(alias="subjectPrefix")] = "",
    latest: Annotated[bool, Query(alias="latestOnly")] = False,
) -> Response:
    """Every version of every subject, or of those whose names begin so."""
    named = [versions for subject, versions in registry.subjects().items() if subject.startswith(prefix)]
    return answer([_whole(each) for versions in named for each in (versions[-1:] if latest else versions)])


@router.get("/schemas/ids/{schema_id}")
async def by_id(schema_id: str) -> Response:
    """The schema of an id: what a deserialiser asks with the four bytes in front of a record."""
    return answer({"schema": _text(schema_id)})


@router.get("/schemas/ids/{schema_id}/schema")
async def text_by_id(schema_id: str) -> Response:
    """The schema of an id, unwrapped."""
    return answer(json.loads(_text(schema_id)))


@router.get("/schemas/ids/{schema_id}/subjects")
async def subjects_of_id(schema_id: str) -> Response:
    """Names of the subjects that have this schema."""
    _text(schema_id)
    return answer([each.subject for each in registry.where_used(int(schema_id))])


@router.get("/schemas/ids/{schema_id}/versions")
async def versions_of_id(schema_id: str) -> Response:
    """Subjects and versions that are this schema."""
    _text(schema_id)
    used = registry.where_used(int(schema_id))
    return answer([{"subject": each.subject, "version": each.version} for each in used])


@router.get("/subjects")
async def subjects(prefix: Annotated[str, Query(alias="subjectPrefix")] = "") -> Response:
    """Names of all subjects."""
    return answer([subject for subject in registry.subjects() if subject.startswith(prefix)])


@router.get("/subjects/{subject}/versions")
async def versions(subject: Subject) -> Response:
    """Numbers of a subject's versions."""
    if subject not in registry.subjects():
        raise no_subject(subject)
    return answer([each.version for each in registry.subjects()[subject]])


@router.get("/subjects/{subject}/versions/{version}")
async def version(subject: Subject, version: VersionNumber) -> Response:
    """One version of a subject."""
    return answer(_whole(_version(subject, version)))


@router.get("/subjects/{subject}/versions/{version}/schema")
async def text_of_version(subject: Subject, version: VersionNumber) -> Response:
    """One version of a subject, unwrapped."""
    return answer(json.loads(_text(str(_version(subject, version).schema_id))))


@router.get("/subjects/{subject}/versions/{version}/referencedby")
async def referenced_by(subject: Subject, version: VersionNumber) -> Response:
    """Ids of schemas that refer to this one: none do, each stands alone."""
    _version(subject, version)
    return answer([])


@router.post("/subjects/{subject}")
async def look_up(subject: Subject, request: Request) -> Response:
    """Which version a schema is (`{"schema": TEXT}`). It reads: the question is a POST because a schema is long."""
    if subject not in registry.subjects():
        raise no_subject(subject)
    try:
        body = json.loads(await request.body())
        found = registry.find(subject, str(body["schema"]))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise RegistryError(INVALID_SCHEMA, f"Invalid schema: {error}") from None
    if found is None:
        raise RegistryError(SCHEMA_NOT_FOUND, "Schema not found")
    return answer(_whole(found))


@router.get("/config")
async def config() -> Response:
    """How schemas may change."""
    return answer({"compatibilityLevel": COMPATIBILITY})


@router.get("/config/{subject}")
async def config_of(subject: Subject, to_global: Annotated[bool, Query(alias="defaultToGlobal")] = False) -> Response:
    """No subject has a rule of its own; with `defaultToGlobal` it is told everybody's."""
    if not to_global:
        message = f"Subject '{subject}' does not have subject-level compatibility configured"
        raise RegistryError(NO_SUBJECT_COMPATIBILITY, message)
    return await config()


@router.get("/mode")
async def mode() -> Response:
    """This registry is read-only: schemas are released with the code that writes them."""
    return answer({"mode": "READONLY"})


@router.get("/mode/{subject}")
async def mode_of(subject: Subject, to_global: Annotated[bool, Query(alias="defaultToGlobal")] = False) -> Response:
    """No subject has a mode of its own; with `defaultToGlobal` it is told everybody's."""
    if not to_global:
        raise RegistryError(NO_SUBJECT_MODE, f"Subject '{subject}' does not have subject-level mode configured")
    return await mode()


@router.api_route("/subjects/{path:path}", methods=["POST", "PUT", "DELETE"], include_in_schema=False)
@router.api_route("/config/{path:path}", methods=["PUT", "DELETE"], include_in_schema=False)
@router.api_route("/config", methods=["PUT", "DELETE"], include_in_schema=False)
@router.api_route("/mode/{path:path}", methods=["PUT", "DELETE"], include_in_schema=False)
@router.api_route("/mode", methods=["PUT", "DELETE"], include_in_schema=False)
async def write(path: str = "") -> Response:
    """Whatever would change a registry."""
    raise RegistryError(READ_ONLY, f"Subject {path.partition('/')[0]} is in read-only mode")


def _text(schema_id: str) -> str:
    text = registry.text(int(schema_id)) if _ID.fullmatch(schema_id) else None
    if text is None:
        raise RegistryError(SCHEMA_NOT_FOUND, f"Schema {schema_id} not found")
    return text


def _version(subject: str, version: str) -> registry.Version:
    try:
        found = registry.version_of(subject, version)
    except KeyError:
        raise no_subject(subject) from None
    except ValueError:
        message = f"The specified version '{version}' is not a valid version id. Allowed: 1 and up, and 'latest'"
        raise RegistryError(INVALID_VERSION, message) from None
    if found is None:
        raise RegistryError(VERSION_NOT_FOUND, f"Version {version} not found.")
    return found


def _whole(found: registry.Version) -> dict[str, Any]:
    return {
        "subject": found.subject,
        "version": found.version,
        "id": found.schema_id,
        "schema": _text(str(found.schema_id)),
    }
