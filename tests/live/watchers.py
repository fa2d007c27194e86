"""Clients that watch: one that speaks graphql-transport-ws message by message, one of events."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

SECONDS = 10
PROTOCOL = "graphql-transport-ws"
WATCH = """subscription ($id: ID, $customerId: ID) {
    invoiceChanged(id: $id, customerId: $customerId) {
        kind invoiceId occurredAt invoice { fullId status amountPaid outstandingBalance version }
    }
}"""
KINDS = "subscription { invoiceChanged { kind invoice { fullId } } }"


@dataclass
class Watcher:
    """One socket. What is heard is waited for; what is not to be heard is found out by a ping."""

    socket: ClientConnection
    count: int = 0

    async def say(self, message: object) -> None:
        await self.socket.send(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(SECONDS):
            return json.loads(await self.socket.recv(), parse_float=Decimal)

    async def begin(self, payload: Mapping[str, Any] | None = None) -> None:
        await self.say({"type": "connection_init", **({"payload": payload} if payload else {})})
        assert await self.hear() == {"type": "connection_ack"}

    async def ask(self, query: str, **variables: object) -> str:
        """Send an operation; answers its id."""
        self.count += 1
        payload = {"query": query, "variables": variables}
        await self.say({"type": "subscribe", "id": str(self.count), "payload": payload})
        return str(self.count)

    async def watch(self, query: str = WATCH, **variables: object) -> str:
        """Subscribe; when this returns, the subscription has begun."""
        key = await self.ask(query, **variables)
        await self.ping()
        return key

    async def ping(self) -> None:
        """A failure where anything else is heard first."""
        await self.say({"type": "ping"})
        assert await self.hear() == {"type": "pong"}

    async def told(self, key: str = "1") -> dict[str, Any]:
        """The next change that is told under this id."""
        message = await self.hear()
        assert message.keys() == {"type", "id", "payload"}, message
        assert (message["type"], message["id"]) == ("next", key), message
        assert message["payload"].keys() == {"data"}, message
        return message["payload"]["data"]["invoiceChanged"]

    async def data(self, query: str, **variables: object) -> dict[str, Any]:
        """What a query comes to, where nothing else is told meanwhile."""
        key = await self.ask(query, **variables)
        message = await self.hear()
        assert (message["type"], message["id"]) == ("next", key), message
        assert await self.hear() == {"type": "complete", "id": key}
        return message["payload"]["data"]

    async def rest(self) -> list[dict[str, Any]]:
        """All that is heard until the server closes it."""
        found: list[dict[str, Any]] = []
        with suppress(ConnectionClosed):
            while True:
                found.append(await self.hear())
        return found

    async def closed(self) -> tuple[int, str]:
        """With which code and reason the server closes it, whatever it says before."""
        async with asyncio.timeout(SECONDS):
            await self.socket.wait_closed()
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


@asynccontextmanager
async def connected(
    port: int, protocol: str | None = PROTOCOL, **options: Any
) -> AsyncGenerator[Watcher]:
    """A socket on which nothing was said yet."""
    address = f"ws://127.0.0.1:{port}/graphql"
    protocols: Any = None if protocol is None else [protocol]
    async with connect(address, subprotocols=protocols, compression=None, **options) as socket:
        yield Watcher(socket)


@asynccontextmanager
async def watcher(
    port: int, key: str | None = None, query: str = WATCH, **variables: object
) -> AsyncGenerator[Watcher]:
    """A socket on which a subscription has begun, under the id 1."""
    async with connected(port) as made:
        await made.begin({"Authorization": f"Bearer {key}"} if key else None)
        await made.watch(query, **variables)
        yield made


async def refused(port: int, **options: Any) -> tuple[int, dict[str, Any]]:
    """Status and body with which a socket is not let in."""
    try:
        async with connected(port, **options):
            raise AssertionError("it was let in")
    except InvalidStatus as error:
        response = error.response
        return response.status_code, json.loads(response.body or b"null")


@dataclass
class Events:
    """A stream of events, as it comes."""

    response: httpx2.Response
    _parts: AsyncIterator[str]
    _rest: str = ""
    seen: list[str] = field(default_factory=list[str])

    async def next(self) -> dict[str, Any]:
        """The next answer; comments are passed over."""
        while (event := await self.event()).startswith(":"):
            pass
        kind, data = event.split("\n")
        assert kind == "event: next", event
        assert data.startswith("data: "), event
        return json.loads(data.removeprefix("data: "), parse_float=Decimal)

    async def told(self) -> dict[str, Any]:
        answer = await self.next()
        assert answer.keys() == {"data"}, answer
        return answer["data"]["invoiceChanged"]

    async def event(self) -> str:
        """The next block of lines."""
        async with asyncio.timeout(SECONDS):
            while "\n\n" not in self._rest:
                self._rest += await anext(self._parts)
        event, _, self._rest = self._rest.partition("\n\n")
        return event

    async def end(self) -> str:
        """All that comes until the stream ends."""
        async with asyncio.timeout(SECONDS):
            return self._rest + "".join([part async for part in self._parts])


@asynccontextmanager
async def events(
    http: httpx2.AsyncClient,
    query: str | None = WATCH,
    accept: str = "text/event-stream",
    **rest: Any,
) -> AsyncGenerator[Events]:
    """A stream whose beginning has come: the subscription has begun."""
    body = {"query": query, **rest}
    async with http.stream("POST", "/graphql", json=body, headers={"accept": accept}) as response:
        made = Events(response, response.aiter_text())
        if response.headers["content-type"] == "text/event-stream; charset=utf-8":
            yield made
        else:
            raise AssertionError((await response.aread()).decode())
