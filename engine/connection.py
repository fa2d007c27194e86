"""A connection of the web server that sends what belongs together at once, and waits for nobody.

uvicorn writes the head of an answer and its body one after the other, and each write is a call of
the operating system: together they took a third of a small request's time. It would also wait
for ever for a request's head, and read one of any length.
"""

import asyncio
from http import HTTPStatus
from time import monotonic_ns
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from engine.errors import refusal

# Beyond this a copy would cost more than another write.
_JOINED_BYTES_MAX = 65_536

HEAD_SECONDS = 10
# How long a client may take for what is still to be sent when its connection is closed.
CLOSE_SECONDS = 10
HEAD_BYTES_MAX = 65_536

_NANOSECONDS = 1_000_000_000


class Connection(HttpToolsProtocol):
    """uvicorn's protocol for HTTP/1.1, over a transport that joins writes."""

    # Since when the head of a request is waited for; 0 while none is.
    _head_since = 0
    _head_bytes = 0
    # Whether what has come ends a head or is of a body, and how much is neither, at one go.
    _gets_on = False
    _rest_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_Joining(transport))  # pyright: ignore[reportArgumentType] - as far as it is used
        self._head_since = monotonic_ns()
        self._look_soon()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_since:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                self._refuse_head()
        elif self._gets_on:
            self._gets_on, self._rest_bytes = False, 0
        else:
            self._count_rest(len(data))
        self._wait_no_longer()

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        # Whatever was asked before: it is not idle, and no request's time is over.
        self.cycle: Any = None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_since, self._head_bytes = monotonic_ns(), 0

    def on_headers_complete(self) -> None:
        self._head_since = 0
        self._gets_on = True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._gets_on = True
        super().on_body(body)

    def on_chunk_header(self) -> None:
        self._gets_on = True

    def send_400_response(self, msg: str) -> None:
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def _look_soon(self) -> None:
        """Look now and then: a timer for each request would cost each request."""
        self.loop.call_later(HEAD_SECONDS / 2, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        since = self._head_since
        if since and monotonic_ns() - since > HEAD_SECONDS * _NANOSECONDS:
            message = f"The request's head did not arrive within {HEAD_SECONDS} seconds"
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, message)
        else:
            self._look_soon()

    def _count_rest(self, count: int) -> None:
        """Headers after a body, extensions of a chunk, empty lines: uvicorn keeps all of them."""
        self._rest_bytes += count
        if self._rest_bytes > HEAD_BYTES_MAX:
            self._refuse_head()

    def _wait_no_longer(self) -> None:
        """What is no request ends uvicorn's waiting for the next one, so it begins again."""
        cycle: Any = self.cycle
        is_idle = not self._head_since and cycle is not None and cycle.response_complete
        if is_idle and self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _refuse_head(self) -> None:
        message = f"A request's head has at most {HEAD_BYTES_MAX:,} bytes"
        self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, message)

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        """Answer what is no request, and let nothing more come."""
        if self.transport.is_closing():
            return
        body = orjson.dumps(refusal("BAD_REQUEST", message))
        head = (
            f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: application/json; charset=utf-8"
            f"\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


class _Joining:
    """Holds back what is written until the event loop's next turn, and then writes it all."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)
        if len(data) > _JOINED_BYTES_MAX:
            self._flush()

    def close(self) -> None:
        self._flush()
        if self._transport.get_write_buffer_size():
            # It would be kept for a client that takes nothing for as long as that likes.
            self._loop.call_later(CLOSE_SECONDS, self._transport.abort)
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))
