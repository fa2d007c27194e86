"""A websocket of the web server that takes no more frames than its bounds allow."""

from time import monotonic
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

FRAMES_A_SECOND_MAX = 100
MESSAGE_BYTES_MAX = 2**18
# Parsed at one go: a hundred thousand small frames would hold up everybody else.
_SLICE_BYTES = 4_096
_TOO_MANY = 4429


class Frames(WebSocketsSansIOProtocol):
    """uvicorn's protocol for websockets; whoever floods it is let go."""

    _second = _count = 0

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), _SLICE_BYTES):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + _SLICE_BYTES])

    def handle_events(self) -> None:
        second = int(monotonic())
        if second != self._second:
            self._second, self._count = second, 0
        self._count += len(self.conn.events)
        if self._count > FRAMES_A_SECOND_MAX and not self.close_sent:
            self._let_go(f"At most {FRAMES_A_SECOND_MAX} messages a second")
        else:
            super().handle_events()

    def _let_go(self, reason: str) -> None:
        if self.conn.state is State.OPEN:
            self.conn.send_close(_TOO_MANY, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
        gone: Any = {"type": "websocket.disconnect", "code": _TOO_MANY, "reason": reason}
        self.queue.put_nowait(gone)
        self.close_sent = True
        self.transport.close()


# What uvicorn is told. To compress small answers would take memory for each socket.
SETTINGS: dict[str, Any] = {
    "ws": Frames,
    "ws_max_size": MESSAGE_BYTES_MAX,
    "ws_per_message_deflate": False,
}
