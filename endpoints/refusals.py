"""Refusals of what is served beside GraphQL: the same JSON, with a code for programs."""

import logging
import uuid
from collections.abc import Mapping

import orjson
from starlette.responses import Response

from db.errors import Unavailable
from engine.errors import UNAVAILABLE, refusal

_log = logging.getLogger(__name__)


def refused(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        orjson.dumps(refusal(code, message)),
        status,
        {"cache-control": "no-store", **(headers or {})},
        media_type="application/json",
    )


def unexpected(error: Exception) -> Response:
    """What nobody foresaw is masked, and logged under an id; an outage is told as one."""
    if isinstance(error, Unavailable):
        _log.warning("unavailable: %s", error.__cause__ or error)
        return refused(503, UNAVAILABLE, str(error), {"retry-after": "1"})
    error_id = uuid.uuid4().hex
    _log.error("unexpected error %s", error_id, exc_info=error)
    message = f"Something went wrong on our side. Its id is {error_id}."
    return refused(500, "INTERNAL_SERVER_ERROR", message)
