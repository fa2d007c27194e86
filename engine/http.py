"""GraphQL over HTTP: one operation in a JSON body or an address, one JSON answer.

A subscription is answered by a stream of them.
"""

from asyncio import CancelledError
from collections.abc import Awaitable, Sequence
from functools import partial
from http import HTTPStatus
from types import CoroutineType
from typing import Any, cast

import orjson
from graphql import OperationType
from starlette.types import ASGIApp, Receive, Scope, Send

from engine import events, negotiation, requests
from engine.documents import Invalid, Operation
from engine.errors import UNAVAILABLE, Refused, refusal
from engine.requests import Asked, Headers
from engine.running import Answered, Running, invalid, refused
from engine.statuses import Outcome
from engine.time_limit import TimeLimit
from engine.watching import Watching

BODY_SECONDS = 10.0

_STOPPED = (
    "The server is being stopped. Try again; repeat a mutation with its idempotency key, because "
    "it may have been carried out"
)
_NO_STREAM = (
    "A subscription is answered by a stream: accept text/event-stream, or subscribe over a "
    "websocket (graphql-transport-ws)"
)

# A hint for clients that an outage has met; most are over sooner.
_RETRY = (b"retry-after", b"1")

_HEADERS = {
    media_type: (
        (b"content-type", b"%s; charset=utf-8" % media_type.encode()),
        (b"vary", b"Accept"),
    )
    for media_type in (negotiation.JSON, negotiation.GRAPHQL)
}


class Endpoint:
    """The address that answers GraphQL, and shows `page` to who opens it in a browser."""

    def __init__(
        self,
        running: Running,
        *,
        page: ASGIApp | None = None,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._running = running
        self._page = page
        self._body_limit = TimeLimit(body_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope)
        accept = headers.get(b"accept")
        method: str = scope["method"]
        if self._page is not None and _is_opened(scope, accept):
            await self._page(scope, receive, send)
            return
        media_type = negotiation.choose(accept)
        more: Sequence[tuple[bytes, bytes]] = ()
        try:
            if media_type is None and not negotiation.accepts_events(accept):
                message = "Accept application/graphql-response+json or application/json"
                raise Refused(Outcome.NOT_ACCEPTABLE, message)  # noqa: TRY301 - all refusals end alike
            found = await self._answer(method, scope, headers, receive)
            if isinstance(found, Watching) or media_type is None:
                scope["is_watched"] = isinstance(found, Watching)
                await events.send_all(found, receive, send)
                return
            outcome, body = found
        except Refused as refusing:
            outcome, body = refusing.outcome, refusal(refusing.code, str(refusing))
            more = refusing.headers
            if outcome is Outcome.WRONG_METHOD:
                more = [(b"allow", b"POST" if method == "GET" else b"GET, POST")]
        if "errors" in body:
            scope["code"] = body["errors"][0]["extensions"]["code"]
        await _send_answer(send, outcome, media_type or negotiation.JSON, body, more)

    def _asked(
        self, method: str, scope: Scope, headers: Headers, receive: Receive
    ) -> Awaitable[Asked]:
        # The question mark between the two counts as well.
        if len(scope["path"]) + 1 + len(scope["query_string"]) > requests.URL_BYTES_MAX:
            message = f"An address has at most {requests.URL_BYTES_MAX:,} bytes"
            raise Refused(Outcome.LONG_ADDRESS, message)
        if method == "POST":
            return requests.from_body(headers, receive, self._body_limit)
        if method == "GET":
            return requests.from_url(scope["query_string"])
        raise Refused(Outcome.WRONG_METHOD, "Send operations by POST, or queries by GET")

    async def _answer(
        self, method: str, scope: Scope, headers: Headers, receive: Receive
    ) -> Answered | Watching:
        running = self._running
        context: Any = running.context(scope, headers)
        if isinstance(context, CoroutineType):
            context = await cast("Awaitable[object]", context)
        # For whoever tells of requests: for whom, what (`operation`), and how it failed (`code`).
        scope["context"] = context
        asked = await self._asked(method, scope, headers, receive)
        try:
            operation = running.operation(asked)
            scope["operation"] = operation
            kind = operation.definition.operation
            if kind is OperationType.SUBSCRIPTION:
                if not negotiation.accepts_events(headers.get(b"accept")):
                    raise invalid("BAD_REQUEST", _NO_STREAM)
                again = partial(running.context_now, scope, headers)
                return await running.watch(operation, asked.variables, context, again)
        except Invalid as why:
            return refused(why)
        if method == "GET" and kind is not OperationType.QUERY:
            raise Refused(Outcome.WRONG_METHOD, "Send mutations by POST")
        return await self._run(operation, asked.variables, context)

    async def _run(
        self, operation: Operation, variables: dict[str, Any] | None, context: object
    ) -> Answered:
        try:
            return await self._running.run(operation, variables, context)
        except CancelledError:
            # Only a server that is being stopped and has waited long enough cancels a request.
            return Outcome.UNAVAILABLE, refusal(UNAVAILABLE, _STOPPED)


def _is_opened(scope: Scope, accept: str | None) -> bool:
    is_bare = scope["method"] == "GET" and not scope["query_string"]
    return is_bare and negotiation.prefers_html(accept)


async def _send_answer(
    send: Send,
    outcome: Outcome,
    media_type: str,
    body: dict[str, Any],
    more: Sequence[tuple[bytes, bytes]],
) -> None:
    status = outcome.status(media_type)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        more = [*more, _RETRY]
    await _send(send, status, media_type, orjson.dumps(body), more)


async def _send(
    send: Send,
    status: int,
    media_type: str,
    body: bytes,
    more: Sequence[tuple[bytes, bytes]] = (),
) -> None:
    headers = [*_HEADERS[media_type], (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
