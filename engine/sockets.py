"""Who may open a websocket, and how many there are."""

from urllib.parse import urlsplit

import orjson
from starlette.types import Receive, Scope, Send

from engine.errors import UNAVAILABLE, refusal
from engine.requests import Headers
from engine.running import Running
from engine.websocket import Socket

SOCKETS_MAX = 2_000
INIT_SECONDS = 5.0


class Sockets:
    """The address's websockets."""

    def __init__(self, running: Running) -> None:
        self._running = running
        # How many are open.
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        headers = Headers(scope)
        if not _is_of_this_host(headers):
            await _refuse(send, 403, "FORBIDDEN", "Pages of other sites may not connect")
        elif self.open >= SOCKETS_MAX:
            words = f"This server has {SOCKETS_MAX:,} websockets, its most. Try again"
            await _refuse(send, 503, UNAVAILABLE, words)
        else:
            self.open += 1
            try:
                socket = Socket(self._running, scope, headers, receive, send)
                await socket.serve(INIT_SECONDS)
            finally:
                self.open -= 1


def _is_of_this_host(headers: Headers) -> bool:
    """A page of another site must not use what its visitor may do; programs send no Origin."""
    origin, host = headers.get(b"origin"), headers.get(b"host") or ""
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    body = orjson.dumps(refusal(code, message))
    await send({"type": "websocket.http.response.body", "body": body})
