"""What is told of every request: its id to the client, a line to the log, and its time to metrics.

Never what was sent: no text of an operation, no values, no keys.
"""

import os
import re
from collections.abc import Awaitable
from contextlib import suppress
from itertools import count
from time import perf_counter_ns
from typing import Any, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from endpoints.logs import REQUEST_ID

# What other systems use as ids: one word, and no more than a line has room for.
_SANE = re.compile(rb"[\w.:-]{1,100}", re.ASCII)

# What nobody else's requests begin with, and a number: chance for each would cost each.
_PROCESS = os.urandom(6).hex()
_NUMBERS = count(16**3)

# Longer ones are nobody's address here.
_PATH_MAX = 100
_FAILED = 500
_OK = "OK"


class Tell(Protocol):
    """A logger's method."""

    def __call__(self, event: str, **values: Any) -> Any: ...


class Meter(Protocol):
    """Counts requests. The operation is None for what is no GraphQL, "" where it has no name."""

    def __call__(self, operation: str | None, outcome: str, nanoseconds: int) -> None: ...


class Watch:
    """The application, watched. Both may be left out."""

    def __init__(self, app: ASGIApp, tell: Tell | None, meter: Meter | None) -> None:
        self._app = app
        self._tell = tell
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        began = perf_counter_ns()
        request_id = _given_id(scope) or f"{_PROCESS}{next(_NUMBERS):x}"
        REQUEST_ID.set(request_id)
        header = (b"x-request-id", request_id.encode())
        if scope["type"] == "websocket":
            await self._watch_socket(scope, receive, send, request_id, began)
            return
        status = _FAILED

        # No coroutine of its own: each costs every request.
        def answer(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                nonlocal status
                status = message["status"]
                message["headers"] = [*message["headers"], header]
            return send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            # What was answered stays answered where the log cannot be written.
            with suppress(OSError):
                self._told(scope, request_id, status, perf_counter_ns() - began)

    def _told(self, scope: Scope, request_id: str, status: int, nanoseconds: int) -> None:
        operation = _operation(scope)
        outcome = scope.get("code") or (_OK if status < 400 else f"HTTP_{status}")
        # How long somebody watched says nothing of how fast it is.
        if self._meter is not None and not scope.get("is_watched"):
            self._meter(operation, outcome, nanoseconds)
        if self._tell is not None:
            self._tell(
                "request",
                request_id=request_id,
                method=scope["method"],
                path=_path(scope["path"]),
                status=status,
                operation=operation,
                outcome=outcome,
                duration_ms=nanoseconds // 10_000 / 100,
                organization_id=_organization_id(scope),
            )

    async def _watch_socket(
        self, scope: Scope, receive: Receive, send: Send, request_id: str, began: int
    ) -> None:
        """A line for the socket at its end, and one for each operation over it."""

        def told(event: str, operation: str | None, outcome: str, nanoseconds: int) -> None:
            if self._meter is not None and event == "request":
                self._meter(operation, outcome, nanoseconds)
            line(event, nanoseconds, operation=operation, outcome=outcome)

        def line(event: str, nanoseconds: int, **values: Any) -> None:
            if self._tell is not None:
                self._tell(
                    event,
                    request_id=request_id,
                    method="WEBSOCKET",
                    path=_path(scope["path"]),
                    **values,
                    duration_ms=nanoseconds // 10_000 / 100,
                    organization_id=_organization_id(scope),
                )

        def answer(message: Message) -> Awaitable[None]:
            if message["type"] in {"websocket.accept", "websocket.http.response.start"}:
                header = (b"x-request-id", request_id.encode())
                message["headers"] = [*message.get("headers", ()), header]
            return send(message)

        scope["told"] = told
        try:
            await self._app(scope, receive, answer)
        finally:
            with suppress(OSError):
                line("websocket", perf_counter_ns() - began, code=scope.get("code"))


def _given_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return value.decode() if _SANE.fullmatch(value) else None
    return None


def _operation(scope: Scope) -> str | None:
    operation = scope.get("operation")
    return None if operation is None else operation.name


def _organization_id(scope: Scope) -> int | None:
    return getattr(scope.get("context"), "organization_id", None)


def _path(path: str) -> str:
    shown = path[:_PATH_MAX]
    # A terminal must not be told what to do.
    return shown if shown.isprintable() else ascii(shown)
