"""GraphQL over HTTP: one operation in a JSON body or an address, one JSON answer."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from http import HTTPStatus
from types import CoroutineType
from typing import Any, cast

import orjson
from graphql import GraphQLError, OperationType
from starlette.types import ASGIApp, Receive, Scope, Send

from engine import negotiation, requests
from engine.documents import Documents, Invalid, Operation
from engine.errors import UNAVAILABLE, Refused, Result, refusal, shown
from engine.requests import Asked, Headers
from engine.statuses import Outcome
from engine.time_limit import TimeLimit, TooLong
from engine.trusted import Trusted

Execute = Callable[[Operation, dict[str, Any] | None, Any], Awaitable[Result]]
# Who asks, and the like: at once where that is known, so that it costs no coroutine.
MakeContext = Callable[[Scope, Headers], object | Coroutine[Any, Any, object]]

QUERY_SECONDS = 15.0
MUTATION_SECONDS = 60.0
BODY_SECONDS = 10.0

_STOPPED = (
    "The server is being stopped. Try again; repeat a mutation with its idempotency key, because "
    "it may have been carried out"
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
        documents: Documents,
        execute: Execute,
        context: MakeContext,
        trusted: Trusted | None = None,
        *,
        page: ASGIApp | None = None,
        query_seconds: float = QUERY_SECONDS,
        mutation_seconds: float = MUTATION_SECONDS,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._documents = documents
        self._execute = execute
        self._context = context
        self._trusted = trusted
        self._page = page
        self._query_limit = TimeLimit(query_seconds)
        self._mutation_limit = TimeLimit(mutation_seconds)
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
            if media_type is None:
                message = "Accept application/graphql-response+json or application/json"
                raise Refused(Outcome.NOT_ACCEPTABLE, message)  # noqa: TRY301 - all refusals end alike
            outcome, body = await self._answer(method, scope, headers, receive)
        except Refused as refused:
            outcome, body = refused.outcome, refusal(refused.code, str(refused))
            more = refused.headers
            if outcome is Outcome.WRONG_METHOD:
                more = [(b"allow", b"POST" if method == "GET" else b"GET, POST")]
        if "errors" in body:
            scope["code"] = body["errors"][0]["extensions"]["code"]
        media_type = media_type or negotiation.JSON
        status = outcome.status(media_type)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            more = [*more, _RETRY]
        await _send(send, status, media_type, orjson.dumps(body), more)

    async def _awaited(self, context: Awaitable[object]) -> object:
        """Who asks has to be looked up. Raises Refused where that is nobody, or cannot be told."""
        try:
            return await self._query_limit.within(context)
        except Refused:
            raise
        except TooLong as too_long:
            words = f"The key could not be looked up within {too_long.seconds:g} seconds. Try again"
            raise Refused(Outcome.NOBODY_KNOWS, words, code=UNAVAILABLE) from None
        except Exception as error:  # noqa: BLE001 - as where an operation fails
            masked = shown(GraphQLError("unexpected", original_error=error))
            raise Refused(
                Outcome.NOBODY_KNOWS, masked["message"], code=masked["extensions"]["code"]
            ) from None

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
    ) -> tuple[Outcome, dict[str, Any]]:
        context = self._context(scope, headers)
        if isinstance(context, CoroutineType):
            context = await self._awaited(cast("Awaitable[object]", context))
        # For whoever tells of requests: for whom, what (`operation`), and how it failed (`code`).
        scope["context"] = context
        asked = await self._asked(method, scope, headers, receive)
        try:
            operation = self._documents.operation(self._text(asked), asked.name)
        except Invalid as invalid:
            return _shown(Result(None, invalid.errors, is_request_error=True))
        scope["operation"] = operation
        is_query = operation.definition.operation is OperationType.QUERY
        if method == "GET" and not is_query:
            raise Refused(Outcome.WRONG_METHOD, "Send mutations by POST")
        limit = self._query_limit if is_query else self._mutation_limit
        try:
            work = self._execute(operation, asked.variables, context)
            return _shown(await limit.within(work))
        except TooLong as too_long:
            words = f"The request took more than {too_long.seconds:g} seconds and was stopped"
            if not is_query:
                words += ". Look whether it was carried out before you repeat it"
            return Outcome.UNAVAILABLE, refusal("REQUEST_TIMEOUT", words)
        except CancelledError:
            # Only a server that is being stopped and has waited long enough cancels a request.
            return Outcome.UNAVAILABLE, refusal(UNAVAILABLE, _STOPPED)
        except Exception as error:  # noqa: BLE001 - the client gets an id, and the log the rest
            return _shown(Result(None, [GraphQLError("unexpected", original_error=error)]))

    def _text(self, asked: Asked) -> str:
        trusted = self._trusted
        if asked.document_id is not None:
            text = trusted.text(asked.document_id) if trusted else None
            if text is None:
                raise _refused("PERSISTED_QUERY_NOT_FOUND", "No trusted document has this id")
            return text
        if trusted is not None and trusted.only:
            raise _refused("BAD_REQUEST", "Only trusted documents are run: send a documentId")
        return asked.query or ""


def _is_opened(scope: Scope, accept: str | None) -> bool:
    is_bare = scope["method"] == "GET" and not scope["query_string"]
    return is_bare and negotiation.prefers_html(accept)


def _shown(result: Result) -> tuple[Outcome, dict[str, Any]]:
    if not result.errors:
        return Outcome.ANSWERED, {"data": result.data}
    errors = [shown(error) for error in result.errors]
    if result.is_request_error:
        return Outcome.NOT_RUN, {"errors": errors}
    body = {"data": result.data, "errors": errors}
    data: dict[str, Any] = result.data or {}
    if not any(data.values()) and any(one["extensions"]["code"] == UNAVAILABLE for one in errors):
        return Outcome.UNAVAILABLE, body
    return Outcome.ANSWERED, body


def _refused(code: str, message: str) -> Invalid:
    return Invalid([GraphQLError(message, extensions={"code": code})])


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
