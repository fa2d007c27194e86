"""Documents' bytes, in and out, by addresses that carry their own permission."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from db import documents as rows
from db.database import Database
from endpoints import downloads
from endpoints.refusals import refused, unexpected
from services import documents, uploads
from services.files import Files
from services.signing import BadSignature, Expired
from services.storage import StorageFails, StorageFull
from services.uploads import Target

_log = logging.getLogger(__name__)

PATH = documents.path("{organization_id}", "{document_id}")

# A slow line takes this long for the largest document.
UPLOAD_SECONDS = 600
# A client that takes nothing for so long is let go.
STALLED_SECONDS = 60


class _CutOff(Exception):
    """The client has gone before it had sent everything."""


class _TooSlow(Exception):
    """The bytes have not come in time."""


class _Stalled(Exception):
    """The client has taken nothing for too long."""


_STATUSES: dict[type[Exception], tuple[int, str]] = {
    BadSignature: (403, "INVALID_SIGNATURE"),
    Expired: (403, "URL_EXPIRED"),
    _CutOff: (400, "BAD_REQUEST"),
    uploads.Gone: (404, "NOT_FOUND"),
    uploads.AlreadyUploaded: (409, "ALREADY_UPLOADED"),
    uploads.TooLarge: (413, "PAYLOAD_TOO_LARGE"),
    uploads.OtherSize: (400, "SIZE_MISMATCH"),
    uploads.OtherType: (415, "TYPE_MISMATCH"),
    StorageFull: (507, "INSUFFICIENT_STORAGE"),
    StorageFails: (503, "STORAGE_UNAVAILABLE"),
    _TooSlow: (408, "REQUEST_TIMEOUT"),
}
_WAYS = {"PUT": "in", "GET": "out", "HEAD": "out"}
# Where the error's own words would tell too much, or nothing.
_WORDS: dict[type[Exception], str] = {
    BadSignature: "This address was not made here, was altered, or is for another method",
    Expired: "This address has expired. Ask for another",
    _CutOff: "The bytes were cut off. Nothing was stored",
    StorageFull: "There is no room for it. Nothing was stored",
    StorageFails: "Files cannot be reached at the moment. Try again later",
    _TooSlow: f"The bytes did not arrive within {UPLOAD_SECONDS} seconds",
}


class DocumentFiles:
    """PUT takes a document's bytes in, once; GET and HEAD let them out."""

    def __init__(self, database: Database, files: Files, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except tuple(_STATUSES) as error:
            if isinstance(error, StorageFails | StorageFull):
                _log.error("a file cannot be let %s", _WAYS[request.method], exc_info=error)
            status, code = _STATUSES[type(error)]
            response = refused(status, code, _WORDS.get(type(error), str(error)))
        except Exception as error:  # noqa: BLE001 - the client gets an id, and the log the rest
            response = unexpected(error)
        # The server closes a connection whose answer is not complete.
        with suppress(_Stalled):
            await response(scope, receive, _while_taken(send))

    async def _answer(self, request: Request) -> Response:
        match request.method:
            case "PUT":
                return await self._put(request)
            case "GET" | "HEAD":
                return await self._get(request)
            case _:
                message = "Send the bytes by PUT, or get them by GET"
                return refused(405, "BAD_REQUEST", message, {"allow": "GET, HEAD, PUT"})

    async def _put(self, request: Request) -> Response:
        target, now = self._permitted("PUT", request)
        if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
            return refused(415, "BAD_REQUEST", "Send the bytes without compression")
        announced = request.headers.get("content-length", "")
        sha256 = await uploads.receive(
            self._database,
            self._files.storage,
            target,
            _body(request.receive),
            announced_bytes=int(announced) if announced.isdecimal() else None,
            now=now,
        )
        body = orjson.dumps({"id": target.document_id, "sha256": sha256})
        return Response(body, 201, media_type="application/json")

    async def _get(self, request: Request) -> Response:
        target, _ = self._permitted("GET", request)
        file = await rows.find(self._database, target.organization_id, target.document_id)
        if file is None or file.sha256 is None or file.size_bytes is None:
            raise uploads.Gone
        return await downloads.response(
            request,
            self._files.storage,
            downloads.Whole(
                target.organization_id,
                file.sha256,
                file.size_bytes,
                file_name=file.file_name,
                mime_type=file.mime_type,
            ),
        )

    def _permitted(self, method: str, request: Request) -> tuple[Target, datetime]:
        """What the address is for. A foreign one looks like one that was never made."""
        now = self._clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        path: str = request.scope["path"]
        self._files.signer.check(method, path, request.query_params, now=now)
        found = request.path_params
        return Target(int(found["organization_id"]), found["document_id"]), now


def _while_taken(send: Send) -> Send:
    async def sent(message: Message) -> None:
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                await send(message)
        except TimeoutError:
            raise _Stalled from None

    return sent


async def _body(receive: Receive) -> AsyncGenerator[bytes]:
    until = asyncio.get_running_loop().time() + UPLOAD_SECONDS
    more = True
    while more:
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise _TooSlow from None
        if message["type"] == "http.disconnect":
            raise _CutOff
        yield message.get("body", b"")
        more = message.get("more_body", False)
