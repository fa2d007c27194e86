"""Servers that take keys, and clients that have one."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx2

from app import create_app
from db.database import Database
from domain.access import Role
from endpoints.access import ByKey
from quickbooks.integration import QuickBooks
from services import keys
from services.attempts import Attempts
from services.keyring import Keyring
from tests.client import FILES, Client, Clock
from tests.conftest import NOW


@dataclass
class Passing:
    """Nanoseconds that pass only when a test says so."""

    now: int = 0

    def __call__(self) -> int:
        return self.now

    def sleep(self, seconds: int) -> None:
        self.now += seconds * 1_000_000_000


@dataclass
class Keyed:
    """A server over a database, and whoever has a key for it."""

    database: Database
    http: httpx2.AsyncClient
    keyring: Keyring
    time: Passing
    clock: Clock = field(default_factory=Clock)

    async def key(
        self, organization_id: int, role: Role = Role.CLERK, name: str = "Dispatch board"
    ) -> str:
        return await made_key(self.database, organization_id, role, name)

    def holder(self, key: str) -> Client:
        """A client that sends this key."""
        http = client_of(self.http, {"authorization": f"Bearer {key}"})
        return Client(http, self.clock, self.database)

    async def ask(self, **headers: str | bytes) -> httpx2.Response:
        """What the server says to a small question with these headers."""
        sent: Any = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post("/graphql", json={"query": "{ viewer { name } }"}, headers=sent)


@asynccontextmanager
async def keyed(
    database: Database,
    *,
    quickbooks: QuickBooks | None = None,
    now: Callable[[], datetime] | None = None,
) -> AsyncGenerator[Keyed]:
    """By a clock of its own, unless it is told the time by `now`."""
    time = Passing()
    clock = Clock()
    keyring = Keyring(database, clock=time)
    access = ByKey(database, keyring=keyring, attempts=Attempts(clock=time))
    app = create_app(database, access, files=FILES, clock=now or clock, quickbooks=quickbooks)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Keyed(database, http, keyring, time, clock)


def client_of(http: httpx2.AsyncClient, headers: dict[str, str]) -> httpx2.AsyncClient:
    """The same server, asked with these headers each time."""
    transport = http._transport  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the same server, not another
    return httpx2.AsyncClient(transport=transport, base_url=http.base_url, headers=headers)


async def made_key(
    database: Database, organization_id: int, role: Role = Role.CLERK, name: str = "Dispatch board"
) -> str:
    async with database.transaction() as session:
        _, text = await keys.create(
            session, organization_id=organization_id, name=name, role=role, now=NOW
        )
    return text
