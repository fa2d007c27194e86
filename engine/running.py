"""What every transport does with an operation: find it, see who asks, run it within its time."""

import json
from collections.abc import Awaitable, Callable, Coroutine
from types import CoroutineType
from typing import Any, cast

import orjson
from graphql import GraphQLError, OperationType
from starlette.types import Scope

from engine.asking import Request
from engine.documents import Documents, Invalid, Operation
from engine.errors import UNAVAILABLE, Refused, Result, refusal, shown
from engine.requests import Asked, Headers
from engine.statuses import Outcome
from engine.streams import Happened
from engine.subscribing import Subscribed
from engine.time_limit import TimeLimit, TooLong
from engine.trusted import Trusted
from engine.watching import Shared, Told, Watching

Execute = Callable[[Operation, dict[str, Any] | None, Any], Awaitable[Result]]
Subscribe = Callable[[Operation, dict[str, Any] | None, Any], Awaitable[Subscribed | Result]]
# Who asks, and the like: at once where that is known, so that it costs no coroutine.
MakeContext = Callable[[Scope, Headers], object | Coroutine[Any, Any, object]]

Answered = tuple[Outcome, dict[str, Any]]

QUERY_SECONDS = 15.0
MUTATION_SECONDS = 60.0
SUBSCRIPTIONS_MAX = 2_000


class Running:
    """Runs the operations of clients, whatever way they come."""

    def __init__(
        self,
        documents: Documents,
        execute: Execute,
        subscribe: Subscribe,
        context: MakeContext,
        trusted: Trusted | None = None,
        *,
        query_seconds: float = QUERY_SECONDS,
        mutation_seconds: float = MUTATION_SECONDS,
    ) -> None:
        self.documents = documents
        self._execute = execute
        self._subscribe = subscribe
        self._context = context
        self._trusted = trusted
        self._query_limit = TimeLimit(query_seconds)
        self._mutation_limit = TimeLimit(mutation_seconds)
        self._shared = Shared()
        # How many there are now.
        self.subscriptions = 0

    def operation(self, asked: Asked) -> Operation:
        """The operation that is asked for. Raises Invalid."""
        return self.documents.operation(self._text(asked), asked.name)

    def context(self, scope: Scope, headers: Headers) -> object | Coroutine[Any, Any, object]:
        """For whom something is run: at once, or to be awaited. Raises Refused, then or later."""
        context = self._context(scope, headers)
        if isinstance(context, CoroutineType):
            return self._awaited(cast("Awaitable[object]", context))
        return cast("object", context)

    async def context_now(self, scope: Scope, headers: Headers) -> object:
        """As `context`, awaited either way."""
        context = self.context(scope, headers)
        if isinstance(context, CoroutineType):
            return await cast("Awaitable[object]", context)
        return cast("object", context)

    async def run(
        self, operation: Operation, variables: dict[str, Any] | None, context: object
    ) -> Answered:
        """What a query or a mutation comes to."""
        is_query = operation.definition.operation is OperationType.QUERY
        limit = self._query_limit if is_query else self._mutation_limit
        try:
            return answered(await limit.within(self._execute(operation, variables, context)))
        except TooLong as too_long:
            words = "" if is_query else ". Look whether it was carried out before you repeat it"
            return _stopped(too_long, words)
        except Exception as error:  # noqa: BLE001 - the client gets an id, and the log the rest
            return _failed(error)

    async def watch(
        self,
        operation: Operation,
        variables: dict[str, Any] | None,
        context: Request,
        again: Callable[[], Awaitable[object]],
    ) -> Watching | Answered:
        """What a subscription tells of, from now on; or why it does not.

        `again` says for whom it is told, as of then. Whoever gets it has to close it.
        """
        if self.subscriptions >= SUBSCRIPTIONS_MAX:
            words = f"This server has {SUBSCRIPTIONS_MAX:,} subscriptions, its most. Try again"
            error = GraphQLError(words, extensions={"code": UNAVAILABLE})
            return answered(Result(None, [error], is_request_error=True))
        self.subscriptions += 1
        found: Subscribed | Answered
        try:
            found = await self._subscribed(operation, variables, context)
        except BaseException:
            self._end_one()
            raise
        if not isinstance(found, Subscribed):
            self._end_one()
            return found
        key = (operation, json.dumps(variables, sort_keys=True, default=repr))

        def answer(happened: Happened, context: object) -> Awaitable[Told]:
            organization_id = cast("Request", context).organization_id
            return self._shared.once(
                (*key, organization_id, happened.what),
                lambda: self._told(found, happened, cast("Request", context)),
            )

        return Watching(found.stream, again, answer, self._end_one)

    def _end_one(self) -> None:
        self.subscriptions -= 1

    async def _subscribed(
        self, operation: Operation, variables: dict[str, Any] | None, context: Request
    ) -> Subscribed | Answered:
        try:
            found = await self._query_limit.within(self._subscribe(operation, variables, context))
        except TooLong as too_long:
            return _stopped(too_long)
        except Exception as error:  # noqa: BLE001 - as where an operation fails
            return _failed(error)
        return found if isinstance(found, Subscribed) else answered(found)

    async def _told(self, subscribed: Subscribed, happened: Happened, context: Request) -> Told:
        try:
            result = await self._query_limit.within(subscribed.answer(happened, context))
            outcome, body = answered(result)
        except TooLong as too_long:
            outcome, body = _stopped(too_long)
        except Exception as error:  # noqa: BLE001 - as where an operation fails
            outcome, body = _failed(error)
        return outcome, orjson.dumps(body)

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

    def _text(self, asked: Asked) -> str:
        trusted = self._trusted
        if asked.document_id is not None:
            text = trusted.text(asked.document_id) if trusted else None
            if text is None:
                raise invalid("PERSISTED_QUERY_NOT_FOUND", "No trusted document has this id")
            return text
        if trusted is not None and trusted.only:
            raise invalid("BAD_REQUEST", "Only trusted documents are run: send a documentId")
        return asked.query or ""


def answered(result: Result) -> Answered:
    """A result as clients see it."""
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


def invalid(code: str, message: str) -> Invalid:
    """An operation that is refused for a reason of its own."""
    return Invalid([GraphQLError(message, extensions={"code": code})])


def refused(why: Invalid) -> Answered:
    return answered(Result(None, why.errors, is_request_error=True))


def _stopped(too_long: TooLong, more: str = "") -> Answered:
    words = f"The request took more than {too_long.seconds:g} seconds and was stopped{more}"
    return Outcome.UNAVAILABLE, refusal("REQUEST_TIMEOUT", words)


def _failed(error: Exception) -> Answered:
    return answered(Result(None, [GraphQLError("unexpected", original_error=error)]))
