"""Where exports are downloaded: files made while they are sent, by signed addresses."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from db import exports
from db.database import Database
from endpoints.export_files import FORMS, Form
from engine.errors import UNAVAILABLE, refusal, shown
from engine.whole import WholeList
from resolvers.exports import Reader
from services.exports import path
from services.signing import BadSignature, Expired, Signer

ADDRESS = path("{organization_id}", "{export_id}")

# Each holds a connection of its own and a moment of the database for as long as it lasts.
AT_ONCE_MAX = 4
WAIT_SECONDS = 30
# A client that takes nothing for so long is let go.
STALLED_SECONDS = 60

_SAFE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, body: Mapping[str, Any], **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


class _Stalled(Exception):
    """The client has taken nothing for too long."""


@dataclass(frozen=True)
class _File:
    """What is sent: in which form, for whom, and of which invoices."""

    form: Form
    reader: Reader
    wanted: Mapping[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        name = f"invoices-{self.reader.today}.{self.form.suffix}"
        return {
            **_SAFE,
            "content-type": self.form.media_type,
            "content-disposition": f'attachment; filename="{name}"',
        }


class Downloads:
    """Answers GET and HEAD of the addresses that `exportInvoices` hands out."""

    def __init__(
        self,
        database: Database,
        signer: Signer,
        clock: Callable[[], datetime],
        invoices: WholeList,
        *,
        at_once_max: int = AT_ONCE_MAX,
        wait_seconds: float = WAIT_SECONDS,
        stalled_seconds: float = STALLED_SECONDS,
    ) -> None:
        self._database = database
        self._signer = signer
        self._clock = clock
        self._invoices = invoices
        self._room = asyncio.Semaphore(at_once_max)
        self._wait_seconds = wait_seconds
        self._stalled_seconds = stalled_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            file = await self._file(Request(scope))
            if scope["method"] == "HEAD":
                await _head(file)(scope, receive, send)
            else:
                await _while_there(receive, self._send(file, send))
        except _Stalled:
            # The server closes a connection whose answer is not complete.
            return
        except _Refused as refused:
            await _json(refused.body, refused.status, refused.headers)(scope, receive, send)

    async def _file(self, request: Request) -> _File:
        """What the address is good for. Nothing tells what never was from what is another's."""
        nothing = _forbidden("This address is not good for a file")
        if request.method not in {"GET", "HEAD"}:
            body = refusal("BAD_REQUEST", "Exports are downloaded by GET")
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, body, allow="GET, HEAD")
        try:
            self._signer.check(
                "GET", request.scope["path"], request.query_params, now=self._clock()
            )
        except BadSignature:
            raise nothing from None
        except Expired:
            raise _forbidden("This address has expired: export the invoices again") from None
        organization_id = int(request.path_params["organization_id"])
        try:
            found = await exports.find(
                self._database, organization_id, request.path_params["export_id"]
            )
        except Exception as error:
            raise _failed(error) from error
        if found is None:
            raise nothing
        today = found.created_at.astimezone(ZoneInfo(found.time_zone)).date()
        reader = Reader(organization_id, today)
        return _File(FORMS[found.format], reader, orjson.loads(found.wanted))

    async def _send(self, file: _File, send: Send) -> None:
        """Send it all, or break off so that nobody takes a part of it for the whole."""
        async with AsyncExitStack() as stack:
            await self._take_room(stack)
            parts = await stack.enter_async_context(aclosing(self._parts(file)))
            first = await self._first(parts)
            headers = [(name.encode(), value.encode()) for name, value in file.headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await self._send_part(send, first)
            async for part in parts:
                await self._send_part(send, part)
        await send({"type": "http.response.body", "body": b""})

    async def _take_room(self, stack: AsyncExitStack) -> None:
        try:
            async with asyncio.timeout(self._wait_seconds):
                await stack.enter_async_context(self._room)
        except TimeoutError:
            body = refusal("SERVICE_UNAVAILABLE", "Too many files are being downloaded: try again")
            wait = {"retry-after": str(WAIT_SECONDS)}
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, body, **wait) from None

    async def _parts(self, file: _File) -> AsyncGenerator[bytes]:
        async with self._database.moment() as moment:
            pieces = self._invoices.pieces(
                file.wanted, file.reader, moment, is_plain=file.form.is_plain
            )
            async with aclosing(pieces):
                head = file.form.head
                async for invoices in pieces:
                    yield head + file.form.body(invoices)
                    head = b""
                yield head

    async def _first(self, parts: AsyncGenerator[bytes]) -> bytes:
        """The first part is there before anything is sent: until then it can fail in words."""
        try:
            return await anext(parts)
        except Exception as error:
            raise _failed(error) from error

    async def _send_part(self, send: Send, part: bytes) -> None:
        try:
            async with asyncio.timeout(self._stalled_seconds):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        except TimeoutError:
            raise _Stalled from None


def _forbidden(message: str) -> _Refused:
    return _Refused(HTTPStatus.FORBIDDEN, refusal("FORBIDDEN", message))


def _failed(error: Exception) -> _Refused:
    """An outage is told as one, and the rest masked."""
    found = shown(GraphQLError("unexpected", original_error=error))
    body = {"errors": [found]}
    if found["extensions"]["code"] == UNAVAILABLE:
        return _Refused(HTTPStatus.SERVICE_UNAVAILABLE, body, **{"retry-after": "1"})
    return _Refused(HTTPStatus.INTERNAL_SERVER_ERROR, body)


async def _while_there(receive: Receive, work: Awaitable[None]) -> None:
    """Do the work, or as much of it as there is a client for."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(file: _File) -> Response:
    """Without a length, which nobody knows yet."""
    response = Response(headers=file.headers)
    del response.headers["content-length"]
    return response


def _json(body: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    return Response(orjson.dumps(body), status, {**_SAFE, **headers}, media_type="application/json")
