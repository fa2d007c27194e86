"""A server at a real address in this process, by the clock of the tests, on each database."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app import create_app
from db import audit
from db.changes import InvoiceChanged
from db.database import Database
from db.errors import Unavailable
from db.tables import Organization
from domain.activity import ActivityKind
from endpoints.access import Access, ByKey, Demo
from engine.trusted import Trusted
from services.files import Files
from services.keyring import Keyring
from services.storage import open_storage
from tests.client import SIGNER, Client, Clock
from tests.conftest import NOW
from tests.endpoints import served
from tests.keyed import Passing, client_of, made_key
from tests.organizations import made_organization

# An organization of no one: what it is told nobody else hears.
NOBODY = 0


@dataclass
class Live:
    """A server, and somebody who changes things over HTTP."""

    port: int
    api: Client
    database: Database
    # By which it knows keys, where it takes them.
    time: Passing

    def holder(self, key: str) -> Client:
        http = client_of(self.api.http, {"authorization": f"Bearer {key}"})
        return Client(http, self.api.clock, self.database)

    async def watching(self) -> int:
        """How many subscriptions there are."""
        told = (await self.api.http.get("/metrics")).text
        [line] = [one for one in told.splitlines() if 'remit_live{of="subscriptions"}' in one]
        return int(float(line.rpartition(" ")[2]))

    async def key(self, organization_id: int = 1, **rest: Any) -> str:
        return await made_key(self.database, organization_id, **rest)


@asynccontextmanager
async def serving(
    database: Database,
    access: Access,
    folder: Path,
    time: Passing | None = None,
    trusted: Trusted | None = None,
) -> AsyncGenerator[Live]:
    clock = Clock()
    files = Files(SIGNER, open_storage(None, folder))
    app = create_app(database, access, files=files, clock=clock, trusted=trusted)

    async def heard(_response: object) -> None:
        await _all_is_told(database)

    async with served(app) as port:
        address = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=address, event_hooks={"response": [heard]}) as http:
            yield Live(port, Client(http, clock, database), database, time or Passing())
        # As a server that is being stopped does it.
        database.changes.stop()


async def _all_is_told(database: Database) -> None:
    """Whoever begins to watch after an answer is not told of what was answered.

    What goes out and comes back behind it has everything before it.
    """
    fence = InvoiceChanged(NOBODY, "fence", "fence", ActivityKind.UPDATED, NOW)
    with suppress(Unavailable):
        subscriber = await database.changes.subscribe(NOBODY, invoice_id=None, customer_id=None)
        database.changes.tell([fence])
        async with asyncio.timeout(10):
            await subscriber.next()
        database.changes.unsubscribe(subscriber)


@pytest.fixture
async def organization(database: Database) -> Organization:
    return await made_organization(database)


@pytest.fixture
async def live(
    database: Database, organization: Organization, tmp_path: Path
) -> AsyncGenerator[Live]:
    """Without keys."""
    async with serving(database, Demo(organization), tmp_path) as live:
        yield live
    assert await audit.differences(database) == []


@pytest.fixture
async def keyed(
    database: Database, organization: Organization, tmp_path: Path
) -> AsyncGenerator[Live]:
    """With keys, of two organizations: 1 and 2."""
    await made_organization(database, 2, "Neighbour Freight")
    time = Passing()
    access = ByKey(database, keyring=Keyring(database, clock=time))
    async with serving(database, access, tmp_path, time) as live:
        yield live
