"""How one request goes: it is noted, may go wrong before or after, and is answered."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .clock import fine_stamp
from .faults import Refusal
from .json_text import written
from .mishaps import Asked, Mishap
from .simulator import Simulator

PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"
CODES = {
    "books_closed": "6210",
    "expired": "3200",
    "expired_xml": "3200",
    "forbidden": "3100",
    "server_error": "10000",
    "stale": "5010",
    "subscription_ended": "6190",
}


def json_answer(body: Any, status: int = 200, **headers: str) -> Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(written(body), status, sent, "application/json;charset=UTF-8")


def xml_answer(simulator: Simulator) -> Response:
    """Without the record itself: whoever gets this has forgotten a header."""
    body = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<IntuitResponse time="{fine_stamp(simulator.clock())}"'
        ' xmlns="http://schema.intuit.com/finance/v3"/>'
    )
    return Response(body, media_type="application/xml")


class Connections:
    """Lets an endpoint break the connection that it should answer on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["connection"] = (receive, send)
        await self._app(scope, receive, send)


async def broken(request: Request) -> Response:
    """The connection ends without a byte of an answer."""
    receive, send = request.scope["connection"]
    send.__self__.transport.abort()
    return await _gone(receive)


async def hung(request: Request) -> Response:
    """Until the client has had enough."""
    receive, _ = request.scope["connection"]
    return await _gone(receive)


async def _gone(receive: Receive) -> Response:
    while (await receive())["type"] != "http.disconnect":
        pass
    return Response(status_code=499)


Answer = Callable[[], Awaitable[Response]]


async def exchanged(simulator: Simulator, asked: Asked, request: Request, do: Answer) -> Response:
    """The one way through: every address but the control's goes here."""
    simulator.asked.append(asked)
    mishap = simulator.next_mishap(asked.spot)
    response = await _with(simulator, mishap, request, do)
    asked.status = response.status_code
    response.headers["intuit_tid"] = f"1-{uuid.uuid4().hex}"
    return response


async def _with(
    simulator: Simulator, mishap: Mishap | None, request: Request, do: Answer
) -> Response:
    if mishap is None:
        return await do()
    if mishap.kind in {"drop_before", "hang"}:
        return await (hung(request) if mishap.kind == "hang" else broken(request))
    if mishap.kind not in {"drop_after", "html_after", "delay"}:
        return _instead(simulator, mishap)
    response = await do()
    if mishap.kind == "html_after":
        return Response(PAGE, mishap.status or 502, media_type="text/html")
    if mishap.kind == "drop_after":
        return await broken(request)
    with suppress(TimeoutError):
        async with asyncio.timeout(float(mishap.seconds)):
            await hung(request)
    return response


def _instead(simulator: Simulator, mishap: Mishap) -> Response:
    """An answer that keeps the request from doing anything."""
    match mishap.kind:
        case "html":
            return Response(PAGE, mishap.status or 502, media_type="text/html")
        case "server_error" if mishap.status:
            return Response("", mishap.status)
        case "invalid_grant":
            body = {"error": "invalid_grant", "error_description": "Token invalid"}
            return json_answer(body, 400)
        case "throttled":
            return throttled(simulator, mishap.retry_after)
        case _:
            refusal = Refusal(CODES.get(mishap.kind, mishap.code), mishap.detail)
            return refused(simulator, refusal, xml=mishap.kind == "expired_xml")


def refused(simulator: Simulator, refusal: Refusal, *, xml: bool = False) -> Response:
    now = simulator.clock()
    if xml or (refusal.code == "3200" and simulator.switches.expired_as_xml):
        return Response(refusal.xml(now), refusal.status, media_type="application/xml")
    return json_answer(refusal.body(now, simulator.switches.language), refusal.status)


def throttled(simulator: Simulator, retry_after: int | None = None) -> Response:
    status = simulator.switches.throttled_status
    response = refused(simulator, Refusal("3001", "Throttle exceeded", status=status))
    wait = simulator.switches.retry_after if retry_after is None else retry_after
    if wait is not None:
        response.headers["retry-after"] = str(wait)
    return response
