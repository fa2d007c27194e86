"""Changes told to all processes over one PostgreSQL, by NOTIFY and LISTEN.

Not within the transactions that make them: PostgreSQL takes one lock for all commits that notify,
held until the commit is on the disk, and payments would wait for each other.
"""

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from db import postgresql
from db.changes import MISSED, Changes, InvoiceChanged
from db.errors import Unavailable, told
from domain.activity import ActivityKind

CHANNEL = "remit_invoice_changes"
# PostgreSQL takes less than 8,000 bytes.
_PAYLOAD_BYTES_MAX = 7_900
# What is committed meanwhile goes out together.
_PAUSE_SECONDS = 0.02
_ANSWER_SECONDS = 5
# How often it is looked whether the server still is there: an idle connection does not tell.
LOOK_SECONDS = 15
_TRIES_AGAIN_SECONDS = 1
_CLOSE_SECONDS = 2

# In the transaction of its own that it is, and without waiting for the disk: nothing is changed.
_NOTIFY = """
    SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, payload)
    FROM unnest($2::text[]) AS payload"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

_log = logging.getLogger(__name__)


class OfAllProcesses(Changes):
    """Sends by one connection and hears by another, each opened when it is first needed."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        """`arguments` are the driver's for a connection."""
        super().__init__()
        self._arguments = arguments
        self._to_send: list[InvoiceChanged] = []
        self._sending: asyncio.Task[None] | None = None
        self._sender: Any = None
        self._listener: Any = None
        self._looking: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()

    def tell(self, changes: Sequence[InvoiceChanged]) -> None:
        self._to_send.extend(changes)
        if self._to_send and self._sending is None:
            self._sending = asyncio.create_task(self._send())

    async def hear(self) -> None:
        async with self._opening:
            if self._listener is None:
                await self._listen()

    async def close(self) -> None:
        await super().close()
        sending = self._sending
        if sending is not None:
            await asyncio.wait([sending], timeout=_CLOSE_SECONDS)
            sending.cancel()
        if self._looking is not None:
            self._looking.cancel()
        listener, self._listener = self._listener, None
        for connection in (self._sender, listener):
            if connection is not None:
                await _closed(connection)

    async def _send(self) -> None:
        while self._to_send:
            changes, self._to_send = self._to_send, []
            try:
                await self._notify(list(_payloads(changes)))
                pause = _PAUSE_SECONDS
            except Exception as error:  # noqa: BLE001 - whatever it was, it may be over soon
                _log.warning("changes could not be told, and will be: %s", error)
                self._to_send = changes + self._to_send
                pause = _TRIES_AGAIN_SECONDS
            await asyncio.sleep(pause)
        self._sending = None

    async def _notify(self, payloads: Sequence[str]) -> None:
        if self._sender is None or self._sender.is_closed():
            self._sender = await postgresql.connect(**self._arguments)
        await self._sender.execute(_NOTIFY, CHANNEL, payloads, timeout=_ANSWER_SECONDS)

    async def _listen(self) -> None:
        connection = await postgresql.connect(**self._arguments)
        try:
            with told():
                async with asyncio.timeout(_ANSWER_SECONDS):
                    await connection.add_listener(CHANNEL, self._heard)
        except BaseException as error:
            connection.terminate()
            if isinstance(error, TimeoutError):
                raise Unavailable from error
            raise
        self._listener = connection
        connection.add_termination_listener(self._lost)
        self._looking = asyncio.create_task(self._look_after(connection))

    async def _look_after(self, connection: Any) -> None:
        """Find out that the server is gone, or that nobody listens any more."""
        while self._listener is connection:
            await asyncio.sleep(LOOK_SECONDS)
            if not self.subscribers:
                self._listener = None
                await _closed(connection)
                return
            try:
                await connection.execute("SELECT 1", timeout=_ANSWER_SECONDS)
            except Exception:  # noqa: BLE001 - whatever it was, nothing is heard that way
                connection.terminate()
                self._lost(connection)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: str) -> None:
        try:
            changes = _changes(payload)
        except (TypeError, ValueError):
            _log.warning("a change was told in words of another version")
            self.subscribers.end(MISSED)
        else:
            self.subscribers.tell(changes)

    def _lost(self, connection: object) -> None:
        """What was told since is lost, so whoever watches has to read again."""
        if self._listener is connection:
            _log.warning("changes are not heard any more: all who watch are told to read again")
            self._listener = None
            self.subscribers.end(MISSED)


def _payloads(changes: Sequence[InvoiceChanged]) -> Iterator[str]:
    """As JSON, as many changes in each as it has room for."""
    found: list[str] = []
    size = 0
    for change in changes:
        # They hold no characters beyond ASCII: ids and kinds are ours.
        text = json.dumps(_written(change), separators=(",", ":"))
        if size + len(text) > _PAYLOAD_BYTES_MAX:
            yield f"[{','.join(found)}]"
            found, size = [], 0
        found.append(text)
        size += len(text) + 1
    yield f"[{','.join(found)}]"


def _written(change: InvoiceChanged) -> list[Any]:
    milliseconds = (change.occurred_at - _EPOCH) // _MILLISECOND
    return [
        change.organization_id,
        change.invoice_id,
        change.customer_id,
        change.kind,
        milliseconds,
    ]


def _changes(payload: str) -> list[InvoiceChanged]:
    return [
        InvoiceChanged(
            organization_id,
            invoice_id,
            customer_id,
            ActivityKind(kind),
            _EPOCH + milliseconds * _MILLISECOND,
        )
        for organization_id, invoice_id, customer_id, kind, milliseconds in json.loads(payload)
    ]


async def _closed(connection: Any) -> None:
    with suppress(Exception):
        await connection.close(timeout=_CLOSE_SECONDS)
