"""GraphQL over a websocket, by the protocol graphql-transport-ws.

Messages are taken in order, and a subscription has begun before the next message is looked at: a
client that subscribes and then reads misses nothing between the two.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from time import perf_counter_ns
from typing import Any, cast

import orjson
from graphql import OperationType
from starlette.types import Receive, Scope, Send

from engine import requests, strict_json
from engine.documents import Invalid, Operation
from engine.errors import Refused, refusal
from engine.requests import Headers
from engine.running import Running, refused
from engine.statuses import Outcome
from engine.watching import Watching

PROTOCOL = "graphql-transport-ws"

OPERATIONS_MAX = 20
_ID_MAX = 100
_CLOSE_SECONDS = 10
# A close frame has room for so many bytes of reason.
_REASON_MAX = 123

# The protocol's own codes, and two of all websockets after which clients come back by themselves.
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN = 4400, 4401, 4403
NO_SUCH_PROTOCOL, TOO_LATE, IS_THERE, TOO_MANY = 4406, 4408, 4409, 4429
FAILED = 4500
TRY_AGAIN = 1013

_TOO_MANY_OPERATIONS = f"A socket has at most {OPERATIONS_MAX} operations at once"

_log = logging.getLogger(__name__)


class _Close(Exception):
    """The socket is closed, and why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Socket:
    """One client's websocket, which has asked to be let in."""

    def __init__(
        self, running: Running, scope: Scope, headers: Headers, receive: Receive, send: Send
    ) -> None:
        self._running = running
        self._scope = scope
        self._headers = headers
        self._receive = receive
        self._send = send
        self._is_begun = self._is_known = False
        self._end: asyncio.Future[_Close] = asyncio.get_running_loop().create_future()
        # By the id that the client has given them; mutations that it has given up are not in it.
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks = set[asyncio.Task[None]]()
        self._mutations = set[asyncio.Task[None]]()

    async def serve(self, init_seconds: float) -> None:
        if PROTOCOL not in self._scope["subprotocols"]:
            await self._put({"type": "websocket.accept"})
            await self._close(_Close(NO_SUCH_PROTOCOL, f"Speak {PROTOCOL}"))
            return
        await self._put({"type": "websocket.accept", "subprotocol": PROTOCOL})
        late = _Close(TOO_LATE, "Connection initialisation timeout")
        loop = asyncio.get_running_loop()
        timer = loop.call_later(init_seconds, lambda: self._is_begun or self._ended(late))
        reading = asyncio.create_task(self._guarded(self._read()))
        try:
            await asyncio.wait({reading, self._end}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            reading.cancel()
            for task in self._tasks - self._mutations:
                task.cancel()
        if self._end.done():
            await self._close(self._end.result())
        # What is changed is changed to its end, as over HTTP.
        await asyncio.wait({reading, *self._tasks})

    async def _read(self) -> None:
        while (message := await self._receive())["type"] != "websocket.disconnect":
            await self._take(_object(message.get("text")))
        self._scope["code"] = message.get("code")

    async def _take(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "connection_init"}:
                await self._begin(message.get("payload"))
            case {"type": "ping"}:
                await self._say({"type": "pong"})
            case {"type": "pong"}:
                pass
            case {"type": "subscribe", "id": str(key), "payload": dict()}:
                await self._run(_id(key), message["payload"])
            case {"type": "complete", "id": str(key)}:
                task = self._operations.pop(key, None)
                if task is not None and task not in self._mutations:
                    task.cancel()
                    # Its place is free for the next message.
                    await asyncio.wait({task})
            case _:
                raise _Close(BAD_REQUEST, "A message is none of the protocol's")

    async def _begin(self, payload: object) -> None:
        if self._is_begun:
            raise _Close(TOO_MANY, "Too many initialisation requests")
        if not (payload is None or isinstance(payload, dict)):
            raise _Close(BAD_REQUEST, "The payload of connection_init must be an object")
        self._is_begun = True
        for name, value in cast("dict[str, Any]", payload or {}).items():
            if name.lower() == "authorization" and isinstance(value, str):
                self._headers.set(b"authorization", value)
        self._scope["context"] = await self._context()
        self._is_known = True
        await self._say({"type": "connection_ack"})

    async def _context(self) -> Any:
        """For whom something is told, as of now."""
        return await self._running.context_now(self._scope, self._headers)

    async def _run(self, key: str, payload: dict[str, Any]) -> None:
        if not self._is_known:
            raise _Close(UNAUTHORIZED, "Send connection_init first")
        if key in self._operations:
            raise _Close(IS_THERE, f"Subscriber for {key} already exists")
        try:
            asked = requests.asked_of(payload)
        except Refused as why:
            raise _Close(BAD_REQUEST, str(why)) from None
        if len(self._tasks) >= OPERATIONS_MAX:
            await self._say_errors(key, refusal("BAD_REQUEST", _TOO_MANY_OPERATIONS))
            return
        try:
            operation = self._running.operation(asked)
        except Invalid as why:
            body = refused(why)[1]
            self._told("request", None, _outcome(body))
            await self._say_errors(key, body)
            return
        await self._start(key, operation, asked.variables)

    async def _start(
        self, key: str, operation: Operation, variables: dict[str, Any] | None
    ) -> None:
        context = await self._context()
        kind = operation.definition.operation
        if kind is not OperationType.SUBSCRIPTION:
            task = self._spawn(key, self._answer(key, operation, variables, context))
            if kind is OperationType.MUTATION:
                self._mutations.add(task)
                task.add_done_callback(self._mutations.discard)
            return
        watching = await self._running.watch(operation, variables, context, self._context)
        if not isinstance(watching, Watching):
            self._told("subscription", operation, _outcome(watching[1]))
            await self._say_errors(key, watching[1])
            return
        began = perf_counter_ns()

        def ended(_task: object) -> None:
            watching.close()
            self._told("subscription", operation, "ENDED", began)

        self._told("subscription", operation, "BEGUN")
        task = self._spawn(key, self._tell(key, watching))
        task.add_done_callback(ended)

    def _spawn(self, key: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._operations[key] = asyncio.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _tell(self, key: str, watching: Watching) -> None:
        while True:
            body = await watching.next()
            if body:
                await self._say_next(key, body)

    async def _answer(
        self, key: str, operation: Operation, variables: dict[str, Any] | None, context: object
    ) -> None:
        began = perf_counter_ns()
        outcome, body = await self._running.run(operation, variables, context)
        self._told("request", operation, _outcome(body), began)
        if self._operations.get(key) is not asyncio.current_task():
            # The client has given it up.
            return
        del self._operations[key]
        if outcome is Outcome.NOT_RUN:
            await self._say_errors(key, body)
        else:
            await self._say_next(key, orjson.dumps(body))
            await self._say({"type": "complete", "id": key})

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Whatever goes wrong ends the socket, with its reason."""
        try:
            await work
        except _Close as close:
            self._ended(close)
        except Refused as why:
            is_nobody = why.outcome in {Outcome.UNAUTHENTICATED, Outcome.TOO_MANY}
            self._ended(_Close(FORBIDDEN if is_nobody else TRY_AGAIN, str(why)))
        except ConnectionError as error:
            self._ended(_Close(TRY_AGAIN, str(error)))
        except Exception:  # noqa: BLE001 - the client is told that, and the log the rest
            _log.exception("a websocket failed")
            self._ended(_Close(FAILED, "Something went wrong on our side"))

    def _ended(self, close: _Close) -> None:
        if not self._end.done():
            self._end.set_result(close)

    def _told(self, event: str, operation: Operation | None, outcome: str, began: int = 0) -> None:
        """For whoever tells of requests, as HTTP does at the end of each."""
        told = self._scope.get("told")
        if told is not None:
            nanoseconds = perf_counter_ns() - began if began else 0
            with suppress(OSError):
                told(event, operation and operation.name, outcome, nanoseconds)

    async def _say_errors(self, key: str, body: dict[str, Any]) -> None:
        await self._say({"type": "error", "id": key, "payload": body["errors"]})

    async def _say_next(self, key: str, body: bytes) -> None:
        text = b'{"type":"next","id":%s,"payload":%s}' % (orjson.dumps(key), body)
        await self._put({"type": "websocket.send", "text": text.decode()})

    async def _say(self, message: dict[str, Any]) -> None:
        await self._put({"type": "websocket.send", "text": orjson.dumps(message).decode()})

    async def _put(self, message: dict[str, Any]) -> None:
        if not self._end.done():
            await self._sent(message)

    async def _close(self, close: _Close) -> None:
        self._scope["code"] = close.code
        reason = close.reason.encode()[:_REASON_MAX].decode(errors="ignore")
        message = {"type": "websocket.close", "code": close.code, "reason": reason}
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._sent(message)
        except TimeoutError:
            _log.warning("a websocket's reader takes nothing: it is given up")

    async def _sent(self, message: dict[str, Any]) -> None:
        # It may be gone, or closed from below, which whoever reads from it is told.
        with suppress(OSError, RuntimeError):
            await self._send(message)


def _object(text: str | None) -> dict[str, Any]:
    if text is None:
        raise _Close(BAD_REQUEST, "Send texts")
    try:
        message = strict_json.parse(text.encode())
    except strict_json.BadJson as bad:
        raise _Close(BAD_REQUEST, str(bad)) from None
    if not isinstance(message, dict):
        raise _Close(BAD_REQUEST, "A message must be a JSON object")
    return cast("dict[str, Any]", message)


def _outcome(body: dict[str, Any]) -> str:
    return body["errors"][0]["extensions"]["code"] if "errors" in body else "OK"


def _id(key: str) -> str:
    if not 1 <= len(key) <= _ID_MAX:
        raise _Close(BAD_REQUEST, f"An operation's id has 1 to {_ID_MAX} characters")
    return key
