"""A connection of the web server that sends what belongs together at once.

uvicorn writes the head of an answer and its body one after the other, and each write is a call of
the operating system: together they took a third of a small request's time.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Beyond this a copy would cost more than another write.
_JOINED_BYTES_MAX = 65_536


class Connection(HttpToolsProtocol):
    """uvicorn's protocol for HTTP/1.1, over a transport that joins writes."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_Joining(transport))  # type: ignore[arg-type]


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
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))
