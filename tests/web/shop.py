"""A real server over a real database, at 10:05 in Toronto on March 10, 2026, and time passes."""

from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from db.database import Database
from domain.access import Role
from tests import owned
from tests.client import Client
from tests.conftest import NOW
from tests.keyed import made_key
from tests.processes import Server, server
from tests.web.books import write_books

# How far the tests' clock is ahead of the real one, for whatever is to agree on the time.
AHEAD = NOW - datetime.now(UTC)
ORDER = "query ($fullId: String!) { order(by: { fullId: $fullId }) { id customer { id } } }"
INVOICE = """query ($fullId: String!) { invoice(by: { fullId: $fullId }) {
    id status amountPaid outstandingBalance
    payments { paymentDate method referenceNumber notes amount }
} }"""


@dataclass
class Shop:
    """Starting a server takes longer than most tests: it stays, and its rows are written anew."""

    server: Server
    database: Database
    rows: owned.Rows
    # By role. A server that asks for none takes no notice of them.
    keys: dict[Role, str]

    @property
    def address(self) -> str:
        return self.server.address

    async def restore(self) -> None:
        await owned.delete_all(self.database)
        await owned.write(self.database, self.rows)

    @asynccontextmanager
    async def asked(self) -> AsyncGenerator[Client]:
        """The server, beside the browser."""
        async with httpx2.AsyncClient(base_url=self.address) as http:
            yield Client(http)

    async def invoice(self, full_id: str) -> dict[str, Any]:
        """As the server knows it."""
        async with self.asked() as api:
            return (await api.execute(INVOICE, fullId=full_id))["invoice"]

    async def bill_path(self, *full_ids: str) -> str:
        """The address at which these orders are billed, to the customer of the first."""
        async with self.asked() as api:
            orders = [(await api.execute(ORDER, fullId=one))["order"] for one in full_ids]
        customer_id, ids = orders[0]["customer"]["id"], [order["id"] for order in orders]
        return f"/bill?customer={customer_id}&orders={'%2C'.join(ids)}"


@asynccontextmanager
async def opened(database_url: str, folder: Path, **settings: str) -> AsyncGenerator[Shop]:
    database = Database(database_url)
    await write_books(database)
    keys = {role: await made_key(database, 1, role, f"The {role}") for role in Role}
    rows = await owned.rows_of(database, 1)
    with clocked_server(database_url, folder, **settings) as running:
        yield Shop(running, database, rows, keys)
    await database.close()


def clocked_server(
    database_url: str, folder: Path, **settings: str
) -> AbstractContextManager[Server]:
    """With the tests' clock."""
    module = "tests.web.clocked_server"
    ahead = str(AHEAD.total_seconds())
    return server(database_url, folder, module=module, CLOCK_AHEAD_SECONDS=ahead, **settings)
