"""Answers as a stream of events (SSE), one connection for each operation, as graphql-sse has it."""

import asyncio
import logging
from contextlib import suppress

import orjson
from starlette.types import Receive, Send

from engine.errors import Refused
from engine.running import Answered
from engine.watching import Watching

# Whoever has not taken an event by then is gone, or as good as gone.
TAKE_SECONDS = 30

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"vary", b"Accept"),
    # Nginx would keep events until it has a page of them.
    (b"x-accel-buffering", b"no"),
]
# A line that clients pass over: it shows them, and proxies, that the stream is alive.
_ALIVE = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"

_log = logging.getLogger(__name__)


async def send_all(found: Watching | Answered, receive: Receive, send: Send) -> None:
    """What an operation comes to, as events.

    Whatever ends a subscription here ends the stream without saying that it is complete: clients
    then come back, and read again.
    """
    if not isinstance(found, Watching):
        await _start(send)
        await _send(send, _next(orjson.dumps(found[1])) + _COMPLETE, more=False)
        return
    telling = asyncio.create_task(_tell(found, send))
    leaving = asyncio.create_task(_left(receive))
    try:
        await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        found.close()
        for task in (telling, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _tell(watching: Watching, send: Send) -> None:
    try:
        await _start(send)
        await _send(send, _ALIVE)
        while True:
            body = await watching.next()
            await _send(send, _next(body) if body else _ALIVE)
    except TimeoutError:
        _log.warning("a reader of events was too slow, and is given up")
    except (Refused, ConnectionError):
        await _send(send, b"", more=False)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})


async def _send(send: Send, body: bytes, *, more: bool = True) -> None:
    message = {"type": "http.response.body", "body": body, "more_body": more}
    async with asyncio.timeout(TAKE_SECONDS):
        await send(message)


def _next(body: bytes) -> bytes:
    return b"event: next\ndata: %s\n\n" % body
